/** A shard of the explorer: records and explores what its parent sends, one recording after another. */
import { join } from 'node:path';
import { keepCompiled } from '../compiled-once.ts';
import { explore } from './explore.ts';
import { recordTape } from './record-tape.ts';
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

keepCompiled();

async function work({ recording, folder, seed }: ShardTask) {
  const { plan, random, stride } = recording;
  const recorded = await recordTape(join(folder, 'recorded'), plan);
  return explore({ ...recorded, plan, folder: join(folder, 'disk'), seed, random, stride });
}
