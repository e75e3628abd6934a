/**
 * Preloaded (`--import`) into a process and all its children and threads: production code is loaded with the mistake of
 * the mutant that `YIZHAN_MUTANT` names. The files themselves stay as they are.
 */
import { registerHooks } from 'node:module';
import { mutated } from './mutant.ts';
import { mutants } from './mutant-list.ts';

const root = new URL('../../../', import.meta.url).href;
const name = process.env['YIZHAN_MUTANT'];
const mutant = mutants.find((one) => one.name === name);
if (name && !mutant) throw new Error(`There is no mutant "${name}".`);

if (mutant) {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const file = url.startsWith(root) ? url.slice(root.length) : '';
      if (!mutant.changes.some((change) => change.file === file)) return loaded;
      const { source } = loaded;
      const text = typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString('utf8');
      return { ...loaded, source: mutated(mutant, file, text) };
    },
  });
}
