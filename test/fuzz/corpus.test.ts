/** The committed corpus, replayed: whole, cut short at every place, and after noise. */
import { describe, expect, test } from 'vitest';
import { readCorpus } from './corpus.ts';
import { allTargets } from './targets/all-targets.ts';

describe.each(allTargets)('$name', ({ promise, name, seeds, run }) => {
  test(promise, () => {
    const inputs = [new Uint8Array(), ...seeds, ...readCorpus(name)];
    const broken: string[] = [];
    const attempt = (bytes: Uint8Array): void => {
      try {
        run(bytes);
      } catch (error) {
        broken.push(`${Buffer.from(bytes).toString('hex').slice(0, 120)}: ${(error as Error).message}`);
      }
    };
    for (const bytes of inputs) {
      attempt(bytes);
      for (let end = 0; end < Math.min(bytes.length, 300); end += 1) attempt(bytes.subarray(0, end));
      attempt(Uint8Array.from([0xff, 0x00, 0x37, 0xaa, ...bytes]));
    }
    expect(broken).toEqual([]);
  });
});
