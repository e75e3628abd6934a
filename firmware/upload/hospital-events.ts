/** Rows of the hospital's and the authority's lane in the words of the hospital contract (postEvents). */
import type { HospitalEvent } from '../hospital/hospital-books.ts';
import { platformTime } from '../insurance/platform-time.ts';
import type { UploadItem } from './upload-desk.ts';

type Body = Readonly<Record<string, unknown>>;

/** `undefined` for a row that is no event. */
export function eventOf({ kind, key, body: text, person, madeMs }: UploadItem): HospitalEvent | undefined {
  const body = JSON.parse(text) as Body;
  const settlement = { key, at: platformTime(madeMs), settlementNumber: word(body, 'number') };
  const billId = word(body, 'billId');
  switch (kind) {
    case 'settlementEnded':
      return {
        ...{ ...settlement, kind, billId, end: word(body, 'end') as 'settled' },
        returnedFen: fen(body, 'returnedFen'),
      };
    case 'settlementCase': {
      const caseNumber = word(body, 'caseNumber');
      if (body['closed'] === true) return { ...settlement, kind: 'caseClosed', caseNumber };
      return { ...settlement, kind: 'caseOpened', caseNumber, reason: word(body, 'reason') };
    }
    case 'settledTotals': {
      const amounts = (body['amounts'] ?? {}) as Body;
      return {
        ...settlement,
        kind,
        flow: word(body, 'flow'),
        formerSettlementNumber: typeof body['formerNumber'] === 'string' ? body['formerNumber'] : null,
        totalFen: fen(amounts, 'totalFen'),
        fundFen: fen(amounts, 'fundFen'),
        accountFen: fen(amounts, 'accountFen'),
        ownFen: fen(amounts, 'ownFen'),
      };
    }
    case 'saleEvent': {
      const { lines } = JSON.parse(person?.reveal() ?? '{"lines":[]}') as { lines: readonly GoodsLine[] };
      return { ...settlement, kind: 'goodsMoved', way: body['way'] === 'returned' ? 'returned' : 'sold', lines };
    }
    case 'billParked':
      return { ...settlement, kind, billId, parkedNumber: word(body, 'parkedNumber') };
    case 'intentMirror': {
      const partyKey = word(body, 'partyKey');
      return {
        ...settlement,
        kind: 'intentMirrored',
        step: word(body, 'step'),
        attempt: fen(body, 'attempt'),
        partyKey,
      };
    }
    case 'cashOwed': {
      const [taskNumber, amountFen] = [word(body, 'taskNumber'), fen(body, 'amountFen')];
      return { ...settlement, kind, taskNumber, amountFen, reason: 'notesKept' };
    }
    case 'returnEnded': {
      const [refundNumber, amountFen] = [word(body, 'refundNumber'), fen(body, 'amountFen')];
      return { ...settlement, kind, refundNumber, amountFen, end: body['end'] === 'refused' ? 'refused' : 'returned' };
    }
    case 'serviceRated':
      return { key, at: platformTime(madeMs), kind, kioskId: word(body, 'kioskId'), stars: fen(body, 'stars') };
    case 'staffTask':
      return {
        key,
        at: platformTime(madeMs),
        kind,
        taskNumber: word(body, 'number'),
        task: word(body, 'task'),
        facts: text,
      };
    case 'authorityAlarm':
    case 'authorityNotice': {
      const [fault, stage] = [word(body, 'fault'), word(body, 'stage')];
      return {
        key,
        at: platformTime(madeMs),
        kind: 'authorityNotice',
        fault,
        number: fen(body, 'number'),
        stage,
        facts: text,
      };
    }
    default:
      return undefined;
  }
}

type GoodsLine = Extract<HospitalEvent, { readonly kind: 'goodsMoved' }>['lines'][number];

function word(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

function fen(body: Body, name: string): number {
  const value = body[name];
  return typeof value === 'number' ? value : 0;
}
