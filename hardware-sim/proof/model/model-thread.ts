/** A thread of the model check: walks scenario after scenario until there are enough. */
import { parentPort } from 'node:worker_threads';
import { checkScenario } from './check-model.ts';
import type { Budget } from './node.ts';

const port = parentPort;
if (!port) throw new Error('This file runs as a thread only.');

port.on('message', (wish: { readonly name: string; readonly budget: Budget } | 'enough') => {
  if (wish === 'enough') port.close();
  else port.postMessage(checkScenario(wish.name, wish.budget));
});
