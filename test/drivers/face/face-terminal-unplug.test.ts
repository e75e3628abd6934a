/** The platform terminal's check, disturbed at every byte that passes. */
import { expect, test } from 'vitest';
import { bytesOf, type DisturbedBench, disturb, TROUBLES } from '../../support/serial-unplug-matrix.ts';
import { LONGEST_MS, onTerminalBench, ZHANG } from './terminal-bench.ts';

test.each(TROUBLES)('%s at any byte of a check: it ends with a word, and the terminal works again', async (trouble) => {
  const bench = async (): Promise<DisturbedBench> => {
    const { clock, twin, face, asked } = await onTerminalBench();
    twin.before = { patient: ZHANG };
    return {
      ...{ clock, twin, device: face, longestMs: 2 * LONGEST_MS },
      command: () => face.verify(asked(), { timeoutMs: LONGEST_MS }),
      isCommand: (heard) => heard.includes('cn.nhsa.ec.auth'),
    };
  };
  const whole = await bytesOf(await bench());
  for (let afterBytes = 0; afterBytes <= whole; afterBytes += 1) {
    const [word] = await disturb(await bench(), trouble, afterBytes);
    expect(['done', 'deviceNotReady', 'timeOut', 'readFailed'], `after ${afterBytes} bytes`).toContain(word);
  }
});
