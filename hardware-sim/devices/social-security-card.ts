/**
 * The twin of a 社会保障卡: a chip that answers as the insurance interface, E.1, says.
 *
 * Written from that section alone. It promises to be as fussy as a real chip:
 * wrong class, instruction, parameters, lengths and order each get their word.
 */
import { createHash } from 'node:crypto';
import { AnswerDelivery, type DeliveryKind } from './answer-delivery.ts';
import { CardAccess } from './card-access.ts';
import {
  buildCardFiles,
  type CardFiles,
  type CardProfile,
  type CardRecord,
  EF06,
  type FileQuirks,
} from './card-files.ts';
import { fieldAtr } from './field-atr.ts';
import { answerBytes, answerOnly, type IsoAnswer, type IsoCommand, parseIsoCommand, STATUS } from './iso-command.ts';
import type { VirtualCard } from './virtual-card.ts';

/** Ways in which real cards differ; all default to the most obliging one. */
export interface CardManners {
  readonly delivery?: DeliveryKind;
  /** Which P1 the card takes when a file is selected by identifier. */
  readonly fileSelection?: 'both' | 'p1Is00' | 'p1Is02';
  readonly recordAddressing?: 'both' | 'identifier' | 'number';
  /** Algorithm mark in the FCI; absent means 01. */
  readonly algorithm?: number;
  /** Takes the place of the FCI: a card that talks nonsense about itself. */
  readonly fci?: Uint8Array;
  /** Version 3 cards may have an antenna beside their contacts. */
  readonly antenna?: boolean;
  /** Packed BCD is made of it; 4–16 digits. */
  readonly pin?: string;
  readonly quirks?: FileQuirks;
}

/** `sx1.sh.` and 社会保障 in GBK. */
const SSSE = Uint8Array.of(0x73, 0x78, 0x31, 0x2e, 0x73, 0x68, 0x2e, 0xc9, 0xe7, 0xbb, 0xe1, 0xb1, 0xa3, 0xd5, 0xcf);
const MASTER_FILE = 0x3f00;

export class SocialSecurityCardTwin implements VirtualCard {
  readonly label: string;
  readonly atr: Uint8Array;
  readonly fieldAtr?: Uint8Array;
  readonly #manners: CardManners;
  readonly #files: CardFiles;
  readonly #access: CardAccess;
  readonly #delivery: AnswerDelivery;
  readonly #guardsHolderFile: boolean;
  #ssseSelected = false;
  #currentFile: { readonly id: number; readonly records: readonly CardRecord[] } | undefined;

  constructor(label: string, profile: CardProfile, manners: CardManners = {}) {
    this.label = label;
    this.#manners = manners;
    this.#files = buildCardFiles(profile, manners.quirks);
    this.#access = new CardAccess({ cardId: profile.cardId, pin: manners.pin ?? '123456' });
    this.#delivery = new AnswerDelivery(manners.delivery ?? 'direct');
    this.#guardsHolderFile = profile.version.startsWith('3');
    this.atr = buildAtr(profile.cardId, manners.delivery ?? 'direct');
    if (manners.antenna) this.fieldAtr = fieldAtr(historicalBytes(profile.cardId));
  }

  reset(): void {
    this.#ssseSelected = false;
    this.#currentFile = undefined;
    this.#access.reset();
    this.#delivery.reset();
  }

