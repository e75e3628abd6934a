/**
 * One record file of a social-security card (insurance interface E.1, steps 2–4).
 *
 * Records are asked for by identifier; a card that does not know that form is
 * read by number, and the tag in each answer says what was read. Each way is
 * bounded by the number of records such a file can have.
 */
import { CardRefusal, type ChipAnswer, type ChipDialogue, STATUS_WORDS, statusText } from './apdu.ts';
import { type CardRecord, hexByte, parseRecord, recordClaim } from './card-record.ts';

/** Tag and usual length of each record, in the order of the table: what a number most likely holds. */
export type RecordLayout = readonly { readonly tag: number; readonly bytes: number }[];

const MOST_RECORDS = 24;
/** P1 of SELECT by identifier: under the current DF, or anywhere. Cards differ in which one they take. */
const SELECT_FORMS = [0x02, 0x00];

export class RecordFile {
  readonly #chip: ChipDialogue;
  readonly #layout: RecordLayout;
  readonly #byNumber = new Map<number, CardRecord>();
  #way: 'untried' | 'identifier' | 'number' = 'untried';
  #nextNumber = 1;
  #endSeen = false;

  private constructor(chip: ChipDialogue, layout: RecordLayout) {
    this.#chip = chip;
    this.#layout = layout;
  }

  static async select(chip: ChipDialogue, identifier: number, layout: RecordLayout): Promise<RecordFile> {
    const data = Uint8Array.of(identifier >> 8, identifier & 0xff);
    let status = 0;
    for (const p1 of SELECT_FORMS) {
      ({ status } = await chip.ask({ cla: 0x00, ins: 0xa4, p1, p2: 0x00, data }));
      if (status === STATUS_WORDS.ok) return new RecordFile(chip, layout);
    }
    throw refusalFor(status, `EF${hexByte(identifier & 0xff)} can't be selected`);
  }

  /** The value, or `undefined` when the card has no such record. */
  async read(tag: number): Promise<Uint8Array | undefined> {
    const record = this.#way === 'number' ? await this.#readByNumber(tag) : await this.#readByIdentifier(tag);
    return record?.value;
  }

  /** @throws CardRefusal also when there is no such record. */
  async require(tag: number): Promise<Uint8Array> {
    const value = await this.read(tag);
    if (!value) throw new CardRefusal('invalidMedia', `the card has no record ${hexByte(tag)}`);
    return value;
  }

  async #readByIdentifier(tag: number): Promise<CardRecord | undefined> {
    const usual = this.#layout.find((row) => row.tag === tag)?.bytes ?? 0;
    const answer = await this.#askWhole({ p1: tag, p2: 0x00, firstBytes: usual + 2 });
    if (isRead(answer)) {
      this.#way = 'identifier';
      const record = parseRecord(answer.data);
      if (record.tag === tag) return record;
      throw new CardRefusal('invalidMedia', `asked for record ${hexByte(tag)}, got ${hexByte(record.tag)}`);
    }
    if (isSecurityWord(answer.status)) throw refusalFor(answer.status, `record ${hexByte(tag)} is protected`);
    if (this.#way === 'untried') {
      this.#way = 'number';
      return await this.#readByNumber(tag);
    }
    if (answer.status === STATUS_WORDS.recordNotFound) return undefined;
    throw refusalFor(answer.status, `record ${hexByte(tag)} can't be read`);
  }

  async #readByNumber(tag: number): Promise<CardRecord | undefined> {
    while (!this.#byNumber.has(tag) && !this.#endSeen) {
      const number = this.#nextNumber;
      this.#nextNumber += 1;
      const usual = this.#layout[number - 1]?.bytes;
      const answer = await this.#askWhole({ p1: number, p2: 0x04, firstBytes: usual === undefined ? 256 : usual + 2 });
      if (answer.status === STATUS_WORDS.recordNotFound && number > 1) {
        this.#endSeen = true;
        continue;
      }
      if (!isRead(answer)) throw refusalFor(answer.status, `record number ${number} can't be read`);
      const record = parseRecord(answer.data);
      if (this.#byNumber.has(record.tag)) throw new CardRefusal('invalidMedia', `two records ${hexByte(record.tag)}`);
      this.#byNumber.set(record.tag, record);
      this.#endSeen = number === MOST_RECORDS;
    }
    return this.#byNumber.get(tag);
  }

  /** A record longer than usual is cut off by our own Le: then, once, all of what it claims is asked for. */
  async #askWhole(how: { readonly p1: number; readonly p2: number; readonly firstBytes: number }): Promise<ChipAnswer> {
    const command = { cla: 0x00, ins: 0xb2, p1: how.p1, p2: how.p2 };
    const answer = await this.#chip.ask({ ...command, le: how.firstBytes });
    if (!isRead(answer) || answer.data.length !== how.firstBytes) return answer;
    const { wholeBytes } = recordClaim(answer.data);
    if (wholeBytes <= how.firstBytes || wholeBytes > 256) return answer;
    return await this.#chip.ask({ ...command, le: wholeBytes });
  }
}

function isRead(answer: ChipAnswer): boolean {
  return answer.status === STATUS_WORDS.ok || answer.status === STATUS_WORDS.endReached;
}

function isSecurityWord(status: number): boolean {
  return status === STATUS_WORDS.securityNotSatisfied || status === STATUS_WORDS.authenticationBlocked;
}

function refusalFor(status: number, what: string): CardRefusal {
  return new CardRefusal(isSecurityWord(status) ? 'securityFail' : 'invalidMedia', `${what}: ${statusText(status)}`);
}
