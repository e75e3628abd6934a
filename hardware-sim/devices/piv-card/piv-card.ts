/**
 * The twin of a staff member's PIV card: a chip that answers as NIST SP 800-73-4 says.
 *
 * Written from that document alone. It promises to be as fussy as a real chip
 * about order, lengths and rights, so that OpenSC and the kiosk meet the same card.
 */
import { answerBytes, answerOnly, type IsoAnswer, type IsoCommand, parseIsoCommand, STATUS } from '../iso-command.ts';
import type { VirtualCard } from '../virtual-card.ts';
import { field, joined, readFields } from './ber-field.ts';
import { CommandParts } from './command-parts.ts';
import { algorithmOf, makeKey, type PivKey } from './piv-keys.ts';
import { type ManagementKey, PivManagement } from './piv-management.ts';
import {
  AID,
  AID_WITHOUT_VERSION,
  BEHIND_PIN,
  capabilityObject,
  certificateObject,
  discoveryObject,
  holderObject,
  OBJECT,
  propertyTemplate,
} from './piv-objects.ts';
import { PivReferences, type PivSecrets } from './piv-references.ts';

/** The key references that hold a private key (part 1, table 4b), and the object with the certificate of each. */
const CERTIFICATE_OF: ReadonlyMap<number, number> = new Map([
  [0x9a, OBJECT.certificate9a],
  [0x9c, OBJECT.certificate9c],
  [0x9d, OBJECT.certificate9d],
  [0x9e, OBJECT.certificate9e],
]);

export interface PivCardOptions {
  /** 16 bytes that tell this card from every other one. */
  readonly guid: Uint8Array;
  readonly secrets?: Partial<PivSecrets>;
  readonly management?: ManagementKey;
  /** Keys that were put on it at issuing, by reference. */
  readonly keys?: ReadonlyMap<number, PivKey>;
  /** DER, by key reference. */
  readonly certificates?: ReadonlyMap<number, Uint8Array>;
  /** Certificates lie gzipped on it. */
  readonly pressed?: boolean;
  /** YYYYMMDD */
  readonly validUntil?: string;
  /** `t0` announces every answer to a command with data by 61xx. */
  readonly protocol?: 't0' | 't1';
  /** Takes the place of an object, by tag; an empty value takes it away. For cards that lie about themselves. */
  readonly objects?: ReadonlyMap<number, Uint8Array>;
}

const MANAGEMENT_REFERENCE = 0x9b;
const LAST_OR_ONLY = 0x00;
const MORE_FOLLOWS = 0x10;
const WRONG_DATA = 0x6a80;
/** What most cards come with: triple DES. */
const DEFAULT_MANAGEMENT: ManagementKey = {
  algorithm: 0x03,
  key: new TextEncoder().encode('Yizhan bench key 9B only'),
};

export class PivCardTwin implements VirtualCard {
  readonly label: string;
  readonly atr: Uint8Array;
  readonly #references: PivReferences;
  readonly #management: PivManagement;
  readonly #keys: Map<number, PivKey>;
  readonly #objects: Map<number, Uint8Array>;
  readonly #parts: CommandParts;
  #selected = false;
  /** 9C asks for the PIN right before each signature. */
  #pinIsFresh = false;

