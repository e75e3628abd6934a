/** The story that a cashier reads: every step, in both languages, without a person in it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storyOf } from '../../../firmware/settlement/story/story.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { sealingKey } from './bench-order.ts';
import { firstOf, paid, settle } from './bench-steps.ts';

async function stories(arrange: (bench: BenchKiosk) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-story-'));
  try {
    const bench = new BenchKiosk(1, join(folder, 'kiosk.db'));
    arrange(bench);
    await settle(bench, paid());
    const store = openSqliteStore(join(folder, 'kiosk.db'));
    const number = bench.numbers()[0] ?? '';
    const told = (['zh', 'en'] as const).map((language) => storyOf(store, sealingKey, number, language));
    store.close();
    return told.map((story) => story ?? expect.fail('no story'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a lost 2207 that was found reads as it happened, and ends with where the money is', async () => {
  const [zh, en] = await stories((bench) => firstOf(bench, 'ins.settle', 'answerLost'));
  expect(en?.lines.map(({ text, answer }) => (answer ? `${text} → ${answer.text}` : text))).toEqual([
    'the patient agreed: total 300.00, fund 250.00, account 10.00, own part 40.00 yuan',
    'asked the hospital to lock the bill → done',
    'asked the payment side for an order that a phone can pay → done',
    'asked how the order stands: not paid',
    'asked how the order stands: paid',
    'asked the insurance platform to settle (2207/2304) → no answer that can be relied on (time-out)',
    'asked the insurance platform for this settlement (5201, 5203): it counts',
    'asked the hospital to confirm the bill as settled → done',
    'ended: done',
  ]);
  expect(en?.now).toBe('40.00 yuan were paid and the bill is settled. One settlement counts at the centre.');
  expect(zh?.now).toBe('已收 40.00 元,账单已结清。 医保有一笔有效结算。');
  expect(zh?.lines).toHaveLength(en?.lines.length ?? 0);
});

test('no story holds a name, a number or a credential', async () => {
  const told = await stories((bench) => {
    bench.insurance.refuses = true;
  });
  const text = JSON.stringify(told);
  for (const secret of ['测试甲', '990000199001010017', 'PSN99']) expect(text).not.toContain(secret);
  expect(told[1]?.now).toContain('went back by its original route');
});
