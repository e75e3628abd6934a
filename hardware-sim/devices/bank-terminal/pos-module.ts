/**
 * A POS module as a host meets it: one serial socket, one card slot with a contactless field over it, one keypad.
 *
 * It keeps what `VirtualBankTerminal` keeps and says it in its serial language. Hands tap, insert, type, pull and cut;
 * what follows, follows. A host that is gone is not noticed: as on a real line, the module goes on waiting for its card.
 */
import { type ByteLink, type Clock, LinkLostError } from '../../../drivers/ports.ts';
import type { Acquirer } from '../../parties/payment/acquirer.ts';
import type { BankCard } from '../../parties/payment/bank-card.ts';
import type { CutLine } from '../cut-line.ts';
import { SerialCable } from '../serial-cable.ts';
import { answerTo, CODES, progressOf, TAGS } from './module-answers.ts';
import { ModuleMouth } from './module-mouth.ts';
import { ACK, ModuleEar, type ModuleMessage, NAK, PAUSE_MS, write } from './module-wire.ts';
import { VirtualBankTerminal } from './virtual-bank-terminal.ts';

export interface PosModuleOptions {
  readonly clock: Clock;
  readonly acquirer: Acquirer;
  /** 终端号, 8 letters or digits. */
  readonly terminalNumber?: string;
}

/** What hands cannot cause. */
export interface ModuleFaults {
  /** A module that was set up wrongly: it sends the whole card number. */
  sendsCardNumber: boolean;
  /** Says everything twice. */
  stutters: boolean;
}

/** How long it offers the slot, ms. */
const PATIENCE_MS = 60_000;
/** 小额免密: up to here a tap needs no password, fen. */
const NO_PIN_UP_TO_FEN = 100_000;

export class PosModule {
  readonly faults: ModuleFaults = { sendsCardNumber: false, stutters: false };
  readonly #clock: Clock;
  readonly #core: VirtualBankTerminal;
  readonly #terminalNumber: string;
  #ear = new ModuleEar();
  #cable: SerialCable | undefined;
  #plugged = true;
  #powered = true;
  #hung = false;
  #paper = true;
  #signedIn = false;
  #lastByteMs = 0;
  #slot: BankCard | undefined;
  /** A card whose password is still wanted. */
  #unproven: BankCard | undefined;
  /** The card that pays. */
  #proven: BankCard | undefined;
  #offer: { readonly order: string; readonly amountFen: number; readonly give: AbortController } | undefined;
  /** Sequence and command of the last question. */
  #lastQuestion = '';
  readonly #mouth: ModuleMouth;

  constructor({ clock, acquirer, terminalNumber = '99000001' }: PosModuleOptions) {
    this.#clock = clock;
    this.#core = new VirtualBankTerminal(acquirer);
    this.#terminalNumber = terminalNumber;
    this.#mouth = new ModuleMouth(clock, (bytes) => this.#put(bytes));
  }

  /** The line to the bank: `cutAfter` cuts it after any byte, `mend` mends it. */
  get bankLine(): CutLine {
    return this.#core.line;
  }

