/**
 * Message ids of money (2207, 2208): institution 12, yyyyMMddHHmmss 14, sequence 4.
 *
 * One promise: never the same id twice, even when the clock jumps back. The
 * sequence is durable and walks the first half of the kiosk's slice; an id that
 * was ever given is known and passed over. Spec: insurance.md A.1, journal 1.3.
 */
import { platformStamp } from '../insurance/platform-time.ts';

export interface MoneySequence {
  /** 定点医药机构编号, 12 characters. */
  readonly institutionCode: string;
  /** The kiosk's whole slice of 0–9999; its first half numbers money. */
  readonly messageSequence: { readonly first: number; readonly last: number };
}

/** @throws RangeError when no 30-character id can be made from these. */
export function checkMoneySequence({ institutionCode, messageSequence }: MoneySequence): void {
  const { first, last } = messageSequence;
  if (institutionCode.length !== 12) throw new RangeError('An institution code has 12 characters.');
  const whole = Number.isInteger(first) && Number.isInteger(last);
  if (!whole || first < 0 || last > 9_999 || last <= first) {
    throw new RangeError('A message sequence slice needs at least two numbers within 0–9999.');
  }
}

export interface NextMessage {
  readonly sequence: MoneySequence;
  /** Unix ms. */
  readonly wallMs: number;
  /** Place of the last id within the half slice; −1 before the first. */
  readonly lastPlace: number;
  readonly wasGiven: (id: string) => boolean;
}

/** The next id and its place. When a whole second is used up, the following second is written. */
export function nextMessageId({ sequence, wallMs, lastPlace, wasGiven }: NextMessage): {
  readonly id: string;
  readonly place: number;
} {
  const { first, last } = sequence.messageSequence;
  const width = Math.floor((last - first + 1) / 2);
  for (let second = 0; ; second += 1) {
    const stamp = platformStamp(wallMs + second * 1_000);
    for (let step = 1; step <= width; step += 1) {
      const place = (lastPlace + step) % width;
      const id = `${sequence.institutionCode}${stamp}${String(first + place).padStart(4, '0')}`;
      if (!wasGiven(id)) return { id, place };
    }
  }
}
