/** A face module's check, disturbed at every byte that passes. */
import { expect, test } from 'vitest';
import { bytesOf, type DisturbedBench, disturb, TROUBLES } from '../../support/serial-unplug-matrix.ts';
import { onModuleBench } from './module-bench.ts';

const LONGEST_MS = 15_000;

async function bench(): Promise<DisturbedBench & { readonly people: () => readonly string[] }> {
  const { clock, twin, face, request } = await onModuleBench({ attemptsPerSession: 9 });
  twin.stepInFront('jia');
  return {
    ...{ clock, twin, device: face, longestMs: 2 * LONGEST_MS },
    command: () => face.verify(request(), { timeoutMs: LONGEST_MS }),
    // The first piece of a photo: nothing of an opening or a watch begins so.
    isCommand: (heard) => heard.includes(Buffer.from('efaaf7', 'hex')),
    people: () => twin.people,
  };
}

const WORDS: Record<string, readonly string[]> = {
  pulled: ['deviceNotReady', 'done'],
  replugged: ['deviceNotReady', 'done'],
  hung: ['deviceNotReady', 'timeOut', 'done'],
  noise: ['deviceNotReady', 'done', 'invalidData', 'hardwareError', 'readFailed'],
  slow: ['deviceNotReady', 'done', 'timeOut'],
  doubled: ['done', 'invalidData', 'hardwareError', 'readFailed', 'deviceNotReady'],
};

test.each(TROUBLES)(
  '%s at any byte: it ends with a word, nobody stays in the module, and it works again',
  async (trouble) => {
    const whole = await bytesOf(await bench());
    expect(whole).toBeGreaterThan(150);
    for (let afterBytes = 0; afterBytes <= whole; afterBytes += 1) {
      const disturbed = await bench();
      const [word] = await disturb(disturbed, trouble, afterBytes);
      expect(WORDS[trouble], `after ${afterBytes} bytes`).toContain(word);
      expect(disturbed.people(), `after ${afterBytes} bytes`).toEqual([]);
    }
  },
);
