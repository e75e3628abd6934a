/**
 * What a patient can do on each screen.
 *
 * One promise: the hub lets through exactly what the screen offers, so a page
 * gone wrong (or someone pretending to be the page) can't confirm what nobody
 * was asked. Help and every look are offered everywhere (Y1-8, Y4-12a).
 */
import { isLookIntent } from './looks.ts';
import type { BusyWork, InjuryCause, Intent, JobName, PricePaper, ScreenBody, Signer } from './messages.ts';
import { isVoiceIntent } from './voice-choice.ts';

const INJURY_CAUSES: readonly InjuryCause[] = ['self', 'work', 'other'];
/** The letters and digits of our numbers. */
const A_NUMBER = /^[a-kmnp-z2-9]{12}$/;
const A_PIN = /^\d{6,8}$/;
/** yyyyMMdd */
const A_DAY = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
/** From here prices can be looked at, and one comes back to the same page (SZ-185): nothing of money is under way. */
export const BEFORE_PAYING: ReadonlySet<ScreenBody['name']> = new Set<ScreenBody['name']>([
  ...(['S-HOME', 'S-ID-HELP', 'S-BILL', 'S-CONSENT', 'S-PAPER-WARN', 'S-SPLIT', 'S-OWN-EXPENSE'] as const),
  ...(['S-INJURY', 'S-CATEGORY', 'S-REMIND', 'S-STOP', 'S-HELD', 'S-WHO', 'S-MONEY-ASK', 'S-MONEY'] as const),
]);
const RATINGS = ([5, 4, 3, 2, 1] as const).map((stars): Intent => ({ do: 'rate', stars }));
const ANYONE: readonly Signer[] = ['patient', 'relative', 'guardian'];

