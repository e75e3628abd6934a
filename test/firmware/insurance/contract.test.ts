/**
 * The contract with the insurance platform, transaction by transaction: what this kiosk sends and reads is what was
 * recorded, and an answer without a field that it needs is no answer.
 *
 * The recordings in `recorded/` are the virtual centre's; a change of either side shows as a difference in a file.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PlatformAnswer } from '../../../firmware/insurance/insurance-platform.ts';
import { transactions } from '../../../firmware/insurance/transactions.ts';
import type { HttpAnswer } from '../../../firmware/ports.ts';
import { badAnswers } from '../../../hardware-sim/parties/bad-answers.ts';
import { expectExplained, expectUntouched } from '../../journeys/endings.ts';
import { VirtualKiosk } from '../../journeys/virtual-kiosk.ts';
import { answered, type SentRequest } from '../../support/answering-http.ts';
import { askAround, ContractWalk, DECODE, type Step, settleStay, settleVisit, transactionOf } from './contract-walk.ts';
import { platformThat } from './platform-bench.ts';

type Tree = Readonly<Record<string, unknown>>;

/** What must be there, by the interface (protocols/insurance.md B): M fields that settle who, what and how much. */
const MUST: Readonly<Record<string, readonly string[]>> = {
  [DECODE]: ['data.ecToken'],
  '9001': ['signinoutb.sign_no'],
  '2001': ['trtinfo.0.trt_enjymnt_flag'],
  '2201': ['data.mdtrt_id'],
  '2204': ['result.0.feedetl_sn', 'result.0.det_item_fee_sumamt'],
  '2206': ['setlinfo.medfee_sumamt', 'setlinfo.fund_pay_sumamt', 'setlinfo.psn_part_amt', 'setlinfo.psn_cash_pay'],
  '2207': ['setlinfo.setl_id', 'setlinfo.medfee_sumamt', 'setlinfo.fund_pay_sumamt', 'setlinfo.psn_cash_pay'],
  '2207A': ['setlinfo.setl_id', 'setlinfo.medfee_sumamt', 'setlinfo.fund_pay_sumamt', 'setlinfo.psn_cash_pay'],
  '2301': ['result.0.feedetl_sn', 'result.0.det_item_fee_sumamt'],
  '2303': ['setlinfo.medfee_sumamt', 'setlinfo.fund_pay_sumamt', 'setlinfo.psn_part_amt', 'setlinfo.psn_cash_pay'],
  '2304': ['setlinfo.setl_id', 'setlinfo.medfee_sumamt', 'setlinfo.fund_pay_sumamt', 'setlinfo.psn_cash_pay'],
  '2401': ['result.mdtrt_id'],
  '2208': ['setlinfo.setl_id'],
  '2305': ['setlinfo.setl_id'],
  '3201': ['stmtinfo.stmt_rslt'],
  '3202': ['fileinfo.file_qury_no'],
  '3505': ['result.retRslt'],
  '3506': ['result.retRslt'],
  '4101': ['setl_list_id'],
  '5201': ['mdtrtinfo.0.mdtrt_id'],
  '5203': ['setlinfo.setl_id', 'setlinfo.medins_setl_id', 'setlinfo.refd_setl_flag', 'setlinfo.medfee_sumamt'],
  '5301': ['feedetail.0.opsp_dise_code'],
  '5303': ['data.0.mdtrt_id'],
  '9101': ['file_qury_no'],
};

let steps: readonly Step[] = [];
let file = new Uint8Array();
let seen: ReadonlySet<string> = new Set();

beforeAll(async () => {
  const walk = new ContractWalk({ settlementQuery: '5201-then-5203' });
  await askAround(walk);
  await settleVisit(walk);
  await settleStay(walk);
  const withoutPassword = new ContractWalk({ settlePath: '2207A' });
  await settleVisit(withoutPassword);
  const last = withoutPassword.steps.at(-1);
  steps = [...walk.steps, ...(last ? [last] : [])];
  file = Uint8Array.from(walk.file);
  seen = new Set([...walk.seen, ...withoutPassword.seen]);
});

/** The part of an answer that a transaction reads; the decoder has an envelope of its own. */
const outputOf = ({ transaction, answered: said }: Step): Tree =>
  transaction === DECODE ? (said as Tree) : ((said as { readonly output: Tree | null }).output ?? {});

