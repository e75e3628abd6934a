/** A thread of the soak: takes shards one by one until there are enough. */
import { parentPort } from 'node:worker_threads';
import { runShard, type ShardWish } from './soak-shard.ts';

const port = parentPort;
if (!port) throw new Error('This file runs as a thread only.');

port.on('message', (wish: ShardWish | 'enough') => {
  if (wish === 'enough') port.close();
  else port.postMessage(runShard(wish));
});
