/** Says how it ended: the result page with paper and rating, or the honest page for every other end. */

import type { Accounting } from '../documents/accounting-rows.ts';
import type { ConsentCopy } from '../documents/consent-copy.ts';
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { Person } from '../insurance/insurance-platform.ts';
import { reasons } from '../reasons.ts';
import type { ScreenBody } from '../screen/messages.ts';
import { type Act, confirmed } from '../session/act.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import { ownExpense } from '../settlement/own-expense.ts';
import { deliverPaper } from './deliver-paper.ts';
import { SLIP_WAITS, type SlipWatch, watchSlip } from './left-slip.ts';
import { parkBills } from './park-bills.ts';
import { parkReasonOf } from './park-reasons.ts';
import type { Paid } from './pay.ts';
import { noteRating } from './rate.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';

export interface Result {
  readonly person: Person;
  /** `insutype`; `undefined` = no insurance is in it (自费). */
  readonly insuranceType: string | undefined;
  readonly bill: Bill;
  readonly consentId: string | undefined;
  readonly consentCopy?: ConsentCopy | undefined;
  readonly paid: Paid;
  /** 补记账, of a bill that was paid at own expense. */
  readonly accounting?: Accounting | undefined;
}

export async function finish(rooms: Rooms, session: Session, result: Result): Promise<JourneyEnd> {
  const { view } = result.paid;
  if (view.state === 'settled') {
    noteEnd(rooms, session, result.paid);
    return finishSettled(rooms, session, result, view);
  }
  return finishUnsettled(rooms, session, { ...result, ...result.paid, view });
}

export function noteEnd(rooms: Rooms, session: Session, { number, view }: Paid): void {
  rooms.audit.write('settlement.ended', { session: session.id, settlement: number, end: view.state });
}

export interface Unsettled extends Pick<Result, 'person' | 'insuranceType' | 'bill'> {
  readonly number: string;
  readonly view: Exclude<Paid['view'], { state: 'settled' }>;
}

/** Every end but the good one, each on its honest page; an insured bill that a fault stopped can be kept for later. */
export async function finishUnsettled(rooms: Rooms, session: Session, result: Unsettled): Promise<JourneyEnd> {
  const { number, view } = result;
  noteEnd(rooms, session, result);
  switch (view.state) {
    case 'notSettled': {
      const { reason } = view;
      const { staffCode, audit } = reasons[reason];
      rooms.audit.write(audit, { session: session.id, settlement: number, reason });
      const keeps = result.insuranceType !== undefined && parkReasonOf(reason) !== undefined;
      const next = await session.ask<'leave' | 'park'>(
        {
          ...{ name: 'S-NOT-SETTLED', reason, staffCode, number, removeCard: false },
          refund: view.refund === 'atCashier' ? 'withStaff' : view.refund,
          ...(keeps ? { offers: ['park'] } : {}),
        },
        { accept: leavesOrParks, patience: { timer: rooms.profile.timers.done, afterwards: 'leave' } },
      );
      if (next === 'leave') return 'notSettled';
      const { person, bill } = result;
      return (await parkBills(rooms, session, { person, bill, reason })) ?? 'notSettled';
    }
    case 'resolving':
      rooms.audit.write(reasons.resolving.audit, { session: session.id, settlement: number, reason: 'resolving' });
      await inform(rooms, session, { name: 'S-RECOVER', number, removeCard: false });
      return 'resolving';
    case 'handedToPerson':
      rooms.audit.write(reasons.handedToPerson.audit, { session: session.id, settlement: number, reason: view.reason });
      await inform(rooms, session, {
        name: 'S-NOT-SETTLED',
        reason: 'handedToPerson',
        staffCode: reasons.handedToPerson.staffCode,
        refund: 'withStaff',
        number: view.caseNumber,
        removeCard: false,
      });
      return 'handedToPerson';
  }
}