  /** What its window shows. */
  get shows(): 'off' | 'ready' | 'pleaseCard' | 'pleasePin' {
    if (!this.#powered) return 'off';
    if (this.#unproven) return 'pleasePin';
    return this.#offer ? 'pleaseCard' : 'ready';
  }

  /** Hands: a card held over the field. */
  tap(card: BankCard): void {
    if (!this.#offer || !this.#powered) return;
    this.#note('cardRead');
    if (this.#offer.amountFen <= NO_PIN_UP_TO_FEN) this.#prove(card);
    else this.#wantPin(card);
  }

  /** Hands: a card into the slot; a chip always wants its password. */
  insertCard(card: BankCard): void {
    this.#slot = card;
    if (!this.#offer || !this.#powered) return;
    this.#note('cardRead');
    this.#wantPin(card);
  }

  removeCard(): void {
    this.#slot = undefined;
    this.#unproven = undefined;
  }

  /** Hands: the password and the green key. Which digits, only the module knows. */
  enterPin(): void {
    if (this.#unproven) this.#prove(this.#unproven);
  }

  /** Hands: the red key. */
  cancel(): void {
    this.#offer?.give.abort();
  }

  unplug(): void {
    this.#plugged = false;
    this.#cable?.lose();
    this.#cable = undefined;
  }

  plugIn(): void {
    this.#plugged = true;
  }

  /** The cable stays; a serial line to a dead device is only silent. */
  cutPower(): void {
    this.#powered = false;
    this.#signedIn = false;
    this.#unproven = undefined;
    this.#mouth.forget();
    this.#ear.forget();
    this.#core.pullPlug();
  }

  powerUp(): void {
    this.#powered = true;
    this.#hung = false;
    this.#core.plugIn();
  }

  /** Its program stops: it says nothing more until the power is cut. */
  hang(): void {
    this.#hung = true;
  }

  paperOut(): void {
    this.#paper = false;
  }

  loadPaper(): void {
    this.#paper = true;
  }

  openByteLink(signal: AbortSignal): Promise<ByteLink> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (!this.#plugged) return Promise.reject(new LinkLostError('no module at this cable'));
    this.#cable?.lose();
    this.#cable = new SerialCable((bytes) => this.#hear(bytes));
    return Promise.resolve(this.#cable);
  }

  #hear(bytes: Uint8Array): void {
    if (!this.#powered || this.#hung) return;
    const nowMs = this.#clock.monotonicMs();
    if (this.#ear.mid && nowMs - this.#lastByteMs > PAUSE_MS) this.#ear.forget();
    this.#lastByteMs = nowMs;
    for (const heard of this.#ear.hear(bytes)) {
      if (heard === 'ack') this.#mouth.acknowledged();
      else if (heard === 'nak') this.#mouth.repeat();
      else if (heard === 'bad') this.#put(Uint8Array.of(NAK));
      else this.#take(heard);
    }
  }

  #take(message: ModuleMessage): void {
    this.#put(Uint8Array.of(ACK));
    if (message.indicator === '2') {
      if (message.command === CODES.cancel && message.fields.get(TAGS.order) === this.#offer?.order) this.cancel();
      return;
    }
    if (message.indicator !== '0') return;
    const sequence = message.fields.get(TAGS.sequence) ?? '';
    const question = `${sequence} ${message.command}`;
    if (question === this.#lastQuestion) {
      // The same again: the host did not hear the answer, if there was one.
      this.#mouth.repeat();
      return;
    }
    this.#lastQuestion = question;
    this.#mouth.forget();
    this.#work(message).then(
      (answer) => {
        if (!answer || !this.#powered) return;
        const [code, fields] = answer;
        const all = new Map([[TAGS.sequence, sequence], ...fields]);
        this.#mouth.say(write({ indicator: '1', command: message.command, code, fields: all }));
      },
      () => undefined,
    );
  }

  async #work(
    message: ModuleMessage,
  ): Promise<readonly [code: string, fields: Iterable<readonly [string, string]>] | undefined> {
    const { command, fields } = message;
    if (this.#offer) return ['BY', []];
    if (command === CODES.signIn) {
      this.#signedIn = !this.bankLine.cut;
      return [this.#signedIn ? '00' : 'EN', [[TAGS.terminal, this.#terminalNumber]]];
    }
    const movesMoney = command === CODES.sale || command === CODES.void || command === CODES.refund;
    if (movesMoney && !this.#signedIn) return ['SF', []];
    if (movesMoney && !this.#paper) return ['PO', []];
    if (command !== CODES.sale) return answerTo(this.#core, command, fields);
    return this.#sell(fields.get(TAGS.order) ?? '', Number(fields.get(TAGS.amount)));
  }

  async #sell(order: string, amountFen: number) {
    const give = new AbortController();
    this.#offer = { order, amountFen, give };
    const patience = this.#clock.timer(PATIENCE_MS, () => give.abort());
    this.#note('cardWanted');
    if (this.#slot) this.insertCard(this.#slot);
    try {
      const said = await this.#core.sale(order, amountFen, give.signal);
      return said && answerTo(this.#core, CODES.sale, new Map(), said, this.#cardField());
    } finally {
      patience();
      this.#offer = undefined;
      this.#unproven = undefined;
      this.#proven = undefined;
      this.#core.takeCard();
    }
  }

  /** A module that was set up wrongly sends the number itself. */
  #cardField(): string | undefined {
    return this.faults.sendsCardNumber ? this.#proven?.number : undefined;
  }

  #wantPin(card: BankCard): void {
    this.#unproven = card;
    this.#note('pinWanted');
  }

  #prove(card: BankCard): void {
    this.#unproven = undefined;
    this.#proven = card;
    this.#note('authorising');
    this.#core.present(card);
  }

  #note(what: Parameters<typeof progressOf>[0]): void {
    this.#put(write({ indicator: '2', command: CODES.progress, code: '00', fields: progressOf(what) }));
  }

  #put(bytes: Uint8Array): void {
    if (!this.#powered || this.#hung) return;
    this.#cable?.deliver(bytes);
    if (this.faults.stutters) this.#cable?.deliver(bytes);
  }
}
