/**
 * The security module of the reader on the bench: finds, selects and reads the
 * chip in its field, and says so in frames of its own writing (E.2).
 *
 * Consequences follow from physics: a chip that leaves is not read on, and one
 * that was selected must leave before it is found again.
 */
import type { Clock } from '../../../drivers/ports.ts';
import type { VirtualIdCard } from './virtual-id-cards.ts';

const START = Buffer.from('aaaaaa9669', 'hex');
const LONGEST_QUESTION = 64;
const NO_DATA = Buffer.alloc(0);
const FOUND_DATA = Buffer.alloc(4);
const CHOSEN_DATA = Buffer.alloc(8);
/** Printed on its back as 05.01-20200101-0000000001-0000000002. */
const MODULE_NUMBER = Buffer.from('05000100a53a34010100000002000000', 'hex');

/** What hands cannot bring about. */
export class ModuleFaults {
  /** The module fails its self-test, or nobody authorised it; every answer says so until it is mended. */
  broken: 'selfTest' | 'notAuthorised' | undefined;
  /** So many of the next answers carry a wrong check byte. */
  wrongChecksums = 0;
  /** So many of the next answers carry this instead of the module's own SW3. */
  statuses: number[] = [];
  /** The module does not know the question for the latest address: it says so, or says nothing. */
  ignorant: 'refuses' | 'ignores' | undefined;
}

/** How long the module takes, ms: near to what the field sees. */
const TAKES_MS = { state: 5, find: 60, select: 60, read: 700, address: 120 } as const;

export class SecurityModule {
  readonly faults = new ModuleFaults();
  /** Whether a card that was selected is found again without having left. */
  findsAgain = false;
  readonly #clock: Clock;
  readonly #say: (bytes: Uint8Array) => void;
  #heard: Buffer = Buffer.alloc(0);
  #card: VirtualIdCard | undefined;
  #found = false;
  #selected = false;
  #spent = false;
  #power = 0;

  constructor(clock: Clock, say: (bytes: Uint8Array) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  get card(): VirtualIdCard | undefined {
    return this.#card;
  }

  cardIn(card: VirtualIdCard): void {
    this.#card = card;
  }

  cardOut(): void {
    this.#card = undefined;
    this.#found = false;
    this.#selected = false;
    this.#spent = false;
  }

  /** No power: everything it knew or was about to say is gone. */
  powerOff(): void {
    this.#power += 1;
    this.#heard = Buffer.alloc(0);
    this.#found = false;
    this.#selected = false;
    this.#spent = false;
  }

  hear(bytes: Uint8Array): void {
    this.#heard = Buffer.concat([this.#heard, bytes]);
    for (;;) {
      const start = this.#heard.indexOf(START);
      if (start < 0) {
        this.#heard = this.#heard.subarray(Math.max(0, this.#heard.length - START.length + 1));
        return;
      }
      this.#heard = this.#heard.subarray(start);
      if (this.#heard.length < 7) return;
      const length = this.#heard.readUInt16BE(5);
      if (length < 3 || length > LONGEST_QUESTION) {
        this.#heard = this.#heard.subarray(START.length);
        this.#answer(TAKES_MS.state, 0x11);
        continue;
      }
      if (this.#heard.length < 7 + length) return;
      const body = this.#heard.subarray(5, 7 + length);
      this.#heard = this.#heard.subarray(7 + length);
      if (body.reduce((check, byte) => check ^ byte, 0) !== 0) this.#answer(TAKES_MS.state, 0x10);
      else this.#obey(body.readUInt16BE(2));
    }
  }

  #obey(question: number): void {
    const { broken } = this.faults;
    if (broken && question !== 0x10ff) {
      this.#answer(TAKES_MS.state, broken === 'selfTest' ? 0x60 : 0x66);
      return;
    }
    switch (question) {
      case 0x10ff:
        this.powerOff();
        this.#answer(TAKES_MS.state, 0x90);
        return;
      case 0x11ff:
        this.#answer(TAKES_MS.state, 0x90);
        return;
      case 0x12ff:
        this.#answer(TAKES_MS.state, 0x90, MODULE_NUMBER);
        return;
      case 0x2001:
        this.#later(TAKES_MS.find, () => this.#find());
        return;
      case 0x2002:
        this.#later(TAKES_MS.select, () => this.#select());
        return;
      case 0x3001:
      case 0x3010:
        this.#later(TAKES_MS.read, () => this.#read(question === 0x3010));
        return;
      case 0x3003:
        if (this.faults.ignorant === 'refuses') this.#answer(TAKES_MS.state, 0x21);
        else if (this.faults.ignorant === undefined) this.#later(TAKES_MS.address, () => this.#readAddress());
        return;
      default:
        this.#answer(TAKES_MS.state, 0x21);
    }
  }

  #find(): void {
    this.#found = this.#card !== undefined && (this.findsAgain || !this.#spent);
    if (this.#found) this.#frame(0x9f, FOUND_DATA);
    else this.#frame(0x80);
  }

  #select(): void {
    this.#selected = this.#found && this.#card !== undefined && this.#card.chip !== 'otherCard';
    this.#found = false;
    this.#spent ||= this.#selected;
    if (this.#selected) this.#frame(0x90, CHOSEN_DATA);
    else this.#frame(0x81);
  }

  #read(withFingerprints: boolean): void {
    const card = this.#selected ? this.#card : undefined;
    if (!card) this.#frame(0x41, NO_DATA, 0x6e00);
    else if (card.chip === 'forged') this.#frame(0x32);
    else this.#frame(0x90, messageOf(card, withFingerprints));
  }

  #readAddress(): void {
    const card = this.#selected ? this.#card : undefined;
    if (!card) this.#frame(0x41, NO_DATA, 0x6e00);
    else if (card.latestAddress === undefined) this.#frame(0x91);
    else this.#frame(0x90, Buffer.from(card.latestAddress.padEnd(35, ' '), 'utf16le'));
  }

  #answer(takesMs: number, status: number, data: Uint8Array = NO_DATA): void {
    this.#later(takesMs, () => this.#frame(status, data));
  }

  #later(takesMs: number, act: () => void): void {
    const power = this.#power;
    this.#clock.timer(takesMs, () => {
      if (power === this.#power) act();
    });
  }

  #frame(status: number, data: Uint8Array = NO_DATA, cardStatus = 0): void {
    const instead = this.faults.statuses.shift();
    const shown = instead === undefined ? data : NO_DATA;
    const body = Buffer.alloc(5 + shown.length);
    body.writeUInt16BE(4 + shown.length, 0);
    body.writeUInt16BE(cardStatus, 2);
    body[4] = instead ?? status;
    body.set(shown, 5);
    let check = body.reduce((sum, byte) => sum ^ byte, 0);
    if (this.faults.wrongChecksums > 0) {
      this.faults.wrongChecksums -= 1;
      check ^= 0x01;
    }
    this.#say(Buffer.concat([START, body, Buffer.of(check)]));
  }
}

/** Lengths first, each in two bytes, then the parts. */
function messageOf(card: VirtualIdCard, withFingerprints: boolean): Buffer {
  const parts = [card.text, card.photo, ...(withFingerprints ? [card.fingerprints] : [])];
  const head = Buffer.alloc(parts.length * 2);
  for (const [at, { length }] of parts.entries()) head.writeUInt16BE(length, at * 2);
  return Buffer.concat([head, ...parts]);
}