async function finishSettled(
  rooms: Rooms,
  session: Session,
  { person, insuranceType, bill, consentId, consentCopy, paid, accounting }: Result,
  view: Extract<Paid['view'], { state: 'settled' }>,
): Promise<JourneyEnd> {
  const { centre } = view;
  const amounts = centre?.amounts ?? ownExpense(bill.totalFen);
  const done: DoneBody = {
    name: 'S-DONE',
    totalFen: amounts.totalFen,
    ownFen: amounts.ownFen,
    fundFen: amounts.fundFen,
    accountFen: amounts.accountFen,
    number: paid.number,
    nextStep: view.nextStep,
    paper: 'printing',
    rating: 'open',
    removeCard: false,
  };
  const delivery = deliverPaper(rooms, session, {
    config: rooms.config,
    profile: rooms.profile,
    language: session.language,
    maskedName: maskName(person.name.reveal()),
    maskedProxy: session.maskedProxy,
    insuranceType,
    bill,
    settlementNumber: paid.number,
    centre,
    receiptNumber: view.receiptNumber,
    nextStep: view.nextStep,
    consentId,
    consentCopy,
    accounting,
  });
  const slip = watchSlip(rooms.printer);
  try {
    return await resultPage(rooms, session, { done, delivery, slip });
  } finally {
    slip.close();
  }
}

async function resultPage(
  rooms: Rooms,
  session: Session,
  { done, delivery, slip }: { done: DoneBody; delivery: ReturnType<typeof deliverPaper>; slip: SlipWatch },
): Promise<JourneyEnd> {
  const { number, ownFen, nextStep } = done;
  // One page from the tick to the end: the slip that comes out takes no finger off its button.
  const asked = { accept: doneStep, goesOn: true } as const;
  let rated = false;
  let paper: DoneBody['paper'] = 'printing';
  for (;;) {
    const step: DoneStep = await session.ask<DoneStep>(
      { ...done, paper, rating: rated ? 'given' : 'open' },
      paper === 'printing'
        ? { ...asked, until: delivery.then((value): DoneStep => ({ step: 'paper', value })), patience: 'never' }
        : {
            ...asked,
            ...(paper === 'taken' ? {} : { until: slip.taken.then((): DoneStep => ({ step: 'taken' })) }),
            patience: {
              timer: paper !== 'left' && slip.waits() ? SLIP_WAITS : rooms.profile.timers.done,
              afterwards: { step: 'leave' },
            },
          },
    );
    if (step.step === 'rate') {
      if (!rated) noteRating(rooms, session, step.stars);
      rated = true;
    } else if (step.step === 'taken') paper = 'taken';
    else if (step.step === 'leave' && paper !== 'printing') {
      if (paper === 'left' || !slip.waits()) return 'settled';
      // Once more, and larger than the thanks: the slip names its patient.
      paper = 'left';
    } else if (step.step === 'paper') {
      if (step.value.paper === 'none') {
        await inform(rooms, session, {
          name: 'S-NOPAPER',
          number,
          slipCode: `yizhan:slip:${number}`,
          ownFen,
          nextStep,
          problem: step.value.problem,
          removeCard: false,
        });
        return 'settledWithoutPaper';
      }
      paper = step.value.paper;
    }
  }
}

type DoneBody = Extract<ScreenBody, { name: 'S-DONE' }>;
type DoneStep =
  | { readonly step: 'taken' }
  | { readonly step: 'rate'; readonly stars: 1 | 2 | 3 | 4 | 5 }
  | { readonly step: 'leave' }
  | { readonly step: 'paper'; readonly value: Awaited<ReturnType<typeof deliverPaper>> };

function doneStep(act: Act): DoneStep | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'rate') return { step: 'rate', stars: act.intent.stars };
  return confirmed(act) ? { step: 'leave' } : undefined;
}

function leavesOrParks(act: Act): 'leave' | 'park' | undefined {
  if (act.kind === 'intent' && act.intent.do === 'park') return 'park';
  return confirmed(act) ? 'leave' : undefined;
}

async function inform(rooms: Rooms, session: Session, body: ScreenBody): Promise<void> {
  await session.ask(body, {
    accept: confirmed,
    patience: { timer: rooms.profile.timers.done, afterwards: true as const },
  });
}
