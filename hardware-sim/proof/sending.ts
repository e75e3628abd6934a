/**
 * One call on its way: its keys are noted, its fate is drawn, its arrivals and its answer are put on the agenda.
 */
import type { Call } from '../../firmware/settlement/call.ts';
import type { Found } from '../../firmware/settlement/facts.ts';
import { type AnyFinding, answerOf } from './answers.ts';
import { checkArrival, checkSend } from './invariants.ts';
import type { Kiosk } from './kiosk.ts';
import type { SettlementRecord } from './settlement-record.ts';
import { partyOf, type Site } from './site.ts';
import type { KioskTrouble } from './trouble-table.ts';
import { type Fate, fateOf, heardMs } from './wire.ts';

export interface Sending {
  readonly call: Call;
  /** When the kiosk hears of it, ms from now; `undefined` = never. */
  readonly heardMs: number | undefined;
  /** Its deadline has passed. */
  late: boolean;
}

const UNKNOWN: AnyFinding = { verdict: 'unknown', detail: 'no answer that can be read' };
const UNREADABLE: AnyFinding = { ...UNKNOWN, unreadable: true };
const NOT_SENT: AnyFinding = { verdict: 'fail', reason: 'unreachable', detail: 'no route' };

/** `undefined` when the kiosk ended before anything left. */
export function send(
  { site, kiosk, record }: { readonly site: Site; readonly kiosk: Kiosk; readonly record: SettlementRecord },
  call: Call,
  onFound: (sending: Sending, found: Found) => void,
): Sending | undefined {
  const { luck, agenda, ledgers } = site;
  const { step } = call;
  site.violated(checkSend(call, record, ledgers, kiosk.boot));
  const doom = site.isDown(partyOf(step)) ? undefined : luck.kiosk(step, record);
  if (doom) luck.reached(doom, step);
  if (doom === 'killedBeforeSend') {
    kiosk.crash('killed', luck.draw.between(3_000, 20_000));
    return undefined;
  }
  noteKeys(call, record, ledgers.senders);
  const fate = fateHere(site, call, record);
  const sending: Sending = { call, heardMs: heardMs(fate), late: false };
  const leg = 'leg' in call ? { leg: call.leg } : {};
  const found = (finding: AnyFinding) => () =>
    onFound(sending, { step, attempt: call.attempt, ...leg, finding } as Found);
  if (fate.answer === 'notSent') agenda.after(fate.answerMs, found(NOT_SENT));
  if (fate.answer === 'broken') {
    if (step === 'hospital.confirm') record.unreadable += 1;
    agenda.after(sending.heardMs ?? 0, found(fate.trouble === 'answerBroken' ? UNREADABLE : UNKNOWN));
  }
  const mood = luck.mood(call, record, fate.trouble === 'refused');
  const { boot } = kiosk;
  fate.arrivesMs.forEach((ms, copy) => {
    agenda.after(ms, () => {
      site.violated(checkArrival(call, record, ledgers, kiosk.disk.intents));
      const finding = answerOf(call, record, ledgers, mood);
      if (copy > 0) return;
      if (doom === 'killedAfterEffect' && kiosk.boot === boot && kiosk.isOn)
        kiosk.crash('killed', luck.draw.between(3_000, 20_000));
      else if (fate.answer === 'comes') agenda.after(fate.answerMs, found(said(site, call, record, finding)));
    });
  });
  if (doom && doom !== 'killedAfterEffect') strikeWhileRunning(site, kiosk, doom, sending);
  return sending;
}

/** While nobody can read the hospital it does what it is asked all the same. */
function said(site: Site, { step }: Call, record: SettlementRecord, finding: AnyFinding): AnyFinding {
  if (step !== 'hospital.confirm' || !site.isUnreadable) return finding;
  record.troubles += 1;
  record.unreadable += 1;
  return UNREADABLE;
}

/** A party that is down is not reached; nobody needs luck for that. */
function fateHere(site: Site, call: Call, record: SettlementRecord): Fate {
  const { luck } = site;
  const { step } = call;
  const isDown = site.isDown(partyOf(step));
  const trouble = isDown ? undefined : luck.wire(step, record);
  if (trouble) luck.reached(trouble, step);
  if (!trouble && !isDown) return fateOf(step, undefined, luck.draw);
  record.troubles += 1;
  if (step === 'hospital.lock' || step === 'hospital.unlock') record.lockTroubles += 1;
  if (!isDown) return fateOf(step, trouble, luck.draw);
  return fateOf(step, luck.draw.between(0, 3) === 0 ? 'requestLost' : 'unreachable', luck.draw);
}

function strikeWhileRunning(site: Site, kiosk: Kiosk, doom: KioskTrouble, sending: Sending): void {
  const { draw } = site.luck;
  const { boot } = kiosk;
  site.agenda.after(draw.between(0, Math.max(0, (sending.heardMs ?? 20_000) - 1)), () => {
    if (kiosk.boot !== boot || !kiosk.isOn) return;
    switch (doom) {
      case 'powerCut':
        kiosk.crash('powerCut', offMs(draw.between(0, 99), draw.between(0, 999)));
        return;
      case 'update':
        kiosk.restart(draw.between(2_000, 20_000));
        return;
      case 'clockJump':
        kiosk.wallErrorMs = wrongClocks[draw.between(0, wrongClocks.length - 1)] ?? 0;
    }
  });
}

/** Mostly seconds, sometimes minutes, now and then hours. */
function offMs(kind: number, share: number): number {
  if (kind < 75) return 5_000 + share * 60;
  if (kind < 97) return 60_000 + share * 1_200;
  return 3_600_000 + share * 18_000;
}

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
/** From 2026: right again, a day, thirty years, and 1970. */
export const wrongClocks: readonly number[] = [0, DAY_MS, -DAY_MS, 30 * YEAR_MS, -30 * YEAR_MS, -56 * YEAR_MS];

/** What a call that leaves says about its settlement's keys. */
function noteKeys(call: Call, record: SettlementRecord, senders: Map<string, string>): void {
  switch (call.step) {
    case 'pay.create':
    case 'pay.charge':
    case 'pay.close':
      record.orders.add(call.orderNumber);
      return;
    case 'pay.refund':
      record.refunds.set(call.refundNumber, call.orderNumber);
      return;
    case 'pay.return':
      record.returned.set(call.refundNumber, call.orderNumber);
      return;
    case 'ins.settle':
      record.messages.add(call.messageId);
      if (!senders.has(call.messageId)) senders.set(call.messageId, record.number);
      return;
    case 'ins.void':
    case 'ins.undo':
      if (!senders.has(call.messageId)) senders.set(call.messageId, `${record.number} ${call.step.slice(4)}`);
  }
}

/** What an answer about an order tells the kiosk. */
export function noteAnswer(record: SettlementRecord, call: Call, { step, finding }: Found): void {
  const left = finding.verdict !== 'fail' || finding.reason !== 'unreachable';
  if (step === 'pay.close' && left) record.lastPayAnswer = 'closeTaken';
  if ((step !== 'pay.query' && step !== 'pay.returnQuery') || finding.verdict !== 'ok') return;
  const { state } = finding.value;
  const isPaid = state === 'paid' || state === 'refunded';
  if (isPaid && 'orderNumber' in call && call.orderNumber) record.seenPaid.add(call.orderNumber);
  if (step === 'pay.query') {
    record.lastPayAnswer = isPaid ? 'paid' : state === 'closed' || state === 'notFound' ? state : 'open';
  }
}
