/** What stands beside a line of a fee list. */
import { expect, test } from 'vitest';
import { lineNotes } from '../../../firmware/documents/line-notes.ts';

test('a restricted drug has its basis, or the word that there was none and the patient pays', () => {
  expect(lineNotes({ restricted: { basisId: 'JC1' } }, '02', 'zh')).toMatchObject([{ zh: '限定支付 依据号 JC1' }]);
  const own = lineNotes({ restricted: { basisId: undefined } }, '03', 'en');
  expect(own).toMatchObject([{ zh: '自费:限定支付药品,没有用药依据', en: expect.stringContaining('without a basis') }]);
  expect(lineNotes({}, '03', 'zh')).toEqual([]);
});

test('of a trace code only the last digits, of many only three and their number', () => {
  const code = (at: number): string => `8399000100000000000${at}`;
  expect(lineNotes({ traceCodes: [code(1)] }, '01', 'zh')).toEqual([{ zh: '追溯码尾号 000001', en: undefined }]);
  const many = lineNotes({ traceCodes: [1, 2, 3, 4].map(code) }, '01', 'zh').map(({ zh }) => zh);
  expect(many).toEqual(['追溯码尾号 000001 000002 000003', '追溯码共 4 个']);
});
