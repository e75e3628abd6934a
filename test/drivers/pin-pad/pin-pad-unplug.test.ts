/** Every command of a PIN pad, disturbed at every byte that passes. */
import { describe, expect, test } from 'vitest';
import { PAD_WITH_CARD_SLOT } from '../../../drivers/pin-pad/pin-pad-profile.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { bytesOf, type DisturbedBench, disturb, TROUBLES } from '../../support/serial-unplug-matrix.ts';
import { MASTER_KEY, onBench, PIN_KEY, tripleDes, USUAL } from './pin-pad-bench.ts';

const LONGEST_MS = 12_000;
/** 00 A4 04 00, the application of the social-security card by its name. */
const SELECT_SSSE = Uint8Array.from(Buffer.from('00A404000F7378312E73682EC9E7BBE1B1A3D5CF', 'hex'));

const COMMANDS = ['enterPinBlock', 'presentPinToCard', 'loadPinKey', 'beep', 'showText'] as const;

async function benchFor(command: (typeof COMMANDS)[number]): Promise<DisturbedBench> {
  const { clock, twin, pad, loadKeys } = await onBench(PAD_WITH_CARD_SLOT);
  twin.card = issueCard(RARE_NAME_HOLDERS.yan, { manners: { pin: '555555' } });
  await loadKeys();
  const limits = { ...USUAL, timeoutMs: LONGEST_MS, entryLimitMs: 5_000, maxDigits: 6 };
  const key = {
    timeoutMs: LONGEST_MS,
    keySet: 0,
    encryptedKey: tripleDes(MASTER_KEY, PIN_KEY, 'encrypt'),
    checkValue: tripleDes(PIN_KEY, Buffer.alloc(8), 'encrypt').subarray(0, 3),
  };
  const commands = {
    enterPinBlock: () => pad.enterPinBlock(limits),
    loadPinKey: () => pad.loadPinKey(key),
    beep: () => pad.beep({ timeoutMs: LONGEST_MS }),
    presentPinToCard: () => pad.presentPinToCard({ ...limits, select: SELECT_SSSE }),
    showText: () => pad.showText('請輸入密碼', { timeoutMs: LONGEST_MS }),
  };
  const begins = {
    enterPinBlock: '640 ',
    loadPinKey: '200403',
    beep: '503D',
    presentPinToCard: '640!',
    showText: ';E8AB8B',
  };
  return {
    clock,
    twin,
    device: pad,
    command: commands[command],
    longestMs: 2 * LONGEST_MS,
    isCommand: (heard) => heard.includes(Buffer.from(begins[command], 'latin1')),
    // Somebody stands there and types whenever the pad listens.
    hands: () => {
      if (twin.entry.input === 'pin') twin.press(twin.entry.entered < 4 ? '5' : 'enter');
      return Promise.resolve();
    },
  };
}

const WORDS: Record<string, readonly string[]> = {
  pulled: ['deviceNotReady', 'done'],
  replugged: ['deviceNotReady', 'done'],
  hung: ['timeOut', 'entryTimeout', 'done'],
  noise: ['done', 'timeOut', 'fraudAttempt', 'noPin', 'entryTimeout'],
  slow: ['done', 'timeOut', 'entryTimeout'],
  // A question that came twice finds its PIN used: `noMedia` is what the card's command makes of that.
  doubled: ['done', 'noPin', 'noMedia'],
};

describe.each(COMMANDS)('%s', (command) => {
  test.each(TROUBLES)('%s at any byte ends with a word, and the pad takes a PIN afterwards', async (trouble) => {
    const whole = await bytesOf(await benchFor(command));
    expect(whole).toBeGreaterThan(15);
    for (let afterBytes = 0; afterBytes <= whole; afterBytes += 1) {
      const [word] = await disturb(await benchFor(command), trouble, afterBytes);
      expect(WORDS[trouble], `after ${afterBytes} bytes`).toContain(word);
    }
  });
});
