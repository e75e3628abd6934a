/**
 * "Where is my money?": any settlement of any kiosk by its number, one plain sentence, no identity.
 *
 * This kiosk's own journal is asked first, the hospital for what other kiosks did and for a refund that came after. One
 * promise: nothing of a person is shown, and a number that nobody knows is said to be none.
 */

import type { MoneyOnScreen } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import { slipNumber } from '../session/slip-code.ts';
import type { MoneyPlace } from '../settlement/money-place.ts';
import { numberFromPerson } from '../settlement/order-fact.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { waitForParty } from './wait-for-party.ts';

interface Place {
  readonly word: MoneyOnScreen;
  readonly amountFen: number | undefined;
  readonly toldAt: string | undefined;
}

type Asked = { readonly number: string } | { readonly problem: 'notASlip' };

/** @param shown of a slip that was scanned at the home screen */
export async function findMoney(rooms: Rooms, session: Session, shown: string | undefined): Promise<JourneyEnd> {
  let number = shown ?? (await askNumber(session, 'none'));
  for (;;) {
    const place = await waitForParty(rooms, session, 'findingMoney', placeOf(rooms, number));
    rooms.audit.write('money.asked', {
      session: session.id,
      settlement: number,
      state: place?.word ?? 'unknownNumber',
    });
    if (!place) {
      number = await askNumber(session, 'unknownNumber');
      continue;
    }
    const next = await session.ask<'leave' | 'another'>(
      { name: 'S-MONEY', number, ...place },
      { accept: afterwards, patience: { timer: rooms.profile.timers.idle, afterwards: 'leave' } },
    );
    if (next === 'leave') return 'moneyFound';
    number = await askNumber(session, 'none');
  }
}

async function askNumber(session: Session, first: 'none' | 'unknownNumber'): Promise<string> {
  let problem: 'none' | 'unknownNumber' | 'notASlip' = first;
  for (;;) {
    const asked: Asked = await session.ask<Asked>({ name: 'S-MONEY-ASK', of: 'money', problem }, { accept: numberIn });
    if ('number' in asked) return asked.number;
    problem = asked.problem;
  }
}

function numberIn(act: Act): Asked | undefined {
  const scanned = slipNumber(act);
  if (scanned !== undefined) return { number: scanned };
  if (act.kind === 'code' || act.kind === 'codeRefused') return { problem: 'notASlip' };
  return act.kind === 'intent' && act.intent.do === 'number'
    ? { number: numberFromPerson(act.intent.number) }
    : undefined;
}

function afterwards(act: Act): 'leave' | 'another' | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'findMoney') return 'another';
  return act.intent.do === 'confirm' || act.intent.do === 'cancel' ? 'leave' : undefined;
}

/** As many refunds of refunds as anybody can have. */
const MOST_FOLLOWED = 8;

/** `undefined`: neither this kiosk nor the hospital knows the number. */
async function placeOf(rooms: Rooms, asked: string): Promise<Place | undefined> {
  let number = asked;
  for (let followed = 0; ; followed += 1) {
    const here = await rooms.settlements.money(number);
    // What is under way here, the hospital cannot know better; of what is over, it knows what came after.
    if (here && here.word !== 'kept') return own(here);
    const answer = await rooms.hospital.settlementByNumber(number);
    if (answer.outcome === 'refused') return here && own(here);
    if (answer.outcome !== 'ok')
      return here ? own(here) : { word: 'cannotAsk', amountFen: undefined, toldAt: undefined };
    const { followedBy, word, amountFen, toldAt } = answer.value;
    if (followedBy === undefined || followed === MOST_FOLLOWED) {
      return here ? own(here) : { word, amountFen, toldAt };
    }
    number = followedBy;
  }
}

function own({ word, takenFen, owedFen }: MoneyPlace): Place {
  const paid = word === 'kept' || word === 'held' || word === 'findingOut';
  return {
    word,
    amountFen: word === 'atCashier' ? owedFen : paid ? takenFen.most : undefined,
    toldAt: undefined,
  };
}
