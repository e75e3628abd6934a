/**
 * The one outcome that the module still owes: an order or a refund whose
 * exchange was cut after its first byte had left.
 *
 * One promise: it is settled by the module's own word only, never by time and
 * never by a new link. While the module says that the sale still waits for its
 * card, the offer is taken back and the question is asked again.
 */
import type { Clock } from '../ports.ts';
import type { BankTerminalEvent, CardSale, GiveBackState, SaleState } from './bank-terminal.ts';
import { saleIn } from './terminal-answers.ts';
import type { TerminalMessage } from './terminal-message.ts';
import type { TerminalCommand, TerminalProfile } from './terminal-profile-table.ts';
import { type FieldValues, pause } from './terminal-wire.ts';

export interface Asking {
  ask(command: TerminalCommand, fields: FieldValues): Promise<TerminalMessage>;
  tell(command: TerminalCommand, fields: FieldValues): void;
  readonly signal: AbortSignal;
}

/** Orders and refunds are numbered by others, so the number alone does not say which of the two it is. */
export interface Owed {
  readonly kind: 'sale' | 'giveBack';
  readonly number: string;
}

/** How often a module that still waits for a card is asked again, and after how long, ms. */
const BUSY_TRIES = 8;
const BUSY_MS = 500;

export class OwedOutcome {
  readonly #profile: TerminalProfile;
  readonly #clock: Clock;
  readonly #tell: (event: BankTerminalEvent) => void;
  #owed: Owed | undefined;

  constructor(profile: TerminalProfile, clock: Clock, tell: (event: BankTerminalEvent) => void) {
    this.#profile = profile;
    this.#clock = clock;
    this.#tell = tell;
  }

  get number(): string | undefined {
    return this.#owed?.number;
  }

  owe(owed: Owed): void {
    this.#owed = owed;
  }

  /** The answer came after all, to the command itself. */
  forget(owed: Owed): void {
    if (this.is(owed)) this.#owed = undefined;
  }

  settled(owed: Owed, outcome: SaleState | 'never' | GiveBackState): void {
    if (!this.is(owed)) return;
    this.#owed = undefined;
    this.#tell({ event: 'outcomeFound', number: owed.number, outcome });
  }

  /** Whether this very one is owed. */
  is({ kind, number }: { readonly kind: Owed['kind']; readonly number: string | undefined }): boolean {
    return this.#owed?.kind === kind && this.#owed.number === number;
  }

  /** Asks what is owed, if anything is. */
  async ask(asking: Asking): Promise<void> {
    const owed = this.#owed;
    if (owed?.kind === 'giveBack') await this.askGiveBack(asking, owed.number);
    if (owed?.kind !== 'sale') return;
    for (let tries = 0; tries < BUSY_TRIES; tries += 1) {
      const { answer } = await this.askSale(asking, owed.number);
      if (answer.word !== 'busy') return;
      asking.tell('cancel', [['order', owed.number]]);
      await pause(this.#clock, BUSY_MS, asking.signal);
    }
  }

  async askSale(
    asking: Asking,
    orderNumber: string | undefined,
  ): Promise<{ readonly answer: TerminalMessage; readonly sale: CardSale | undefined }> {
    const answer = await asking.ask('lookUp', orderNumber === undefined ? [] : [['order', orderNumber]]);
    const sale = answer.word === 'done' ? saleIn(this.#profile, answer, orderNumber) : undefined;
    if (sale && sale.state !== 'open') this.settled({ kind: 'sale', number: sale.orderNumber }, sale.state);
    if (answer.word === 'notFound' && orderNumber !== undefined)
      this.settled({ kind: 'sale', number: orderNumber }, 'never');
    return { answer, sale };
  }

  async askGiveBack(
    asking: Asking,
    refundNumber: string,
  ): Promise<{ readonly answer: TerminalMessage; readonly state: GiveBackState | undefined }> {
    const answer = await asking.ask('giveBackState', [['refund', refundNumber]]);
    const state = GIVE_BACK_STATES.get(answer.word ?? '');
    if (state) this.settled({ kind: 'giveBack', number: refundNumber }, state);
    return { answer, state };
  }
}

const GIVE_BACK_STATES: ReadonlyMap<string, GiveBackState> = new Map([
  ['done', 'returned'],
  ['pending', 'pending'],
  ['failed', 'failed'],
  ['notFound', 'notFound'],
]);