/** Intents of the body itself, without those of the help bar. Equal intents are equal by value. */
export function offeredIntents(body: ScreenBody): readonly Intent[] {
  switch (body.name) {
    case 'S-HOME':
      return body.jobs.map(starts);
    case 'S-ID-HELP':
      return [...(body.withoutCard ? [{ do: 'withoutCard' } as const] : []), { do: 'cancel' }];
    case 'S-STAFF':
      // A PIN is looked at by `offers`.
      return [{ do: 'decline' }];
    case 'S-TYPE':
      // What is typed is looked at by `offers`.
      return [{ do: 'decline' }];
    case 'S-BUSY':
      // Only a long wait is worth a way out, and none once a payment order is being made.
      return body.slow && !movesMoney(body.work) ? [{ do: 'cancel' }] : [];
    case 'S-WHO':
    case 'S-FACE':
      return [{ do: 'decline' }];
    case 'S-FACE-ASK':
      return [{ do: 'confirm' }, { do: 'decline' }];
    case 'S-BILL':
    case 'S-PAPER-WARN':
    case 'S-STILL-THERE':
      return [{ do: 'confirm' }, { do: 'cancel' }];
    case 'S-CONSENT':
      return [...consents(body), { do: 'decline' }];
    case 'S-SPLIT': {
      const pay: readonly Intent[] =
        body.ownFen > 0 ? body.methods.map((method) => ({ do: 'pay', method })) : [{ do: 'confirm' }];
      const account: readonly Intent[] = body.account.mayChange ? [{ do: 'useAccount', use: !body.account.used }] : [];
      return [...pay, ...account, { do: 'cancel' }];
    }
    case 'S-PAY':
      return body.status === 'waiting' ? [{ do: 'cancel' }] : [];
    case 'S-RATE':
      return [...RATINGS, { do: 'confirm' }];
    case 'S-DONE': {
      const ratings = body.rating === 'open' ? RATINGS : [];
      // Nobody is sent away while the slip is still coming.
      return body.paper === 'printing' ? ratings : [...ratings, { do: 'confirm' }];
    }
    case 'S-STOP':
    case 'S-HELD':
      return [{ do: 'confirm' }, ...refusalOffers(body)];
    case 'S-OWN-EXPENSE':
      return [{ do: 'confirm' }, { do: 'decline' }];
    case 'S-INJURY':
      return [...INJURY_CAUSES.map((cause): Intent => ({ do: 'injury', cause })), { do: 'cancel' }];
    case 'S-CATEGORY':
      return [...body.categories.map(({ code }): Intent => ({ do: 'category', code })), { do: 'cancel' }];
    case 'S-MONEY-ASK':
      // The number itself is looked at by `offers`: nobody lists all of them.
      return [{ do: 'cancel' }];
    case 'S-MONEY':
      return [{ do: 'confirm' }, { do: 'findMoney' }];
    case 'S-PRICE': {
      const open: readonly Intent[] = body.rows.map(({ code }) => ({ do: 'priceItem', code }));
      const list: readonly Intent[] = body.kept > 0 ? [{ do: 'priceList' }] : [];
      // What is typed is looked at by `offers`; from a kind's rows the way back is to the keys.
      return [...open, ...list, ...(body.kind === 'none' ? [{ do: 'cancel' } as const] : [])];
    }
    case 'S-PRICE-ITEM':
      return [...prints(body.paper), { do: 'priceKeep', keep: !body.isKept }, { do: 'confirm' }];
    case 'S-PRICE-LIST': {
      const open: readonly Intent[] = body.rows.map(({ code }) => ({ do: 'priceItem', code }));
      return [...open, ...prints(body.paper), { do: 'confirm' }];
    }
    case 'S-REFUND':
    case 'S-REMIND':
      return [{ do: 'confirm' }, { do: 'cancel' }];
    case 'S-NOT-SETTLED':
      return [{ do: 'confirm' }, ...(body.offers ?? []).map((offer): Intent => ({ do: offer }))];
    case 'S-MENU':
      return [...body.jobs.map(starts), { do: 'cancel' }];
    case 'S-REFUND-LINES': {
      const open = body.lines.filter(({ off }) => off === undefined);
      const confirm: readonly Intent[] = open.some(({ taken }) => taken) ? [{ do: 'confirm' }] : [];
      return [...confirm, ...open.map(({ id }): Intent => ({ do: 'choose', id })), { do: 'cancel' }];
    }
    case 'S-REPRINT': {
      // Nobody is sent away while the slip is still coming.
      if (body.paper === 'printing') return [];
      return [{ do: 'confirm' }, ...(body.more ? [{ do: 'choose', id: 'another' } as const] : [])];
    }
    case 'S-RECORDS':
      return [{ do: 'choose', id: body.open ? 'hide' : 'show' }, { do: 'confirm' }];
    case 'S-DAY-LIST': {
      if (body.paper === 'printing') return [];
      const earlier: readonly Intent[] = body.hasEarlier ? [{ do: 'choose', id: 'earlier' }] : [];
      const later: readonly Intent[] = body.hasLater ? [{ do: 'choose', id: 'later' }] : [];
      const print: readonly Intent[] = body.groups.length > 0 ? [{ do: 'print' }] : [];
      const phone: readonly Intent[] = body.phone ? [{ do: 'choose', id: 'phone' }] : [];
      return [...print, ...phone, ...earlier, ...later, { do: 'confirm' }];
    }
    case 'S-PAPERS': {
      const open = body.papers.filter(({ state }) => state !== 'later');
      return [...open.map(({ paper }): Intent => ({ do: 'choose', id: paper })), { do: 'confirm' }];
    }
    case 'S-PAPER': {
      if (body.print === 'printing') return [];
      return [...(body.print === 'cannot' ? [] : [{ do: 'print' } as const]), { do: 'confirm' }];
    }
    case 'S-GUIDES':
      return [
        ...body.entries.map(({ id }): Intent => ({ do: 'choose', id })),
        ...(body.of === 'all' ? [] : [{ do: 'confirm' } as const]),
        { do: 'cancel' },
      ];
    case 'S-GUIDE': {
      if (body.paper === 'printing') return [];
      const number: readonly Intent[] = body.window === 'open' && !body.ticket ? [{ do: 'takeTicket' }] : [];
      return [...number, { do: 'print' }, { do: 'confirm' }, { do: 'cancel' }];
    }
    case 'S-COMPLAINT':
      return body.paper === 'printing' ? [] : [{ do: 'confirm' }];
    case 'S-STAY':
      return [...body.offers.map((offer): Intent => ({ do: 'choose', id: offer })), { do: 'cancel' }];
    case 'S-DEPOSIT':
      // An amount that was typed is looked at by `offers`.
      return [...body.amounts.map((amountFen): Intent => ({ do: 'amount', amountFen })), { do: 'cancel' }];
    case 'S-TICKET':
    case 'S-RESULT':
      return body.paper === 'printing' ? [] : [{ do: 'confirm' }];
    case 'S-CHOOSE':
      return [
        ...body.choices.flatMap(({ id, off }): Intent[] => (off === undefined ? [{ do: 'choose', id }] : [])),
        { do: 'cancel' },
      ];
    case 'S-PARKED':
    case 'S-RECOVER':
    case 'S-NOPAPER':
    case 'S-HELP':
      return [{ do: 'confirm' }];
    case 'S-CONFIRMING':
    case 'S-TAKE-CARD':
    case 'S-OUT':
      return [];
  }
}

