/**
 * Preloaded (`--import`) into a fuzzing process: the files named by `YIZHAN_FUZZ_COVERS` are loaded with a counter at
 * every statement and branch. Types are stripped first, as the engine itself does.
 */
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createInstrumenter } from 'istanbul-lib-instrument';

const root = new URL('../../', import.meta.url).href;
const covers = (process.env['YIZHAN_FUZZ_COVERS'] ?? '').split(',').filter((path) => path !== '');
const instrumenter = createInstrumenter({ esModules: true, compact: true });

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const file = url.startsWith(root) ? url.slice(root.length) : '';
    if (!covers.includes(file)) return loaded;
    const source = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array);
    const plain = stripTypeScriptTypes(source.toString());
    return { ...loaded, format: 'module', source: instrumenter.instrumentSync(plain, fileURLToPath(url)) };
  },
});
