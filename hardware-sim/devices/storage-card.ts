/**
 * A contactless card that only stores: gate cards, canteen cards, wrist bands.
 *
 * It has no processor, so the reader answers for it: the pseudo commands of
 * PC/SC part 3, 3.2.2 (its number, a block after a key), and nothing else.
 */
import { fieldAtr } from './field-atr.ts';
import { answerBytes, answerOnly, type IsoAnswer, type IsoCommand, parseIsoCommand, STATUS } from './iso-command.ts';
import type { VirtualCard } from './virtual-card.ts';

/** Card names of PC/SC part 3's supplement. */
const KINDS = {
  classic1k: { standard: 0x03, name: 0x0001 },
  classic4k: { standard: 0x03, name: 0x0002 },
  ultralight: { standard: 0x03, name: 0x0003 },
  feliCa: { standard: 0x11, name: 0x003b },
} as const;

/** RID of the PC/SC workgroup. */
const WORKGROUP = [0xa0, 0x00, 0x00, 0x03, 0x06];

export class StorageCard implements VirtualCard {
  readonly label: string;
  /** No contacts: in a slot it is a mute piece of plastic. */
  readonly atr = new Uint8Array(0);
  readonly fieldAtr: Uint8Array;
  readonly #number: Uint8Array;

  constructor(label: string, kind: keyof typeof KINDS = 'classic1k', number = Uint8Array.of(0x99, 0x00, 0x00, 0x01)) {
    const { standard, name } = KINDS[kind];
    this.label = label;
    this.#number = number;
    this.fieldAtr = fieldAtr(
      Uint8Array.of(0x80, 0x4f, 0x0c, ...WORKGROUP, standard, name >> 8, name & 0xff, 0x00, 0x00, 0x00, 0x00),
    );
  }

  /** It remembers nothing between commands. */
  reset(): void {}

  transmit(apdu: Uint8Array): Uint8Array {
    const command = parseIsoCommand(apdu);
    return answerBytes(command ? this.#answerTo(command) : answerOnly(STATUS.wrongLength));
  }

  #answerTo({ cla, ins, p1, p2 }: IsoCommand): IsoAnswer {
    if (cla !== 0xff) return answerOnly(STATUS.unknownIns);
    if (ins === 0xca && p1 === 0x00 && p2 === 0x00) return { data: this.#number, status: STATUS.ok };
    return answerOnly(ins === 0xb0 ? STATUS.securityNotSatisfied : STATUS.functionNotSupported);
  }
}
