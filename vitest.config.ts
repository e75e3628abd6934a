import { defineConfig } from 'vitest/config';

/** Children, sockets, browsers, whole disks: a worker of its own for each file, so that nothing outlives it. */
const ownProcess = ['bench', 'bin', 'browser', 'crash', 'fuzz', 'kernel', 'soak', 'wire'].map(
  (room) => `test/${room}/**/*.test.ts`,
);
/** `npm run test:long`: minutes each. */
const long = ['test/browser/headset-journeys.test.ts', 'test/journeys/disturbed/**/*.test.ts'];

const usual = [
  {
    extends: true,
    test: { name: 'own process', include: ownProcess, exclude: long },
  },
  {
    extends: true,
    // One worker runs file after file: loading the house once instead of once a file halves their time.
    test: { name: 'shared process', include: ['test/**/*.test.ts'], exclude: [...ownProcess, ...long], isolate: false },
  },
] as const;

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: process.env['YIZHAN_LONG'] ? [{ extends: true, test: { name: 'long', include: long } }] : [...usual],
  },
});
