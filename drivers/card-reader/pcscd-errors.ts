/**
 * The daemon's return codes, as the two errors of the card slot's port.
 */
import { CardGoneError, LinkLostError } from '../ports.ts';
import { RV } from './pcscd-protocol.ts';

/** Whatever is not about the reader or the daemon is about the card: it left, or its chip fell silent. */
export function readerError(rv: number): CardGoneError | LinkLostError {
  switch (rv) {
    case RV.unknownReader:
    case RV.readerUnavailable:
    case RV.noService:
    case RV.serviceStopped:
    case RV.invalidHandle:
    // pcscd's word for a handle whose reader was unplugged.
    case RV.invalidValue:
      return new LinkLostError(`the reader is gone (${hex(rv)})`);
    case RV.unresponsiveCard:
    case RV.unpoweredCard:
      return new CardGoneError(`the chip does not answer (${hex(rv)})`);
    default:
      return new CardGoneError(`no card, or it left in between (${hex(rv)})`);
  }
}

/** A return code as the PC/SC headers print it. */
export function hex(rv: number): string {
  return `0x${rv.toString(16).padStart(8, '0')}`;
}
