/**
 * Reads what the page asks for. One promise: what is not exactly a request of
 * the contract, within its sizes, is `undefined` and touches nothing.
 */
import { BILL_PLANS, type BillKind } from '../parties/bills/bills.ts';
import { type HandName, hands } from '../world/hands.ts';
import type { FromPage } from './workbench-messages.ts';

/** Characters of a whole message. */
export const LONGEST_REQUEST = 2_048;
const LONGEST_TEXT = 1_000;
const LARGEST_NUMBER = 1_000_000;

export function readRequest(text: string): FromPage | undefined {
  if (text.length > LONGEST_REQUEST) return undefined;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  const fields = data as Readonly<Record<string, unknown>>;
  switch (Object.keys(fields).sort().join()) {
    case 'do':
      return isHand(fields['do']) ? { do: fields['do'] } : undefined;
    case 'do,with': {
      const given = fields['with'];
      return isHand(fields['do']) && isGiven(given) ? { do: fields['do'], with: given } : undefined;
    }
    case 'bay,hand':
      return isText(fields['bay']) && isText(fields['hand']) ? { bay: fields['bay'], hand: fields['hand'] } : undefined;
    case 'bay,hand,with': {
      const { bay, hand, with: given } = fields;
      return isText(bay) && isText(hand) && isGiven(given) ? { bay, hand, with: given } : undefined;
    }
    case 'person':
      return isText(fields['person']) ? { person: fields['person'] } : undefined;
    case 'addBill':
      return isBillKind(fields['addBill']) ? { addBill: fields['addBill'] } : undefined;
    case 'findMoney':
      return isText(fields['findMoney']) ? { findMoney: fields['findMoney'] } : undefined;
    case 'by,claim,closeCase,keptFen,note':
      return closing(fields);
    default:
      return undefined;
  }
}

function closing({ closeCase, by, claim, keptFen, note }: Readonly<Record<string, unknown>>): FromPage | undefined {
  if (!isText(closeCase) || !isText(note) || (claim !== 'counts' && claim !== 'none')) return undefined;
  if (!Array.isArray(by) || by.length !== 2) return undefined;
  const [first, second] = by as readonly unknown[];
  if (!isText(first) || !isText(second)) return undefined;
  if (typeof keptFen !== 'number' || !Number.isSafeInteger(keptFen) || keptFen < 0) return undefined;
  return { closeCase, by: [first, second], claim, keptFen, note };
}

const isHand = (value: unknown): value is HandName => typeof value === 'string' && Object.hasOwn(hands, value);

const isBillKind = (value: unknown): value is BillKind => typeof value === 'string' && Object.hasOwn(BILL_PLANS, value);

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT;

function isGiven(value: unknown): value is string | number {
  if (isText(value)) return true;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= LARGEST_NUMBER;
}