  constructor(label: string, options: PivCardOptions) {
    this.label = label;
    this.#references = new PivReferences({ pin: '471100', puk: '12345678', tries: 3, ...options.secrets });
    this.#management = new PivManagement(options.management ?? DEFAULT_MANAGEMENT);
    this.#keys = new Map(options.keys);
    const protocol = options.protocol ?? 't1';
    this.#parts = new CommandParts(protocol);
    this.#objects = new Map([
      [OBJECT.discovery, discoveryObject()],
      [OBJECT.chuid, holderObject(options.guid, options.validUntil ?? '20351231')],
      [OBJECT.capabilities, capabilityObject(options.guid)],
      [OBJECT.printedInformation, field(0x53, field(0x01, new TextEncoder().encode('YIZHAN TEST STAFF')), field(0xfe))],
    ]);
    for (const [reference, der] of options.certificates ?? []) {
      const tag = CERTIFICATE_OF.get(reference);
      if (tag !== undefined) this.#objects.set(tag, certificateObject(der, options.pressed ?? false));
    }
    for (const [tag, bytes] of options.objects ?? []) {
      if (bytes.length > 0) this.#objects.set(tag, bytes);
      else this.#objects.delete(tag);
    }
    this.atr = buildAtr(protocol);
  }

  reset(): void {
    this.#selected = false;
    this.#parts.reset();
    this.#forgetRights();
  }

  transmit(apdu: Uint8Array): Uint8Array {
    const command = parseIsoCommand(apdu);
    if (!command) return answerBytes(answerOnly(STATUS.wrongLength));
    if (command.cla !== LAST_OR_ONLY && command.cla !== MORE_FOLLOWS) return answerBytes(answerOnly(STATUS.wrongCla));
    if (command.ins === 0xc0) return answerBytes(this.#parts.getResponse(command));
    const whole = this.#parts.take(command);
    return answerBytes('status' in whole ? whole : this.#parts.deliver(whole, this.#run(whole)));
  }

  #run(command: IsoCommand): IsoAnswer {
    if (command.ins === 0xa4) return this.#select(command);
    // Another application's commands; this card has none but PIV.
    if (!this.#selected) return answerOnly(STATUS.unknownIns);
    switch (command.ins) {
      case 0xcb:
        return this.#getData(command);
      case 0x20: {
        const answer = this.#references.verify(command);
        this.#pinIsFresh = this.#references.pinShown && command.data.length > 0;
        return answer;
      }
      case 0x24:
        return this.#references.changeReference(command);
      case 0x2c:
        return this.#references.resetRetryCounter(command);
      case 0x87:
        return this.#generalAuthenticate(command);
      case 0x47:
        return this.#generateKey(command);
      case 0xdb:
        return this.#putData(command);
      default:
        return answerOnly(STATUS.unknownIns);
    }
  }

  #select({ p1, p2, data }: IsoCommand): IsoAnswer {
    if (p1 !== 0x04 || p2 !== 0x00) return answerOnly(STATUS.wrongP1P2);
    const named = data.length >= AID_WITHOUT_VERSION && data.length <= AID.length;
    // Who asks for another application does not lose this one (part 2, 3.1.1).
    if (!named || !data.every((byte, at) => byte === AID[at])) return answerOnly(STATUS.fileNotFound);
    this.#selected = true;
    this.#forgetRights();
    return { data: propertyTemplate(), status: STATUS.ok };
  }

  #getData({ p1, p2, data }: IsoCommand): IsoAnswer {
    if (p1 !== 0x3f || p2 !== 0xff) return answerOnly(STATUS.wrongP1P2);
    const [list, ...more] = readFields(data) ?? [];
    if (list?.tag !== 0x5c || more.length > 0 || list.value.length > 3) return answerOnly(WRONG_DATA);
    const tag = tagIn(list.value);
    if (BEHIND_PIN.has(tag) && !this.#references.pinShown) return answerOnly(STATUS.securityNotSatisfied);
    const object = this.#objects.get(tag);
    return object ? { data: object, status: STATUS.ok } : answerOnly(STATUS.fileNotFound);
  }

  #putData({ p1, p2, data }: IsoCommand): IsoAnswer {
    if (p1 !== 0x3f || p2 !== 0xff) return answerOnly(STATUS.wrongP1P2);
    if (!this.#management.shown) return answerOnly(STATUS.securityNotSatisfied);
    const [list, content, ...more] = readFields(data) ?? [];
    if (list?.tag !== 0x5c || content?.tag !== 0x53 || more.length > 0) return answerOnly(WRONG_DATA);
    if (content.value.length === 0) this.#objects.delete(tagIn(list.value));
    else this.#objects.set(tagIn(list.value), field(0x53, content.value));
    return answerOnly(STATUS.ok);
  }

  #generateKey({ p1, p2, data }: IsoCommand): IsoAnswer {
    if (p1 !== 0x00 || !CERTIFICATE_OF.has(p2)) return answerOnly(STATUS.wrongP1P2);
    if (!this.#management.shown) return answerOnly(STATUS.securityNotSatisfied);
    const [template, ...more] = readFields(data) ?? [];
    if (template?.tag !== 0xac || more.length > 0) return answerOnly(WRONG_DATA);
    const mark = readFields(template.value)?.find(({ tag }) => tag === 0x80)?.value;
    const algorithm = mark?.length === 1 ? algorithmOf(mark[0] ?? 0) : undefined;
    if (!algorithm) return answerOnly(WRONG_DATA);
    const key = makeKey(algorithm);
    this.#keys.set(p2, key);
    return { data: key.publicFields(), status: STATUS.ok };
  }

  #generalAuthenticate({ p1, p2, data }: IsoCommand): IsoAnswer {
    const [template, ...more] = readFields(data) ?? [];
    const fields = template?.tag === 0x7c && more.length === 0 ? readFields(template.value) : undefined;
    if (!fields) return answerOnly(WRONG_DATA);
    if (p2 === MANAGEMENT_REFERENCE) {
      if (!this.#management.answersTo(p1)) return answerOnly(STATUS.wrongP1P2);
      const proof = this.#management.authenticate(fields);
      return proof ? { data: proof, status: STATUS.ok } : answerOnly(STATUS.securityNotSatisfied);
    }
    const key = this.#keys.get(p2);
    if (!key || key.algorithm !== p1) return answerOnly(STATUS.wrongP1P2);
    if (!this.#mayUse(p2)) return answerOnly(STATUS.securityNotSatisfied);
    const challenge = fields.find(({ tag }) => tag === 0x81)?.value;
    const wantsAnswer = fields.some(({ tag, value }) => tag === 0x82 && value.length === 0);
    const response = challenge && wantsAnswer ? key.answer(challenge) : undefined;
    if (!response) return answerOnly(WRONG_DATA);
    this.#pinIsFresh = false;
    return { data: field(0x7c, field(0x82, response)), status: STATUS.ok };
  }

  #mayUse(reference: number): boolean {
    if (reference === 0x9e) return true;
    return reference === 0x9c ? this.#pinIsFresh : this.#references.pinShown;
  }

  #forgetRights(): void {
    this.#pinIsFresh = false;
    this.#references.forget();
    this.#management.forget();
  }
}

function tagIn(bytes: Uint8Array): number {
  return bytes.reduce((tag, byte) => tag * 256 + byte, 0);
}

/** Eight historical bytes `YZPIVSIM`; T=1 cards end with a check byte. */
function buildAtr(protocol: 't0' | 't1'): Uint8Array {
  const historical = new TextEncoder().encode('YZPIVSIM');
  if (protocol === 't0') return joined(Uint8Array.of(0x3b, 0x68, 0x00, 0x00), historical);
  const body = joined(Uint8Array.of(0x88, 0x01), historical);
  const check = body.reduce((sum, byte) => sum ^ byte, 0);
  return joined(Uint8Array.of(0x3b), body, Uint8Array.of(check));
}
