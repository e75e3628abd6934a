/**
 * A POS module on a serial line, or behind a serial server.
 *
 * One promise: an exchange that may have moved money and whose end was not
 * heard is remembered as owed, over any number of lost links, and the first
 * thing that the module then hears is the question what became of it.
 */
import { type CommandOptions, completed, type DeviceState, type LastFault } from '../device.ts';
import type { Clock, DeviceBus, Unsubscribe } from '../ports.ts';
import type {
  BankTerminal,
  BankTerminalEvent,
  BatchTotals,
  CardSale,
  GiveBackFault,
  GiveBackState,
  MoneyCompletion,
  ReverseFault,
  SaleFault,
  SettleFault,
} from './bank-terminal.ts';
import { nothingMoved, refusalIn, saleIn, sumField, totalsIn } from './terminal-answers.ts';
import { TerminalLine } from './terminal-line.ts';
import { fits } from './terminal-message.ts';
import { posModule, type TerminalProfile } from './terminal-profile-table.ts';

export interface SerialBankTerminalOptions {
  /** The device map's id. */
  readonly id: string;
  /** The device map's address, e.g. `serial:/dev/serial/by-id/…?baudRate=9600`. */
  readonly address: string;
  readonly bus: Pick<DeviceBus, 'openByteLink'>;
  readonly clock: Clock;
  /** Default: `posModule`. */
  readonly profile?: TerminalProfile;
}

export class SerialBankTerminal implements BankTerminal {
  readonly id: string;
  readonly deviceClass = 'bankTerminal';
  readonly #profile: TerminalProfile;
  readonly #line: TerminalLine;
  readonly #listeners = new Set<(event: BankTerminalEvent) => void>();
  readonly #stateListeners = new Set<(state: DeviceState) => void>();
  #atCard = false;

  constructor({ id, address, bus, clock, profile = posModule }: SerialBankTerminalOptions) {
    this.id = id;
    this.#profile = profile;
    this.#line = new TerminalLine({ address, bus, clock, profile, tell: (event) => this.#tell(event) });
    this.#line.supervisor.onStateChanged(() => this.#tellState());
    this.#line.supervisor.start();
  }

  get state(): DeviceState {
    return this.#line.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#line.supervisor.lastFault;
  }

  /** 终端号 */
  get identity(): string | undefined {
    return this.#line.identity;
  }

