import { beforeAll, describe, expect, test } from 'vitest';
import type { Completion } from '../../../drivers/device.ts';
import type { AlgorithmName } from '../../../hardware-sim/devices/piv-card/piv-keys.ts';
import { TEST_STAFF } from '../../../hardware-sim/devices/piv-card/staff-card-authority.ts';
import type { VirtualCard } from '../../../hardware-sim/devices/virtual-card.ts';
import { DISTURBANCES, type Disturbance, DisturbedCard, disturbAtCommand, mend } from '../card-reader/disturbance.ts';
import { CHALLENGE, FOR_3_S, onTokenBench, pinEntry, staffAuthority, type TokenBench, word } from './token-bench.ts';

type CommandName = 'readCertificate' | 'pinState' | 'verifyPin' | 'sign';

/** A PIN is right in all of these, so its counter never gets in the way. */
const COMMANDS: Readonly<Record<CommandName, (bench: TokenBench) => Promise<Completion<unknown, string>>>> = {
  readCertificate: ({ token }: TokenBench) => token.readCertificate(FOR_3_S),
  pinState: ({ token }: TokenBench) => token.pinState(FOR_3_S),
  verifyPin: ({ token }: TokenBench) => token.verifyPin(pinEntry(), FOR_3_S),
  sign: ({ token }: TokenBench) => token.sign(CHALLENGE, FOR_3_S),
};

const WORDS: Readonly<Record<Disturbance, readonly string[]>> = {
  pulled: ['noMedia'],
  unplugged: ['deviceNotReady'],
  replugged: ['deviceNotReady'],
  hung: ['timeOut', 'done'],
  noisy: ['invalidMedia', 'securityFail', 'done'],
  silent: ['timeOut'],
  stale: ['invalidMedia', 'securityFail', 'keyNotFound', 'timeOut', 'done'],
  doubled: ['done', 'invalidMedia', 'securityFail'],
};

/** Issued once: keys take their time. What a test does to a card is undone by a reset, except its PIN counter. */
let cards: Record<AlgorithmName, () => VirtualCard>;
beforeAll(async () => {
  const authority = await staffAuthority();
  const { card: rsa } = await authority.issue(TEST_STAFF.engineer, { algorithm: 'rsa2048' });
  const { card: ecc } = await authority.issue(TEST_STAFF.engineer, { algorithm: 'eccP256', protocol: 't0' });
  cards = { rsa2048: () => rsa, eccP256: () => ecc };
});

async function prepared(name: CommandName, card: VirtualCard): Promise<TokenBench> {
  const bench = await onTokenBench();
  bench.slot.insert(card);
  if (name === 'sign') expect(word(await bench.ended(bench.token.verifyPin(pinEntry(), FOR_3_S)))).toBe('done');
  return bench;
}

describe.each(['rsa2048', 'eccP256'] as const)('a staff card with an %s key', (algorithm) => {
  describe.each(Object.keys(COMMANDS) as CommandName[])('%s', (name) => {
    test.each(DISTURBANCES)('%s at any of its commands ends with a word, and works again after it', async (kind) => {
      let struck = 0;
      for (let at = 1; at < 40; at += 1) {
        const card = new DisturbedCard(cards[algorithm](), kind);
        const bench = await prepared(name, card);
        card.strikeAt(at);
        disturbAtCommand(bench.slot, kind, at);
        const completion = await bench.ended(COMMANDS[name](bench));
        if (!card.struck) {
          expect(word(completion), `undisturbed: only ${at - 1} commands`).toBe('done');
          break;
        }
        struck += 1;
        expect(WORDS[kind], `${kind} at command ${at}`).toContain(word(completion));
        mend(bench.slot, cards[algorithm]());
        await bench.clock.pass(1_500);
        expect([bench.token.state, bench.token.media]).toEqual(['online', 'present']);
        // Nobody's PIN survives what happened.
        if (kind !== 'noisy' && kind !== 'stale' && kind !== 'doubled') {
          expect(word(await bench.ended(bench.token.sign(CHALLENGE, FOR_3_S)))).toBe('accessDenied');
        }
        await bench.ended(bench.token.verifyPin(pinEntry(), FOR_3_S));
        expect(word(await bench.ended(COMMANDS[name](bench))), `after ${kind} at command ${at}`).toBe('done');
        await bench.token.close();
      }
      expect(struck).toBeGreaterThanOrEqual(2);
    });

    test('what waited while the reader was lost is never sent, least of all a PIN', async () => {
      const bench = await prepared(name, cards[algorithm]());
      const heardBefore = bench.heard.length;
      disturbAtCommand(bench.slot, 'replugged', 1);
      const first = COMMANDS[name](bench);
      const pin = bench.token.verifyPin(pinEntry(), FOR_3_S);
      const signature = bench.token.sign(CHALLENGE, FOR_3_S);
      await bench.clock.pass(5_000);
      const words = (await Promise.all([first, pin, signature])).map(word);
      expect(words).toEqual(['deviceNotReady', 'deviceNotReady', 'deviceNotReady']);
      expect([bench.heard.length - heardBefore, bench.token.state]).toEqual([1, 'online']);
    });
  });
});
