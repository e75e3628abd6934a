/** Reading a card, disturbed at every byte of find, select and read (the card has no photo: 335 bytes, not 1359). */
import { describe, expect, test } from 'vitest';
import { issueIdCard } from '../../../hardware-sim/devices/id-card-reader/virtual-id-cards.ts';
import { bytesOf, type DisturbedBench, disturb, TROUBLES } from '../../support/serial-unplug-matrix.ts';
import { JIA, onBench } from './id-card-bench.ts';

const LONGEST_MS = 4_500;

async function bench(): Promise<DisturbedBench> {
  const { clock, twin, reader } = await onBench({ watchMs: 1_000 });
  twin.present({ ...issueIdCard(JIA), photo: new Uint8Array(0) });
  return {
    clock,
    twin,
    device: reader,
    command: () => reader.readIdCard({ timeoutMs: LONGEST_MS }),
    longestMs: LONGEST_MS,
    isCommand: (heard) => heard.includes(Buffer.of(0x00, 0x03, 0x30, 0x01)),
  };
}

const ENDS: Record<string, readonly string[]> = {
  pulled: ['deviceNotReady', 'done'],
  replugged: ['deviceNotReady', 'done'],
  hung: ['timeOut', 'done'],
  noise: ['done', 'hardwareError', 'timeOut'],
  slow: ['done', 'timeOut'],
  doubled: ['done', 'noMedia'],
};

describe('a read', () => {
  test.each(TROUBLES)('%s at any byte ends with a word, and the reader reads the card afterwards', async (trouble) => {
    const whole = 10 + 15 + 10 + 19 + 10 + 271;
    // The next look may have begun in the same moment.
    expect(await bytesOf(await bench())).toBeGreaterThanOrEqual(whole);
    for (let afterBytes = 0; afterBytes <= whole; afterBytes += 1) {
      const [word] = await disturb(await bench(), trouble, afterBytes);
      expect(ENDS[trouble], `after ${afterBytes} bytes`).toContain(word);
    }
  });
});
