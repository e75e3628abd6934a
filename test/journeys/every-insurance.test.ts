/** One settlement for each insurance that the place serves, from the card to the paper: each prints its own parts. */
import { expect, it } from 'vitest';
import { expectFree } from './endings.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

const SLIP = /结算时间[\s\S]*?下一步/;

async function settled(person: string, bill = 'example'): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk({ person, bills: [bill], visitDrivenBy: 'kiosk' });
  await kiosk.visit({});
  expect(kiosk.ended).toEqual(['settled']);
  expectFree(kiosk);
  return kiosk;
}

/** Rows of the slip between its head and the way on: who pays what, in fen. */
function payers(kiosk: VirtualKiosk): Readonly<Record<string, number>> {
  const text = SLIP.exec(kiosk.slips.join('\n'))?.[0] ?? '';
  const rows = [...text.matchAll(/^[\s　]*(\S+?)\s+(\d+\.\d\d)\s*$/gm)];
  return Object.fromEntries(rows.map(([, who = '', yuan = '']) => [who, Math.round(Number(yuan) * 100)]));
}

const kinds: readonly (readonly [what: string, person: string, bill: string, printed: readonly string[]])[] = [
  ['职工基本医疗保险', 'zhang', 'example', ['基本医保统筹支付', '个人账户支付', '您付的钱']],
  ['城乡居民基本医疗保险', 'wang', 'example', ['基本医保统筹支付', '您付的钱']],
  ['生育保险', 'lin', 'maternity', ['基本医保统筹支付', '您付的钱']],
  ['城乡居民基本医疗保险', 'he', 'example', ['大病保险支付', '医疗救助支付', '您付的钱']],
];

it('[N-50] employee, resident, maternity, 医疗救助 and 大病 settle, and each prints its own parts, which add up', async () => {
  for (const [insurance, person, bill, printed] of kinds) {
    const kiosk = await settled(person, bill);
    expect(kiosk.slips.join('\n')).toContain(insurance);
    const { 费用合计: total = 0, 其中家庭共济: _within, 个人负担中超支付标准: _beside, ...parts } = payers(kiosk);
    expect(Object.keys(parts)).toEqual(expect.arrayContaining([...printed]));
    expect(Object.values(parts).reduce((sum, fen) => sum + fen, 0)).toBe(total);
  }
});

it('[Y4-11] one confirmation settles basic, 大病, 救助, commercial insurance, account and own part; who has more cover pays less', async () => {
  // The same bill for a resident with nothing beside the pool, with assistance, and with a commercial cover as well.
  const [plain, assisted, covered] = [await settled('wang'), await settled('he'), await settled('xie')];
  const parts = payers(covered);
  const { 费用合计: total, 您付的钱: own = 0, 个人负担中超支付标准: _beside, ...others } = parts;
  expect(Object.keys(others)).toEqual([
    ...['基本医保统筹支付', '大病保险支付', '医疗救助支付', '商业保险支付', '个人账户支付'],
  ]);
  expect(Object.values(others).reduce((sum, fen) => sum + fen, own)).toBe(total);
  expect(bodyOf(covered.patient.bodies, 'S-SPLIT').parts).toContainEqual({
    ...{ part: 'commercial', amountFen: parts['商业保险支付'] },
  });
  expect(payers(assisted)['您付的钱']).toBeLessThan(payers(plain)['您付的钱'] ?? 0);
  expect(own).toBeLessThan(payers(assisted)['您付的钱'] ?? 0);
  for (const kiosk of [plain, assisted, covered]) {
    expect(kiosk.count('2207')).toBe(1);
    expect(kiosk.patient.screens.filter((screen) => screen === 'S-SPLIT')).toHaveLength(1);
  }
  // The list of the settlement names the commercial fund by its own number, and what is left as the others.
  expect(covered.books).toEqual({ claims: 1, chargedFen: own, confirmed: 1 });
});
