/**
 * A bank card as far as a kiosk's card reader meets it: it knows its own
 * directory and nothing of the social-security environment.
 */
import { answerBytes, answerOnly, type IsoAnswer, type IsoCommand, parseIsoCommand, STATUS } from './iso-command.ts';
import type { VirtualCard } from './virtual-card.ts';

/** Payment-system environment of contact cards (EMV book 1, 11.3): `1PAY.SYS.DDF01`. */
const PAYMENT_DIRECTORY = '1PAY.SYS.DDF01';

export class BankCard implements VirtualCard {
  readonly label: string;
  readonly atr = Uint8Array.of(0x3b, 0x68, 0x00, 0x00, 0x42, 0x45, 0x4e, 0x43, 0x48, 0x50, 0x41, 0x59);

  constructor(label: string) {
    this.label = label;
  }

  /** Nothing is remembered between commands, so there is nothing to forget. */
  reset(): void {}

  transmit(apdu: Uint8Array): Uint8Array {
    const command = parseIsoCommand(apdu);
    return answerBytes(command ? answerTo(command) : answerOnly(STATUS.wrongLength));
  }
}

function answerTo(command: IsoCommand): IsoAnswer {
  if (command.cla !== 0x00) return answerOnly(STATUS.wrongCla);
  if (command.ins !== 0xa4) return answerOnly(STATUS.unknownIns);
  if (command.p1 !== 0x04) return answerOnly(STATUS.wrongP1P2);
  const name = String.fromCharCode(...command.data);
  return answerOnly(name === PAYMENT_DIRECTORY ? STATUS.ok : STATUS.fileNotFound);
}
