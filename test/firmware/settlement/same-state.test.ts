import { expect, test } from 'vitest';
import { sameState } from '../../../firmware/settlement/same-state.ts';

const shared = { deep: [1, { a: 2 }] };

test.each([
  [
    { a: 1, b: { c: [1, 2] } },
    { a: 1, b: { c: [1, 2] } },
  ],
  [{ a: undefined, b: 1 }, { b: 1 }],
  [{ b: 1 }, { a: undefined, b: 1 }],
  [{ shared }, { shared }],
  [{ a: null }, { a: null }],
])('%j and %j say the same', (left, right) => {
  expect(sameState(left, right)).toBe(true);
});

test.each([
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { a: '1' }],
  [{ a: 1 }, { a: 1, b: 0 }],
  [{ a: 1, b: 0 }, { a: 1 }],
  [{ a: null }, { a: undefined }],
  [{ a: undefined }, { a: null }],
  [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }],
  [{ a: [1] }, { a: [1, 2] }],
  [{ a: [] }, { a: {} }],
])('%j and %j do not', (left, right) => {
  expect(sameState(left, right)).toBe(false);
});
