/** A shard of the explorer: records and explores what its parent sends, one recording after another. */
import { join } from 'node:path';
import { explore } from './explore.ts';
import { recordLives } from './record-lives.ts';
import type { Recording } from './recordings.ts';

export interface ShardTask {
  readonly recording: Recording;
  readonly folder: string;
  readonly seed: number;
}

process.on('message', (task: ShardTask) => {
  work(task).then(
    (explored) => process.send?.({ explored }),
    (error: unknown) =>
      process.send?.({ failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
  );
});

async function work({ recording, folder, seed }: ShardTask) {
  const { lives, random, stride } = recording;
  const ops = await recordLives(join(folder, 'recorded'), lives);
  return explore({ ops, folder: join(folder, 'disk'), seed, random, stride });
}
