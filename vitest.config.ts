import { defineConfig } from 'vitest/config';

/** Children, sockets, browsers, whole disks: a worker of its own for each file, so that nothing outlives it. */
const ownProcess = ['bench', 'bin', 'browser', 'crash', 'fuzz', 'kernel', 'soak', 'wire'].map(
  (room) => `test/${room}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'own process', include: ownProcess },
      },
      {
        extends: true,
        // One worker runs file after file: loading the house once instead of once a file halves their time.
        test: { name: 'shared process', include: ['test/**/*.test.ts'], exclude: ownProcess, isolate: false },
      },
    ],
  },
});