  get owed(): string | undefined {
    return this.#line.owed.number;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { profile: this.#profile.name, cardNumberLeavesModule: this.#line.sendsCardNumbers };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onTerminalEvent(listener: (event: BankTerminalEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  async sale(
    order: { readonly orderNumber: string; readonly amountFen: number },
    options: CommandOptions,
  ): Promise<MoneyCompletion<CardSale, SaleFault>> {
    const { orderNumber, amountFen } = order;
    const amount = sumField(amountFen);
    if (!amount || !fits(this.#profile, 'order', orderNumber)) return nothingMoved('invalidData', 'amount or number');
    const { signal: offer } = options;
    // A change of mind ends the wait in the queue; once the module has the order, only the module decides.
    const waiting = new AbortController();
    let takeBack = (): void => waiting.abort();
    const onWithdrawn = (): void => takeBack();
    if (offer?.aborted) waiting.abort();
    offer?.addEventListener('abort', onWithdrawn, { once: true });
    const completion = await this.#line
      .money<CardSale, SaleFault>(
        { timeoutMs: options.timeoutMs, signal: waiting.signal },
        { owes: { kind: 'sale', number: orderNumber }, atCard: true },
        async (course) => {
          takeBack = () => undefined;
          const obstacle = await this.#line.obstacle(course);
          if (obstacle) return obstacle;
          if (this.#line.sendsCardNumbers) return nothingMoved('fraudAttempt', 'the module sends card numbers');
          if (offer?.aborted) return nothingMoved('canceled', 'never sent');
          takeBack = () => this.#line.tell('cancel', [['order', orderNumber]]);
          this.#atCard = true;
          const fields = [['order', orderNumber] as const, ['amount', amount] as const];
          const answer = await this.#line.ask('sale', fields, course);
          const sale = answer.word === 'done' ? saleIn(this.#profile, answer, orderNumber) : undefined;
          if (sale?.state === 'approved' && sale.amountFen === amountFen) return completed(sale);
          const refusals = ['declined', 'amount', 'closed', 'paid'] as const;
          return refusalIn<(typeof refusals)[number]>(answer.word, refusals);
        },
      )
      .finally(() => {
        offer?.removeEventListener('abort', onWithdrawn);
        this.#atCard = false;
      });
    // Nobody waits for that card any more. A new line asks first what became of the order, and takes the offer back.
    if (!completion.done && completion.effect === 'unknown' && completion.fault === 'timeOut') this.#line.startAnew();
    return completion;
  }

  lookUp(orderNumber: string | undefined, options: CommandOptions) {
    return this.#line.plain<CardSale | undefined, 'acquirerUnreachable' | 'busy' | 'paperOut'>(
      options,
      async (course) => {
        await this.#line.askOwed(course, { kind: 'sale', number: orderNumber });
        const { answer, sale } = await this.#line.owed.askSale(this.#line.asking(course), orderNumber);
        return sale || answer.word === 'notFound' ? completed(sale) : refusalIn<never>(answer.word, []);
      },
    );
  }

  async reverse(orderNumber: string, options: CommandOptions): Promise<MoneyCompletion<void, ReverseFault>> {
    if (!fits(this.#profile, 'order', orderNumber)) return nothingMoved('invalidData', 'number');
    if (this.#atCard) return nothingMoved('busy', 'a sale waits for its card');
    return this.#line.money<void, ReverseFault>(options, {}, async (course) => {
      await this.#line.askOwed(course);
      const answer = await this.#line.ask('reverse', [['order', orderNumber]], course);
      if (answer.word !== 'done') return refusalIn<'approved'>(answer.word, ['approved']);
      this.#line.owed.settled({ kind: 'sale', number: orderNumber }, 'reversed');
      return completed(undefined);
    });
  }

  async giveBack(
    back: {
      readonly orderNumber: string;
      readonly refundNumber: string;
      readonly amountFen: number;
      readonly as: 'void' | 'refund';
    },
    options: CommandOptions,
  ): Promise<MoneyCompletion<'returned' | 'pending', GiveBackFault>> {
    const { orderNumber, refundNumber } = back;
    const amount = sumField(back.amountFen);
    const numbers = fits(this.#profile, 'order', orderNumber) && fits(this.#profile, 'refund', refundNumber);
    if (!amount || !numbers) return nothingMoved('invalidData', 'amount or number');
    const owes = { kind: 'giveBack', number: refundNumber } as const;
    return this.#line.money<'returned' | 'pending', GiveBackFault>(options, { owes }, async (course) => {
      const obstacle = await this.#line.obstacle(course, owes);
      if (obstacle) return obstacle;
      const fields = [['order', orderNumber] as const, ['refund', refundNumber] as const, ['amount', amount] as const];
      const answer = await this.#line.ask(back.as, fields, course);
      if (answer.word === 'done') return completed('returned' as const);
      if (answer.word === 'pending') return completed('pending' as const);
      const refusals = ['notPaid', 'amount', 'expired', 'failed', 'batchOver'] as const;
      return refusalIn<(typeof refusals)[number]>(answer.word, refusals);
    });
  }

  giveBackState(refundNumber: string, options: CommandOptions) {
    return this.#line.plain<GiveBackState, 'acquirerUnreachable' | 'busy' | 'paperOut'>(options, async (course) => {
      await this.#line.askOwed(course, { kind: 'giveBack', number: refundNumber });
      const { answer, state } = await this.#line.owed.askGiveBack(this.#line.asking(course), refundNumber);
      return state ? completed(state) : refusalIn<never>(answer.word, []);
    });
  }

  /** 签到: fetches the day's working keys anew. Moves nothing, and shows that the line to the bank is up. */
  signIn(options: CommandOptions) {
    return this.#line.plain<void, 'acquirerUnreachable' | 'busy' | 'paperOut'>(options, async (course) => {
      await this.#line.askOwed(course);
      const answer = await this.#line.ask('signIn', [], course);
      return answer.word === 'done' ? completed(undefined) : refusalIn<never>(answer.word, []);
    });
  }

  totals(options: CommandOptions) {
    return this.#line.plain<BatchTotals, 'acquirerUnreachable' | 'busy' | 'paperOut'>(options, async (course) => {
      await this.#line.askOwed(course);
      const answer = await this.#line.ask('totals', [], course);
      const totals = answer.word === 'done' ? totalsIn(answer) : undefined;
      return totals ? completed(totals) : refusalIn<never>(answer.word, []);
    });
  }

  async settleBatch(batchNumber: string, options: CommandOptions): Promise<MoneyCompletion<void, SettleFault>> {
    if (!fits(this.#profile, 'batch', batchNumber)) return nothingMoved('invalidData', 'batch number');
    return this.#line.money<void, SettleFault>(options, {}, async (course) => {
      const obstacle = await this.#line.obstacle(course);
      if (obstacle?.done === false && obstacle.fault === 'outcomeOwed')
        return nothingMoved('saleOpen', obstacle.detail);
      if (obstacle) return obstacle as MoneyCompletion<never, SettleFault>;
      const answer = await this.#line.ask('settle', [['batch', batchNumber]], course);
      if (answer.word === 'done') return completed(undefined);
      return refusalIn<'differs' | 'saleOpen'>(answer.word, ['differs', 'saleOpen']);
    });
  }

  #tell(event: BankTerminalEvent): void {
    if (event.event === 'cardNumberRefused') this.#tellState();
    for (const listener of [...this.#listeners]) listener(event);
  }

  #tellState(): void {
    for (const listener of [...this.#stateListeners]) listener(this.state);
  }
}
