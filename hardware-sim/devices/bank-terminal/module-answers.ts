/** What a POS module answers: the words of its memory and of the bank, as response codes and fields. */
import type { Said, TerminalSale, VirtualBankTerminal } from './virtual-bank-terminal.ts';

/** docs/interfaces/bank-terminal.md section 4. */
export const CODES = {
  sale: '20',
  void: '26',
  refund: '27',
  settle: '50',
  signIn: 'SI',
  reverse: 'RV',
  lookUp: 'LT',
  giveBackState: 'LR',
  totals: 'BT',
  cancel: 'CN',
  progress: 'PG',
} as const;

export const TAGS = {
  order: '66',
  refund: 'YR',
  sequence: 'YQ',
  amount: '40',
  trace: '65',
  batch: '50',
  reference: 'D3',
  card: '30',
  terminal: '16',
  state: 'YS',
  progress: 'YP',
} as const;

const PROGRESS = { cardWanted: '10', cardRead: '20', pinWanted: '30', authorising: '40' } as const;

const RESPONSES: Readonly<Record<string, string>> = {
  approved: '00',
  done: '00',
  known: '00',
  reversed: '00',
  settled: '00',
  none: 'NA',
  notFound: 'NA',
  declined: 'ND',
  cancelled: 'UC',
  busy: 'BY',
  outOfService: 'EN',
  noAnswer: 'EN',
  closed: 'CL',
  paid: 'PD',
  amount: 'AM',
  notPaid: 'NP',
  expired: 'EX',
  failed: 'FA',
  batchOver: 'BO',
  pending: 'PE',
  differs: 'DF',
  saleOpen: 'SO',
};

const STATES = { open: 'O', approved: 'A', declined: 'D', reversed: 'R', returned: 'B' } as const;

type Fields = readonly (readonly [tag: string, value: string])[];

export function progressOf(what: keyof typeof PROGRESS): ReadonlyMap<string, string> {
  return new Map([[TAGS.progress, PROGRESS[what]]]);
}

/** @param said of a sale that has run already; every other command is asked of the memory here. */
export function answerTo(
  core: VirtualBankTerminal,
  command: string,
  fields: ReadonlyMap<string, string>,
  said?: NonNullable<Said>,
  cardField?: string,
): readonly [code: string, fields: Fields] | undefined {
  const order = fields.get(TAGS.order);
  const refund = fields.get(TAGS.refund) ?? '';
  const amountFen = Number(fields.get(TAGS.amount));
  switch (command) {
    case CODES.sale:
      return said && told(said, cardField);
    case CODES.lookUp:
      return told(core.lookUp(order));
    case CODES.reverse: {
      const answer = core.reverse(order ?? '');
      return answer?.says === 'approved' ? ['AP', []] : told(answer);
    }
    case CODES.void:
    case CODES.refund:
      return told(core.giveBack(order ?? '', refund, amountFen, command === CODES.void ? 'void' : 'refund'));
    case CODES.giveBackState:
      return told(core.giveBackState(refund));
    case CODES.settle:
      return told(core.settleBatch(Number(fields.get(TAGS.batch))));
    case CODES.totals: {
      const { batch, sales, returns } = core.totals();
      const tallies: Fields = [
        ['Y1', count(sales[0])],
        ['Y2', sum(sales[1])],
        ['Y3', count(returns[0])],
        ['Y4', sum(returns[1])],
      ];
      return ['00', [[TAGS.batch, count(batch)], ...tallies]];
    }
    default:
      return ['ED', []];
  }
}

function told(said: Said, cardField?: string): readonly [code: string, fields: Fields] | undefined {
  if (!said) return undefined;
  return [RESPONSES[said.says] ?? 'ED', said.sale ? saleFields(said.sale, cardField) : []];
}

function saleFields(sale: TerminalSale, cardField: string | undefined): Fields {
  const fields: [string, string][] = [
    [TAGS.order, sale.order],
    [TAGS.amount, sum(sale.amountFen)],
    [TAGS.state, STATES[sale.state]],
    [TAGS.batch, count(sale.batch)],
    [TAGS.trace, count(sale.trace)],
  ];
  if (sale.reference !== undefined) fields.push([TAGS.reference, sale.reference.slice(0, 12)]);
  const card = cardField ?? (sale.tail === undefined ? undefined : `990001${'*'.repeat(6)}${sale.tail}`);
  if (card !== undefined) fields.push([TAGS.card, card]);
  return fields;
}

function count(value: number): string {
  return String(value).padStart(6, '0');
}

function sum(fen: number): string {
  return String(fen).padStart(12, '0');
}
