import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSocialSecurityCard } from '../../../drivers/card-reader/social-security-card.ts';
import type { CardConnection } from '../../../drivers/ports.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import type { VirtualCard } from '../../../hardware-sim/devices/virtual-card.ts';
import { onBench } from './card-bench.ts';

/** More commands than any honest or dishonest card may get out of one read. */
const MOST_APDUS = 400;
const neverAborted = new AbortController().signal;

class RandomChip implements CardConnection {
  readonly atr: Uint8Array;
  #at = 0;
  readonly #answers: readonly Uint8Array[];

  constructor(answers: readonly Uint8Array[]) {
    this.#answers = answers;
    this.atr = answers[0] ?? Uint8Array.of(0x3b);
  }

  get heard(): number {
    return this.#at;
  }

  transmit(): Promise<Uint8Array> {
    const answer = this.#answers[this.#at % this.#answers.length] ?? new Uint8Array(0);
    this.#at += 1;
    if (this.#at > MOST_APDUS) return Promise.reject(new Error('The driver asks without end.'));
    return Promise.resolve(answer);
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }
}

const anyBytes = fc.uint8Array({ maxLength: 300 });
/** Status words that lead the driver on, in front of any data: deeper than plain noise gets. */
const temptingStatus = fc.constantFrom(
  '9000',
  '6282',
  '6100',
  '6101',
  '61FF',
  '6C00',
  '6C01',
  '6CFF',
  '6A83',
  '6A86',
  '6D00',
);
const temptingAnswer = fc
  .tuple(fc.oneof(fc.uint8Array({ maxLength: 40 }), shapedRecord()), temptingStatus)
  .map(([data, status]) => Uint8Array.of(...data, ...Buffer.from(status, 'hex')));

function shapedRecord(): fc.Arbitrary<Uint8Array> {
  const tag = fc.constantFrom(0x01, 0x03, 0x06, 0x07, 0x08, 0x09, 0x4e, 0x0a, 0x0d, 0x6f);
  return fc
    .tuple(tag, fc.integer({ min: -1, max: 1 }), fc.uint8Array({ maxLength: 40 }))
    .map(([name, lie, value]) => Uint8Array.of(name, (value.length + lie) & 0xff, ...value));
}

describe('whatever a chip answers', () => {
  test('noise never throws, never hangs and is never a card', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(anyBytes, temptingAnswer), { minLength: 1, maxLength: 30 }),
        async (answers) => {
          const chip = new RandomChip(answers);
          const completion = await readSocialSecurityCard(chip, { signal: neverAborted });
          expect(completion.done ? 'read' : completion.fault).toMatch(/^(invalidMedia|securityFail)$/);
          expect(chip.heard).toBeLessThan(MOST_APDUS);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('an honest card with one answer replaced by noise ends in one word or as the same card', async () => {
    const honest = RARE_NAME_HOLDERS.long;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 13 }), fc.oneof(anyBytes, temptingAnswer), async (at, noise) => {
        const { slot, reader, clock } = await onBench({ apduMs: 0 });
        slot.insert(new OneNoise(issueCard(honest), at, noise));
        const reading = reader.readSocialSecurityCard({ timeoutMs: 500 });
        await clock.pass(600);
        const completion = await reading;
        if (completion.done) expect(completion.value.socialSecurityNumber.reveal()).toBe(honest.identityNumber);
        else expect(completion.fault).toMatch(/^(invalidMedia|securityFail|timeOut)$/);
      }),
      { numRuns: 150 },
    );
  });
});

class OneNoise implements VirtualCard {
  readonly label = 'card-noise';
  readonly atr: Uint8Array;
  readonly #card: VirtualCard;
  readonly #at: number;
  readonly #noise: Uint8Array;
  #apdus = 0;

  constructor(card: VirtualCard, at: number, noise: Uint8Array) {
    this.#card = card;
    this.#at = at;
    this.#noise = noise;
    this.atr = card.atr;
  }

  reset(): void {
    this.#apdus = 0;
    this.#card.reset();
  }

  transmit(apdu: Uint8Array): Uint8Array {
    this.#apdus += 1;
    const answer = this.#card.transmit(apdu);
    return this.#apdus === this.#at ? this.#noise : answer;
  }
}
