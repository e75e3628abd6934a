/** Where the built page has its clips; a screen that is newer than its clips is silent. */
import type { ClipOf } from './prompt-player.ts';

declare global {
  interface ImportMeta {
    /** Vite's own: the addresses of all files of that form. */
    glob(pattern: string, options: object): Readonly<Record<string, string>>;
  }
}

const addresses = import.meta.glob('./clips/*/*.opus', { eager: true, query: '?url', import: 'default' });

export const builtClips: ClipOf = (voice, prompt) => addresses[`./clips/${voice}/${prompt}.opus`];
