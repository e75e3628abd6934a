import { expect, test } from 'vitest';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { checkMoneySequence, nextMessageId } from '../../../firmware/settlement/message-ids.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { kiosk, orderFor, sealingKey, seededRandom } from './bench-order.ts';

const sequence = { institutionCode: 'H99000000001', messageSequence: { first: 100, last: 107 } };
const nine = Date.UTC(2026, 10, 22, 1, 0, 0);

/** Ids as the ledger gives them, at these calendar times. */
function give(times: readonly number[]): readonly string[] {
  const given = new Set<string>();
  let lastPlace = -1;
  return times.map((wallMs) => {
    const { id, place } = nextMessageId({ sequence, wallMs, lastPlace, wasGiven: (candidate) => given.has(candidate) });
    given.add(id);
    lastPlace = place;
    return id;
  });
}

test('an id is institution, Beijing time and sequence, 30 characters', () => {
  expect(give([nine])).toEqual(['H99000000001202611220900000100']);
});

test('money uses the first half of the slice, round and round', () => {
  const sequences = give([0, 1, 2, 3, 4].map((seconds) => nine + seconds * 1_000)).map((id) => id.slice(-4));
  expect(sequences).toEqual(['0100', '0101', '0102', '0103', '0100']);
});

test('no id is given twice, whatever the clock does', () => {
  const jumps = [
    0, 0, 0, 0, 0, 0, -86_400_000, -86_400_000, 0, 0, 31_536_000_000, 0, 0, 0, -1_000, -1_000, -1_000, -1_000,
  ];
  const ids = give(jumps.map((jump) => nine + jump));
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  [{ ...sequence, institutionCode: 'H99' }],
  [{ ...sequence, messageSequence: { first: 5, last: 5 } }],
  [{ ...sequence, messageSequence: { first: 0, last: 10_000 } }],
])('a slice that cannot number messages is refused: %o', (broken) => {
  expect(() => checkMoneySequence(broken)).toThrow(RangeError);
});

test('two places in a slice are enough for five settlements in one second', () => {
  const store = openSqliteStore(':memory:');
  const ledger = openLedger({ store, sealingKey, random: seededRandom(2), clock: new ManualClock() });
  ledger.resume({ ...kiosk, messageSequence: { first: 100, last: 103 } });
  const ids = ['1', '2', '3', '4', '5'].map((bill) => {
    const { number } = ledger.begin(orderFor(0, 'payThenSettle', { billId: `bil_${bill}` })).status;
    const { action } = ledger.report(number, {
      step: 'hospital.lock',
      attempt: 1,
      finding: { verdict: 'ok', value: null },
    });
    return action.do === 'call' && action.call.step === 'ins.settle' ? action.call.messageId : '';
  });
  expect(new Set(ids).size).toBe(5);
  expect(ids.every((id) => id.length === 30)).toBe(true);
  ledger.close();
});
