import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CardRefusal } from '../../../drivers/card-reader/apdu.ts';
import { encodeField, parseFields } from '../../../drivers/person-token/ber-fields.ts';
import { certificateIn, PivDialogue, TokenRefusal } from '../../../drivers/person-token/piv-dialogue.ts';
import type { CardConnection } from '../../../drivers/ports.ts';
import { GOLDEN_CHALLENGE, GOLDEN_PIV_CARD, T1_ATR } from './golden-piv-card.ts';
import { pinEntry } from './token-bench.ts';

const neverAborted = new AbortController().signal;
/** More commands than any card may get out of one act of the driver. */
const MOST_APDUS = 300;

class RandomChip implements CardConnection {
  readonly atr: Uint8Array;
  readonly #answers: readonly Uint8Array[];
  heard: Uint8Array[] = [];

  constructor(answers: readonly Uint8Array[], atr: Uint8Array = T1_ATR) {
    this.#answers = answers;
    this.atr = atr;
  }

  transmit(apdu: Uint8Array): Promise<Uint8Array> {
    const answer = this.#answers[this.heard.length % this.#answers.length] ?? new Uint8Array(0);
    this.heard.push(Uint8Array.from(apdu));
    if (this.heard.length > MOST_APDUS) return Promise.reject(new Error('The driver asks without end.'));
    return Promise.resolve(answer);
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }
}

/** Fields in fields as PIV answers have them, with lengths that are right, or off by a little. */
const tag = fc.constantFrom(0x53, 0x70, 0x71, 0xfe, 0x7c, 0x82, 0x81, 0x61, 0x4f, 0x79, 0x7e);
const leaf = fc.uint8Array({ maxLength: 60 });
const field = fc
  .tuple(
    tag,
    fc.oneof(
      leaf,
      fc.tuple(tag, leaf).map(([inner, value]) => encodeField(inner, value)),
    ),
  )
  .map(([outer, value]) => encodeField(outer, value));
const bent = fc.tuple(field, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([bytes, at, byte]) => {
  const copy = Uint8Array.from(bytes);
  copy[at % copy.length] = byte;
  return copy;
});
const status = fc.constantFrom('9000', '6100', '6101', '61FF', '6C00', '6C08', '6982', '6983', '6A82', '63C1', '6300');
const shaped = fc
  .tuple(fc.oneof(field, bent, leaf), status)
  .map(([data, word]) => Uint8Array.of(...data, ...Buffer.from(word, 'hex')));
const answer = fc.oneof({ weight: 4, arbitrary: shaped }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) });

const ACTS = {
  select: (piv: PivDialogue) => piv.select(),
  certificate: (piv: PivDialogue) => piv.certificate(),
  pinState: (piv: PivDialogue) => piv.pinState(),
  verifyPin: (piv: PivDialogue) => piv.verifyPin(pinEntry()),
  signRsa: (piv: PivDialogue) => piv.sign(GOLDEN_CHALLENGE, 'rsaPkcs1Sha256'),
  signEcc: (piv: PivDialogue) => piv.sign(GOLDEN_CHALLENGE, 'ecdsaSha256'),
} satisfies Record<string, (piv: PivDialogue) => Promise<unknown>>;

function isAWord(error: unknown): boolean {
  return error instanceof TokenRefusal || error instanceof CardRefusal;
}

describe('whatever a staff card answers', () => {
  test.each(Object.entries(ACTS))('%s ends, with a value or a word, and no PIN is sent twice', async (_name, act) => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 12 }), async (answers) => {
        const chip = new RandomChip(answers);
        try {
          await act(new PivDialogue(chip, neverAborted));
        } catch (error) {
          expect(isAWord(error), String(error)).toBe(true);
          expect(String((error as Error).message)).not.toMatch(/471100|3437313130/);
        }
        const pins = chip.heard.filter((apdu) => apdu[1] === 0x20 && apdu.length > 5);
        expect(pins.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the parsers', () => {
  test.each(['7003AABB', '70', '7081', '708200', '7080', '7083000001AA', '5F', '5F2F'])('%s is no field', (hex) => {
    expect(() => parseFields(Buffer.from(hex, 'hex'), 'it')).toThrow(CardRefusal);
  });

  test('fields cover their bytes exactly, or are refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), field, bent), (bytes) => {
        try {
          const fields = parseFields(bytes, 'anything');
          const valueBytes = fields.reduce((sum, { value }) => sum + value.length, 0);
          expect(valueBytes + 2 * fields.length).toBeLessThanOrEqual(Math.max(bytes.length, 0));
        } catch (error) {
          expect(error).toBeInstanceOf(CardRefusal);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test('what is written as a field is read as the same one', () => {
    fc.assert(
      fc.property(tag, fc.nat(70_000), fc.integer({ min: 0, max: 255 }), (name, length, byte) => {
        const value = new Uint8Array(length).fill(byte);
        if (value.length > 0xffff) {
          expect(() => encodeField(name, value)).toThrow(RangeError);
          return;
        }
        const [only, ...more] = parseFields(encodeField(name, value), 'it');
        expect([only?.tag, more.length, Buffer.from(value).equals(only?.value ?? value.subarray(1))]).toEqual([
          name,
          0,
          true,
        ]);
      }),
      { numRuns: 200 },
    );
  });

  test('a certificate object with any byte changed is a certificate or a word', () => {
    const whole = Buffer.from(wholeObject(), 'hex');
    expect(certificateIn(whole).subject).toContain('Golden');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(whole.length), (at, byte, cut) => {
        const copy = Uint8Array.from(whole);
        copy[at] = byte;
        for (const object of [copy, copy.subarray(0, cut)]) {
          try {
            certificateIn(object);
          } catch (error) {
            expect(isAWord(error), String(error)).toBe(true);
          }
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

function wholeObject(): string {
  const parts = Object.entries(GOLDEN_PIV_CARD).filter(([command]) => /^00CB3FFF05|^00C0/.test(command));
  return parts.map(([, text]) => text.replaceAll(' ', '').slice(0, -4)).join('');
}
