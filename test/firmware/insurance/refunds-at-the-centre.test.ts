/** Refunds: 2208 of an earlier settlement, asked after by its id, and the kept lines settled anew on the same visit. */
import { describe, expect, test } from 'vitest';
import type { FeeLine, SettleQuestion, VisitIdentity } from '../../../firmware/insurance/insurance-platform.ts';
import { laterSettlementIn, tellsLaterSettlement } from '../../../firmware/insurance/refusal-words.ts';
import type { PartiesOptions } from '../../../hardware-sim/parties/virtual-world.ts';
import { cardOf, kioskAtCentre, MSGID, NEXT_MSGID, ok, questionOf, VOID_MSGID } from './centre-bench.ts';
import { platformThat, refused } from './platform-bench.ts';

const DAY_MS = 86_400_000;
const department = { departmentCode: 'D0101', departmentName: '演示内科' };
/** The platform looks at the time in a message id. */
const onDay = (messageId: string, day: string) => messageId.replace('20261122', day);

async function settledBill(options: Partial<PartiesOptions> = {}) {
  const at = kioskAtCentre('hospital', {}, options);
  const question = await questionOf(at);
  const { bill } = await cardOf(at);
  const settled = ok(await at.platform.settle(MSGID, question, ok(await at.platform.preSettle(question))));
  // What a record of the settlement has kept: no credential, no batch.
  const visit: VisitIdentity = {
    visitId: question.visitId,
    personNumber: question.personNumber,
    insuredArea: question.insuredArea,
  };
  const state = async (id = settled.settlementId) => ok(await at.platform.findSettlementById(id, visit)).state;
  const upload = async (chargeBatch: string, lines: readonly FeeLine[]): Promise<SettleQuestion> => {
    const batch = { chargeBatch, occurredAt: '2026-11-22 09:30:00', ...department, lines };
    ok(await at.platform.uploadFees(visit, batch));
    return { ...question, chargeBatch, totalFen: lines.reduce((sum, line) => sum + line.amountFen, 0) };
  };
  return { at, question, bill, settled, visit, state, upload };
}

test('[part of Z-6.2.3] days later the whole is voided by its id and visit; the kept lines settle anew in a batch of their own', async () => {
  const { at, question, bill, settled, visit, state, upload } = await settledBill();
  await at.clock.pass(3 * DAY_MS);
  ok(await at.platform.voidSettlement(onDay(VOID_MSGID, '20261125'), visit, settled.settlementId));
  expect(await state()).toBe('voided');
  ok(await at.platform.cancelFees(visit, '0000'));
  const kept = bill.lines.filter((line) => line.name !== '演示检查');
  const anew = await upload('B2', kept);
  const preSettled = ok(await at.platform.preSettle(anew));
  const again = ok(await at.platform.settle(onDay(NEXT_MSGID, '20261125'), anew, preSettled));
  expect(again.settlementId).not.toBe(settled.settlementId);
  // H.1 and H.2 without the scan: in scope 231.00, of which 150.00 deductible; 48.60 by the pool.
  expect(again.amounts).toMatchObject({
    totalFen: 29_740,
    outOfScopeFen: 4_560,
    overLimitFen: 880,
    preSelfPayFen: 1_200,
    inScopeFen: 23_100,
    deductibleFen: 15_000,
    basicFundFen: 4_860,
    accountFen: 17_035,
    mutualAidFen: 5_000,
    ownFen: 7_845,
  });
  // As if the scan had never been: the same as a direct settlement of the kept lines.
  const fresh = kioskAtCentre('hospital');
  const direct = await questionOf(fresh);
  ok(await fresh.platform.cancelFees(direct, '0000'));
  const batch = { chargeBatch: 'B2', occurredAt: '2026-11-22 09:30:00', ...department, lines: kept };
  ok(await fresh.platform.uploadFees(direct, batch));
  const directly = { ...direct, chargeBatch: 'B2', totalFen: 29_740 };
  expect(ok(await fresh.platform.preSettle(directly))).toEqual(again.amounts);
  expect(await state(again.settlementId)).toBe('counts');
  expect(ok(await at.platform.findSettlement(MSGID, question))).toBeUndefined();
});

describe('an unclear 2208', () => {
  test('whose request was lost says counts, whose answer was lost says voided; then it is sent again or believed', async () => {
    const { at, settled, visit, state } = await settledBill();
    const { mischief } = at.parties.wires.insurance;
    const voidIt = () => at.platform.voidSettlement(VOID_MSGID, visit, settled.settlementId);
    mischief.loseRequest(1, { transaction: '2208' });
    expect((await voidIt()).outcome).toBe('unknown');
    expect(await state()).toBe('counts');
    mischief.loseAnswer(1, { transaction: '2208' });
    expect((await voidIt()).outcome).toBe('unknown');
    expect(await state()).toBe('voided');
    // The same message again is the same void; another one is refused, for it has been voided.
    const { settlementId } = ok(await voidIt());
    expect(settlementId).not.toBe(settled.settlementId);
    expect(await at.platform.voidSettlement(NEXT_MSGID, visit, settled.settlementId)).toMatchObject({
      outcome: 'refused',
      message: '该结算已撤销',
    });
    mischief.loseAnswer(1, { transaction: '5203' });
    expect((await at.platform.findSettlementById(settled.settlementId, visit)).outcome).toBe('unknown');
  });

  test('that is reversed restores the settlement; a settlement that is reversed itself is not there', async () => {
    const { at, settled, visit, state, question } = await settledBill();
    ok(await at.platform.voidSettlement(VOID_MSGID, visit, settled.settlementId));
    ok(await at.platform.reverse({ messageId: VOID_MSGID, transaction: '2208' }, visit));
    expect(await state()).toBe('counts');
    ok(await at.platform.reverse({ messageId: MSGID, transaction: '2207' }, question));
    expect(await state()).toBe('notFound');
  });

  test('is not reversed once the lines have been settled anew', async () => {
    const { at, settled, visit, question } = await settledBill();
    ok(await at.platform.voidSettlement(VOID_MSGID, visit, settled.settlementId));
    ok(await at.platform.settle(NEXT_MSGID, question, ok(await at.platform.preSettle(question))));
    expect(await at.platform.reverse({ messageId: VOID_MSGID, transaction: '2208' }, visit)).toMatchObject({
      outcome: 'refused',
      message: '原结算的费用明细已变更，不能冲正',
    });
    expect(at.parties.ledger.liveClaims()).toHaveLength(1);
  });

  test('of somebody else’s settlement is refused', async () => {
    const { at, settled, visit } = await settledBill();
    const foreign = await questionOf(at, 'li');
    expect((await at.platform.voidSettlement(VOID_MSGID, foreign, settled.settlementId)).outcome).toBe('refused');
    expect(ok(await at.platform.findSettlementById(settled.settlementId, visit)).state).toBe('counts');
  });
});

