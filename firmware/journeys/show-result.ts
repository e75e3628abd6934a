/**
 * S-RESULT: how a way ended whose money goes in more than one piece. The page follows the settlement: a part that comes
 * back while the patient looks is ticked.
 */
import type { ResultOnScreen, ReturnOnScreen, ScreenBody } from '../screen/messages.ts';
import { confirmed } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import type { ReturnView, SettlementStatus } from '../settlement/settlements.ts';
import type { Paper } from './deliver-paper.ts';
import { watching } from './pay.ts';
import { rate } from './rate.ts';
import type { Rooms } from './rooms.ts';

/** How long a patient waits for the last part of the money before the slip is printed as it stands, ms. */
const RETURN_PATIENCE_MS = 8_000;

export interface Result extends ResultOnScreen {
  readonly number: string;
  readonly returns: readonly ReturnView[];
  readonly delivery: Promise<Paper>;
  /** What comes after this page instead of the rating. */
  readonly afterwards?: (paper: Paper) => Promise<void>;
}

/** Shows it until the patient goes. → the ways back as they stood last */
export async function showResult(rooms: Rooms, session: Session, result: Result): Promise<readonly ReturnView[]> {
  const { delivery, number, returns: first, afterwards, ...said } = result;
  const watch = await following(rooms, number);
  const printed = delivery.then((value): Step => ({ step: 'paper', paper: value.paper }));
  let paper: Extract<ScreenBody, { name: 'S-RESULT' }>['paper'] = 'printing';
  try {
    for (let goesOn = false; ; goesOn = true) {
      const returns = watch ? returnsOf(watch.status(), first) : first;
      const changed: Promise<Step> | undefined = watch?.changed().then((): Step => ({ step: 'changed' }));
      const waits: readonly Promise<Step>[] = [
        ...(paper === 'printing' ? [printed] : []),
        ...(changed ? [changed] : []),
      ];
      const step: Step = await session.ask<Step>(
        {
          ...{ name: 'S-RESULT', ...said, number, paper, removeCard: false },
          ...(afterwards && { papersNext: true as const }),
          returns: returns.map(onScreen),
          progress: progressOf(returns),
        },
        {
          accept: (act) => (paper !== 'printing' && confirmed(act) ? { step: 'leave', touched: true } : undefined),
          ...(waits.length > 0 && { until: Promise.race(waits) }),
          ...(goesOn && { goesOn: true }),
          patience:
            paper === 'printing'
              ? 'never'
              : { timer: rooms.profile.timers.done, afterwards: { step: 'leave', touched: false } },
        },
      );
      if (step.step === 'leave') {
        if (afterwards) await afterwards(await delivery);
        else if (step.touched) await rate(rooms, session);
        return returns;
      }
      if (step.step === 'paper') paper = step.paper;
    }
  } finally {
    watch?.stop();
  }
}

type Step =
  | { readonly step: 'changed' }
  /** `touched`: somebody is still there. */
  | { readonly step: 'leave'; readonly touched: boolean }
  | { readonly step: 'paper'; readonly paper: 'ready' | 'unconfirmed' | 'none' };

/** Gives the parts that are on their way a moment to arrive, so that the slip can say so. */
export async function settledReturns(
  rooms: Rooms,
  session: Session,
  number: string,
  first: readonly ReturnView[],
): Promise<readonly ReturnView[]> {
  const watch = await following(rooms, number);
  if (!watch) return first;
  const endMs = rooms.clock.monotonicMs() + RETURN_PATIENCE_MS;
  try {
    for (;;) {
      const returns = returnsOf(watch.status(), first);
      const leftMs = endMs - rooms.clock.monotonicMs();
      if (leftMs <= 0 || !returns.some(({ state }) => state === 'underWay')) return returns;
      await session.ask<true>(
        { name: 'S-CONFIRMING', number, removeCard: false },
        {
          accept: () => undefined,
          until: watch.changed().then((): true => true),
          patience: { timer: { standardMs: leftMs, elderlyMs: leftMs }, afterwards: true },
        },
      );
    }
  } finally {
    watch.stop();
  }
}

/** `done` only when every part is back. */
export function progressOf(returns: readonly ReturnView[]): 'done' | 'underWay' | 'open' {
  if (returns.some(({ state }) => state === 'atCashier' || state === 'refused')) return 'open';
  return returns.some(({ state }) => state === 'underWay') ? 'underWay' : 'done';
}

async function following(rooms: Rooms, number: string) {
  const status = await rooms.settlements.status(number);
  return status && watching(rooms, status);
}

function returnsOf({ view }: SettlementStatus, otherwise: readonly ReturnView[]): readonly ReturnView[] {
  return view.state === 'settled' ? view.returns : otherwise;
}

function onScreen({ by, amountFen, state }: ReturnView): ReturnOnScreen {
  return { by, amountFen, state };
}