  transmit(apdu: Uint8Array): Uint8Array {
    const command = parseIsoCommand(apdu);
    if (!command) return answerBytes(answerOnly(STATUS.wrongLength));
    if (command.cla !== 0x00) return answerBytes(answerOnly(STATUS.wrongCla));
    if (command.ins === 0xc0) return answerBytes(this.#delivery.getResponse(command));
    return answerBytes(this.#delivery.deliver(command, this.#run(command)));
  }

  #run(command: IsoCommand): IsoAnswer {
    switch (command.ins) {
      case 0xa4:
        return this.#select(command);
      case 0xb2:
        return this.#readRecord(command);
      case 0x20:
        return this.#ssseSelected ? this.#access.verifyPin(command) : answerOnly(STATUS.keyNotFound);
      case 0x84:
        return this.#access.getChallenge(command);
      case 0x82:
        return this.#ssseSelected ? this.#access.externalAuthenticate(command) : answerOnly(STATUS.keyNotFound);
      default:
        return answerOnly(STATUS.unknownIns);
    }
  }

  #select(command: IsoCommand): IsoAnswer {
    if (command.p2 !== 0x00) return answerOnly(STATUS.wrongP1P2);
    if (command.p1 === 0x04) return this.#selectByName(command.data);
    const taken = this.#manners.fileSelection ?? 'both';
    const takes02 = command.p1 === 0x02 && taken !== 'p1Is00';
    const takes00 = command.p1 === 0x00 && taken !== 'p1Is02';
    if (!takes02 && !takes00) return answerOnly(STATUS.wrongP1P2);
    return this.#selectByIdentifier(command.data);
  }

  #selectByName(name: Uint8Array): IsoAnswer {
    if (name.length === 0 || name.length > 16) return answerOnly(STATUS.wrongLength);
    if (!equalBytes(name, SSSE)) return answerOnly(STATUS.fileNotFound);
    this.#ssseSelected = true;
    this.#currentFile = undefined;
    return { data: this.#manners.fci ?? buildFci(this.#manners.algorithm), status: STATUS.ok };
  }

  #selectByIdentifier(identifier: Uint8Array): IsoAnswer {
    const [high, low] = identifier;
    if (high === undefined || low === undefined || identifier.length !== 2) return answerOnly(STATUS.wrongLength);
    const id = high * 256 + low;
    if (id === MASTER_FILE) {
      this.#ssseSelected = false;
      this.#currentFile = undefined;
      return answerOnly(STATUS.ok);
    }
    const records = this.#ssseSelected ? this.#files.get(id) : undefined;
    if (!records) return answerOnly(STATUS.fileNotFound);
    this.#currentFile = { id, records };
    return answerOnly(STATUS.ok);
  }

  #readRecord(command: IsoCommand): IsoAnswer {
    const file = this.#currentFile;
    if (!file) return answerOnly(STATUS.noCurrentFile);
    if (command.data.length > 0 || command.le === undefined) return answerOnly(STATUS.wrongLength);
    const addressing = this.#manners.recordAddressing ?? 'both';
    const byIdentifier = command.p2 === 0x00 && addressing !== 'number';
    const byNumber = command.p2 === 0x04 && addressing !== 'identifier';
    if (!byIdentifier && !byNumber) return answerOnly(STATUS.wrongP1P2);
    if (file.id === EF06 && this.#guardsHolderFile && !this.#access.authenticated) {
      return answerOnly(STATUS.securityNotSatisfied);
    }
    const record = byIdentifier
      ? file.records.find((candidate) => candidate.tag === command.p1)
      : file.records[command.p1 - 1];
    return record ? { data: record.bytes, status: STATUS.ok } : answerOnly(STATUS.recordNotFound);
  }
}

/** 6F { 84 DF name, A5 { 9F0C { 86 algorithm } } }; the inner template only when the card names one. */
function buildFci(algorithm: number | undefined): Uint8Array {
  const name = [0x84, SSSE.length, ...SSSE];
  const issuer = algorithm === undefined ? [] : [0xa5, 0x06, 0x9f, 0x0c, 0x03, 0x86, 0x01, algorithm];
  return Uint8Array.of(0x6f, name.length + issuer.length, ...name, ...issuer);
}

/** Eight historical bytes that differ from card to card and tell nothing; T=1 cards end with a check byte. */
function buildAtr(cardId: string, delivery: DeliveryKind): Uint8Array {
  const historical = historicalBytes(cardId);
  if (delivery !== 'direct') return Uint8Array.of(0x3b, 0x68, 0x00, 0x00, ...historical);
  const body = [0x88, 0x01, ...historical];
  return Uint8Array.of(
    0x3b,
    ...body,
    body.reduce((sum, byte) => sum ^ byte, 0),
  );
}

function historicalBytes(cardId: string): Uint8Array {
  return createHash('sha256').update(`ATR ${cardId}`).digest().subarray(0, 8);
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
