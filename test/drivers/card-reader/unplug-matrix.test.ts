import { describe, expect, test } from 'vitest';
import { CardAuthority } from '../../../hardware-sim/devices/card-authority.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import type { VirtualCard } from '../../../hardware-sim/devices/virtual-card.ts';
import { faultWord, onBench } from './card-bench.ts';
import { DISTURBANCES, type Disturbance, DisturbedCard, disturbAtCommand, mend } from './disturbance.ts';

const { yan } = RARE_NAME_HOLDERS;

/** The words that each disturbance may end a read with; `done` only where the card can still be read whole. */
const WORDS: Readonly<Record<Disturbance, readonly string[]>> = {
  pulled: ['noMedia'],
  unplugged: ['deviceNotReady'],
  replugged: ['deviceNotReady'],
  hung: ['timeOut', 'done'],
  // A file that was refused in one form of SELECT is asked for in the other one, so noise there does no harm.
  noisy: ['invalidMedia', 'securityFail', 'done'],
  silent: ['timeOut'],
  // 9000 without data is what a SELECT may say, so a stale one of those is no harm.
  stale: ['invalidMedia', 'securityFail', 'timeOut', 'done'],
  // A cryptogram shown twice, or an answer fetched twice, is refused by the card.
  doubled: ['done', 'securityFail', 'invalidMedia'],
};

const CARDS = {
  'version 1': (): VirtualCard => issueCard(yan, { version: '1.00' }),
  'version 2, T=0, by number': (): VirtualCard =>
    issueCard(yan, { version: '2.00', manners: { delivery: 't0Announced', recordAddressing: 'number' } }),
  'version 3': (): VirtualCard => issueCard(yan, { version: '3.00' }),
};

describe.each(Object.entries(CARDS))('a social-security card of %s', (_name, makeCard) => {
  test.each(DISTURBANCES)(
    '%s at any command: the read ends with its word, and the next one reads the card',
    async (kind) => {
      let struck = 0;
      for (let at = 1; at < 60; at += 1) {
        const { slot, clock, reader, read } = await onBench({ authentication: new CardAuthority() });
        const card = new DisturbedCard(makeCard(), kind);
        slot.insert(card);
        card.strikeAt(at);
        disturbAtCommand(slot, kind, at);
        const completion = await read();
        if (!card.struck) {
          expect(faultWord(completion), `undisturbed: only ${at - 1} commands`).toBe('done');
          break;
        }
        struck += 1;
        expect(WORDS[kind], `${kind} at command ${at}`).toContain(faultWord(completion));
        if (completion.done) expect(completion.value.socialSecurityNumber.reveal()).toBe(yan.identityNumber);
        mend(slot, makeCard());
        await clock.pass(1_500);
        expect([reader.state, reader.media]).toEqual(['online', 'present']);
        expect(faultWord(await read()), `after ${kind} at command ${at}`).toBe('done');
      }
      expect(struck).toBeGreaterThanOrEqual(12);
    },
  );

  test('what waited while the reader was lost is never sent, also when it is back at once', async () => {
    for (let at = 1; at <= 12; at += 1) {
      const { slot, clock, reader } = await onBench({ authentication: new CardAuthority() });
      slot.insert(makeCard());
      let commands = 0;
      slot.onApdu(() => {
        commands += 1;
      });
      disturbAtCommand(slot, 'replugged', at);
      const three = [1, 2, 3].map(() => reader.readSocialSecurityCard({ timeoutMs: 3_000 }));
      await clock.pass(5_000);
      expect((await Promise.all(three)).map(faultWord)).toEqual(['deviceNotReady', 'deviceNotReady', 'deviceNotReady']);
      expect([commands, reader.state]).toEqual([at, 'online']);
    }
  });
});

test.each([
  [100, 'done'],
  [200, 'done'],
  [300, 'timeOut'],
  [5_000, 'timeOut'],
])('a chip that takes %i ms for each command is %s, never later than the deadline', async (apduMs, word) => {
  const { slot, clock, reader } = await onBench({ apduMs });
  slot.insert(issueCard(yan));
  const startedMs = clock.monotonicMs();
  let endedMs = Number.POSITIVE_INFINITY;
  const reading = reader.readSocialSecurityCard({ timeoutMs: 3_000 }).finally(() => {
    endedMs = clock.monotonicMs();
  });
  await clock.pass(10_000);
  expect(faultWord(await reading)).toBe(word);
  expect(endedMs - startedMs).toBeLessThanOrEqual(3_050);
  expect(reader.state).toBe('online');
});