/** Whether this very intent stands on the screen or in the help bar. */
export function offers(body: ScreenBody, intent: Intent): boolean {
  if (intent.do === 'help' || isLookIntent(intent) || isVoiceIntent(intent)) return true;
  if (intent.do === 'prices') return BEFORE_PAYING.has(body.name);
  if (intent.do === 'priceSearch') return body.name === 'S-PRICE';
  if (intent.do === 'number') return body.name === 'S-MONEY-ASK' && A_NUMBER.test(intent.number);
  if (intent.do === 'typed' && body.name === 'S-STAFF') return body.step === 'pin' && A_PIN.test(intent.text);
  if (intent.do === 'typed') return body.name === 'S-TYPE' && (body.of !== 'birthday' || A_DAY.test(intent.text));
  if (intent.do === 'amount') return body.name === 'S-DEPOSIT' && takes(body, intent.amountFen);
  return offeredIntents(body).some((offered) => sameIntent(offered, intent));
}

/** Whole yuan within the hospital's limits. */
function takes({ minFen, maxFen }: Extract<ScreenBody, { name: 'S-DEPOSIT' }>, amountFen: number): boolean {
  return amountFen >= minFen && amountFen <= maxFen && amountFen % 100 === 0;
}

/** An order is being made: what was asked for is not taken back by walking away. */
function movesMoney(work: BusyWork): boolean {
  return work === 'preparingPayment' || work === 'preparingRefund';
}

function starts(job: JobName): Intent {
  if (job === 'findMoney') return { do: job };
  return job === 'papers' || job === 'more' ? { do: 'menu', menu: job } : { do: 'start', journey: job };
}

function prints(paper: PricePaper): readonly Intent[] {
  return paper === 'can' || paper === 'printed' || paper === 'none' ? [{ do: 'print' }] : [];
}

function refusalOffers({ offers = [] }: Extract<ScreenBody, { name: 'S-STOP' | 'S-HELD' }>): readonly Intent[] {
  return offers.map((offer): Intent => ({ do: offer === 'ticket' ? 'takeTicket' : offer }));
}

function consents({ signature, signers = ANYONE }: Extract<ScreenBody, { name: 'S-CONSENT' }>): readonly Intent[] {
  return signature === 'none' ? [{ do: 'confirm' }] : signers.map((signer) => ({ do: 'sign', signer }));
}

function sameIntent(one: Intent, other: Intent): boolean {
  const left = Object.entries(one);
  const right = new Map<string, unknown>(Object.entries(other));
  return left.length === right.size && left.every(([key, value]) => right.get(key) === value);
}
