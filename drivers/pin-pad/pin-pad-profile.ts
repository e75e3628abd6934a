/**
 * How a PIN pad behaves where the text of E.3 leaves it open.
 *
 * One promise: what is a guess stands here and nowhere else. Every field marked
 * GUESS was never seen on a real pad; E.3 itself rests on one public driver
 * (smartkiosk/smartware, `zt588.rb` and `szzt_connection.rb`).
 */
export interface PinPadProfile {
  /** What the pad sends for each digit during a PIN entry; set with command 53. */
  readonly maskByte: number;
  /** Characters for the 24 keys, row by row, as command 4 takes them. */
  readonly keyCodes: string;
  /** Control codes outside frames. */
  readonly enterByte: number;
  readonly cancelByte: number;
  readonly clearByte: number;
  /** GUESS: the pad's own time ran out. The public driver treats it as a cancel. */
  readonly timeoutByte: number;
  /** GUESS: the clear key takes the last digit or all of them. */
  readonly clearKey: 'last' | 'all';
  /** GUESS: an entry ends by itself with the last allowed digit. */
  readonly endsAtMaximum: boolean;
  /** The longest wait for an answer, ms (public driver: 1 s). */
  readonly answerMs: number;
  /** Between two questions to a pad at rest, ms. */
  readonly watchMs: number;
  /** GUESS: the body's first character of a command that shows text; `undefined` = no display. */
  readonly displayCommand: string | undefined;
  /** GUESS: the same for a pad with its own card slot that gives the PIN to the card. */
  readonly presentCommand: string | undefined;
}

/** ZT588, ZT598 and their like: neither display nor card slot. */
export const ZT588_LIKE: PinPadProfile = {
  maskByte: 0x2a,
  // 1 2 3 cancel / 4 5 6 clear / 7 8 9 bell / . 0 00 enter / A C E G / B D F H (`zt588.rb`).
  keyCodes: '123\x1b456\b789\x07.0#\rACEGBDFH',
  enterByte: 0x0d,
  cancelByte: 0x1b,
  clearByte: 0x08,
  timeoutByte: 0x80,
  clearKey: 'last',
  endsAtMaximum: true,
  answerMs: 1_000,
  watchMs: 10_000,
  displayCommand: undefined,
  presentCommand: undefined,
};

/** A pad with a display and its own card slot. GUESS throughout: no maker's text was found. */
export const PAD_WITH_CARD_SLOT: PinPadProfile = { ...ZT588_LIKE, displayCommand: ';', presentCommand: '<' };

export const pinPadProfileNames = ['zt588-like', 'card-slot'] as const;

export function pinPadProfile(name: (typeof pinPadProfileNames)[number]): PinPadProfile {
  return name === 'card-slot' ? PAD_WITH_CARD_SLOT : ZT588_LIKE;
}

export function capabilitiesOf(profile: PinPadProfile): Readonly<Record<string, boolean>> {
  const { displayCommand, presentCommand } = profile;
  return { display: displayCommand !== undefined, presentsToCard: presentCommand !== undefined, beeps: true };
}
