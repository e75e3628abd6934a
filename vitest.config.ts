import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    // Two cores draw pages while proofs run beside them: what fails once by the clock is asked a second time.
    retry: 1,
  },
});