describe('a later settlement', () => {
  async function withSecondBatch(laterSettlement?: 'samePerson' | 'ignored') {
    const bench = await settledBill(laterSettlement ? { insurance: { laterSettlement } } : {});
    const [line] = bench.bill.lines;
    if (!line) throw new Error('no line');
    const second = await bench.upload('B2', [{ ...line, lineNumber: 'again-1' }]);
    const { platform } = bench.at;
    const later = ok(await platform.settle(NEXT_MSGID, second, ok(await platform.preSettle(second))));
    const voidIt = (id: string, messageId: string) => platform.voidSettlement(messageId, bench.visit, id);
    return { ...bench, later, voidIt };
  }

  test('[part of Z-6.2.3] of the same visit stands in the way of a 2208, in words that can be told apart, until it is undone', async () => {
    const { settled, later, voidIt, state } = await withSecondBatch();
    const answer = await voidIt(settled.settlementId, VOID_MSGID);
    expect(answer).toMatchObject({ outcome: 'refused', message: '存在后续门诊结算，请先撤销后续结算' });
    expect(answer.outcome === 'refused' && tellsLaterSettlement(answer.message)).toBe(true);
    expect(await state()).toBe('counts');
    ok(await voidIt(later.settlementId, VOID_MSGID));
    ok(await voidIt(settled.settlementId, VOID_MSGID.replace(/2$/, '4')));
    expect(await state()).toBe('voided');
  });

  test('does not where the platform does not look', async () => {
    const { settled, voidIt } = await withSecondBatch('ignored');
    expect((await voidIt(settled.settlementId, VOID_MSGID)).outcome).toBe('ok');
  });

  test('of the same person stands in the way where the platform looks at the person', async () => {
    for (const [laterSettlement, outcome] of [
      ['sameVisit', 'ok'],
      ['samePerson', 'refused'],
    ] as const) {
      const bills = [
        { patient: 'zhang', kind: 'example' },
        { patient: 'zhang', kind: 'small' },
      ] as const;
      const { at, settled, visit, question } = await settledBill({ bills, insurance: { laterSettlement } });
      const found = await at.hospital.openBills(ok(await at.platform.person(question.credential)));
      const other =
        found.outcome === 'ok' ? found.value.find((bill) => bill.totalFen !== question.totalFen) : undefined;
      if (!other?.uploaded) throw new Error('no second bill');
      const { visitId, chargeBatch } = other.uploaded;
      const second = { ...question, visitId, chargeBatch, totalFen: other.totalFen };
      ok(await at.platform.settle(NEXT_MSGID, second, ok(await at.platform.preSettle(second))));
      const answer = await at.platform.voidSettlement(VOID_MSGID, visit, settled.settlementId);
      expect(answer.outcome, laterSettlement).toBe(outcome);
    }
  });

  test('says which kind it is, as far as its words go', () => {
    const words = {
      存在后续住院结算: 'laterStay',
      '已有中途结算，请先撤销后续结算': 'laterStay',
      '后续门诊慢特病结算未撤销，请先撤销该结算': 'laterOutpatient',
      存在后续药店购药结算: 'laterPharmacy',
      本次结算之后存在后续的结算记录: 'laterSettlement',
      该结算已撤销: undefined,
    };
    for (const [message, kind] of Object.entries(words)) expect(laterSettlementIn(message), message).toBe(kind);
  });

  test('words about something else are not taken for it', async () => {
    for (const message of ['该结算已撤销', '未查询到结算信息', '账户余额不足'])
      expect(tellsLaterSettlement(message)).toBe(false);
    const { platform } = platformThat(() => refused('本次结算之后存在后续的结算记录'));
    const { visit } = await settledBill();
    const answer = await platform.voidSettlement(VOID_MSGID, visit, 'S1');
    expect(answer.outcome === 'refused' && tellsLaterSettlement(answer.message)).toBe(true);
  });
});

test('[part of N-44] a suspended agreement stops a person insured elsewhere like everybody else', async () => {
  for (const key of ['chen', 'li']) {
    const at = kioskAtCentre('hospital');
    const question = await questionOf(at, key);
    const preSettled = ok(await at.platform.preSettle(question));
    at.parties.insurance.suspendInstitution();
    expect(ok(await at.platform.institutionStanding())).toBe('paused');
    for (const answer of [
      await at.platform.preSettle(question),
      await at.platform.settle(MSGID, question, preSettled),
    ]) {
      expect(answer, key).toMatchObject({ outcome: 'refused', message: '定点医药机构协议已暂停' });
    }
    expect(at.parties.ledger.claims()).toEqual([]);
  }
});