/** Asks once more, of a platform that answers as recorded but for this one. */
async function replayed(step: Step, output: Tree): Promise<PlatformAnswer<unknown>> {
  const others = new Map(steps.map((one) => [one.transaction, one.answered]));
  const answer = (request: SentRequest): HttpAnswer => {
    const transaction = transactionOf({ path: request.path, asked: request.json });
    if (transaction === step.transaction) {
      return answered(transaction === DECODE ? output : { infcode: 0, err_msg: null, output });
    }
    if (transaction === '9102') return { status: 200, headers: {}, body: file };
    return answered(others.get(transaction) ?? { infcode: 0, err_msg: null, output: {} });
  };
  const { platform } = platformThat(answer, step.rules, () => undefined, 'answered');
  return step.ask(platform);
}

const replay = async (step: Step, output: Tree): Promise<string> => (await replayed(step, output)).outcome;

/** `a.0.b` of every leaf; of a list its first member. */
function leaves(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : leaves(value[0], `${at}.0`);
  if (typeof value !== 'object' || value === null) return at === '' ? [] : [at.slice(1)];
  return Object.entries(value).flatMap(([name, member]) => leaves(member, `${at}.${name}`));
}

function without(tree: Tree, path: string): Tree {
  const copy = structuredClone(tree);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce<Record<string, unknown>>(
    (node, name) => node[name] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  delete parent[last];
  return copy;
}

/** What of the recorded answer this kiosk cannot do without. */
async function needed(step: Step): Promise<readonly string[]> {
  const output = outputOf(step);
  const needs: string[] = [];
  for (const path of leaves(output)) if ((await replay(step, without(output, path))) !== 'ok') needs.push(path);
  return needs;
}

describe('the contract with the insurance platform', () => {
  test('[Z-9.1.2] [N-6(5), Y4-7] every transaction in use goes over the wire as it was recorded, and an answer without a field that it must have is rejected and written down; no release without it', async () => {
    const used = [...Object.values(transactions).map(({ number }) => number), DECODE];
    expect(used.filter((transaction) => !seen.has(transaction))).toEqual([]);
    // 9102 is a file and no answer with fields: its lines are checked one by one (statements.test.ts).
    const recorded = steps.map(({ transaction }) => transaction);
    expect(used.filter((transaction) => transaction !== '9102' && !recorded.includes(transaction))).toEqual([]);
    const notNeeded: string[] = [];
    for (const step of steps) {
      const { transaction } = step;
      expect(`${transaction} ${await replay(step, outputOf(step))}`).toBe(`${transaction} ok`);
      const needs = await needed(step);
      const kept = (MUST[transaction] ?? []).filter((path) => !needs.includes(path));
      notNeeded.push(...kept.map((path) => `${transaction} ${path}`));
      const { input } = step.asked as { readonly input?: unknown };
      const fixture = { transaction, input: input ?? null, output: outputOf(step), needs };
      await expect(`${JSON.stringify(fixture, undefined, 2)}\n`).toMatchFileSnapshot(`./recorded/${transaction}.txt`);
    }
    expect(notNeeded).toEqual([]);
    await isWrittenDown();
    // No release without this: the gate stops at the first command that fails, and begins with the tests.
    const gate = readFileSync(new URL('../../../.ci/run', import.meta.url), 'utf8');
    expect(gate).toMatch(/^set -euo pipefail$[\s\S]*^npm test$/m);
  });

  test('a standing that the answer does not tell is none: the gate stays shut', async () => {
    for (const step of steps.filter(({ transaction }) => ['1201', '5101', '5102'].includes(transaction))) {
      const [list = ''] = Object.keys(outputOf(step));
      const told = await replayed(step, outputOf(step));
      expect(told).toEqual({ outcome: 'ok', value: 'active' });
      for (const rows of [[], [{}]]) {
        expect(await replayed(step, { [list]: rows })).not.toEqual({ outcome: 'ok', value: 'active' });
      }
    }
  });
});

/** A split without its sum settles nothing, is said to be no answer, and stands in the trail. */
async function isWrittenDown(): Promise<void> {
  const kiosk = new VirtualKiosk();
  await kiosk.run(() => kiosk.atRest);
  kiosk.insurance.answer(1, badAnswers.amountsNull, { transaction: '2206' });
  await kiosk.visit({});
  expectExplained(kiosk, 'S-STOP', 'insuranceAnswerBroken');
  expect(kiosk.count('2207')).toBe(0);
  expectUntouched(kiosk);
}
