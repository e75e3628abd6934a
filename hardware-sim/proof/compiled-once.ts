/**
 * What the engine has made of our sources, kept for programs that are started over and over: a proof starts hundreds,
 * and most of what each costs is types taken off the same files again.
 *
 * The engine keeps it by each file's content, so a mutant's changed file is never taken for the file as it is.
 */
import { flushCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** For the environment of a child or a thread; a folder that somebody else chose stays. */
export function compiledOnce(): Readonly<Record<string, string>> {
  const folder = join(tmpdir(), `yizhan-compiled-${process.getuid?.() ?? 0}`);
  return { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? folder };
}

/** In such a program, once all is loaded: one that is killed would leave nothing for the next. */
export function keepCompiled(): void {
  flushCompileCache();
}
