/**
 * From the agreed split to a known end: pays, settles, and says what happened.
 *
 * It begins a settlement and watches it. The patient can pay or give up; the
 * money itself moves in the settlement room and reaches its end without us.
 */
import type { Act } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import { BillUnderWayError, NotAllowedError } from '../settlement/ledger-errors.ts';
import type { SettlementOrder, SettlementStatus, SettlementView } from '../settlement/settlements.ts';
import type { Rooms } from './rooms.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

export interface Paid {
  readonly number: string;
  readonly view: Extract<SettlementView, { state: 'settled' | 'notSettled' | 'resolving' | 'handedToPerson' }>;
}

/** How long a patient is kept in front of "正在确认" before the kiosk finds out alone. */
const RESOLVING_PATIENCE_MS = 20_000;

type Step =
  | { readonly step: 'changed' }
  | { readonly step: 'giveUp' }
  | { readonly step: 'tooLong' }
  | { readonly step: 'code'; readonly act: Extract<Act, { kind: 'code' }> };

export async function pay(rooms: Rooms, session: Session, order: SettlementOrder): Promise<Paid> {
  const { settlements } = rooms;
  const work = order.flow === 'refund' ? 'preparingRefund' : 'preparingPayment';
  const begun = await waitForParty(rooms, session, work, beginOrStop(rooms, order));
  rooms.audit.write('settlement.begun', { session: session.id, settlement: begun.number });
  const watch = watching(rooms, begun);
  const resolvingSince = { atMs: undefined as number | undefined };
  // A patient who walks away must not leave an order open that nobody will pay.
  const onGone = (): void => {
    settlements.giveUp(begun.number, 'patientGone').catch(() => undefined);
  };
  session.signal.addEventListener('abort', onGone, { once: true });
  try {
    for (;;) {
      const { view, ownFen, number } = watch.status();
      if (view.state === 'settled' || view.state === 'notSettled' || view.state === 'handedToPerson')
        return { number, view };
      const changed = watch.changed().then((): Step => ({ step: 'changed' }));
      if (view.state === 'awaitingPayment') {
        const step = await session.ask<Step>(
          {
            name: 'S-PAY',
            ownFen,
            payCode: view.payCode,
            status: view.userPaying ? 'userPaying' : 'waiting',
            removeCard: false,
          },
          { accept: payStep, until: changed, patience: 'never' },
        );
        // A touch or a code that comes as the order ends is refused there; what became of it is shown next.
        if (step.step === 'giveUp') await settlements.giveUp(number, 'patientGaveUp').catch(() => undefined);
        if (step.step === 'code') await settlements.payByCode(number, step.act.text).catch(() => undefined);
        continue;
      }
      if (view.state === 'preparing') {
        await waitForParty(rooms, session, work, changed);
        continue;
      }
      if (view.state === 'resolving') {
        resolvingSince.atMs ??= rooms.clock.monotonicMs();
        const leftMs = resolvingSince.atMs + RESOLVING_PATIENCE_MS - rooms.clock.monotonicMs();
        if (leftMs <= 0) {
          onGone();
          return { number, view };
        }
        await session.ask<Step>(
          { name: 'S-CONFIRMING', number, removeCard: false },
          {
            accept: () => undefined,
            until: changed,
            patience: { timer: { standardMs: leftMs, elderlyMs: leftMs }, afterwards: { step: 'tooLong' } },
            whenLeft: 'stays',
          },
        );
        continue;
      }
      await session.ask<Step>(
        { name: 'S-CONFIRMING', number, removeCard: false },
        { accept: () => undefined, until: changed, patience: 'never' },
      );
    }
  } finally {
    session.signal.removeEventListener('abort', onGone);
    watch.stop();
  }
}

function payStep(act: Act): Step | undefined {
  if (act.kind === 'intent' && act.intent.do === 'cancel') return { step: 'giveUp' };
  if (act.kind === 'code' && act.codeKind !== 'eCredential' && act.codeKind !== 'unknown') return { step: 'code', act };
  return undefined;
}

export async function beginOrStop(rooms: Rooms, order: SettlementOrder): Promise<SettlementStatus> {
  try {
    return await rooms.settlements.begin(order);
  } catch (error) {
    if (error instanceof BillUnderWayError) throw new Stop('resolving', 'S-HELD');
    // The order itself breaks a rule of the money: what the centre or the bill said cannot be right.
    if (error instanceof NotAllowedError) throw new Stop('insuranceAnswerBroken');
    throw error;
  }
}

/** The newest status of a settlement, and when there is a newer one. */
export function watching(rooms: Rooms, begun: SettlementStatus) {
  let current = begun;
  let wake: (() => void)[] = [];
  const stop = rooms.settlements.watch(begun.number, (status) => {
    current = status;
    const waiting = wake;
    wake = [];
    for (const one of waiting) one();
  });
  return {
    status: () => current,
    changed: () => new Promise<void>((resolve) => wake.push(resolve)),
    stop,
  };
}
