/** The virtual reader maker's decoder of chip photos, as a site file names it: a program and its words. */
import { fileURLToPath } from 'node:url';

export function photoDecoder(): readonly string[] {
  const opener = fileURLToPath(new URL('../devices/id-card-reader/open-photo.ts', import.meta.url));
  return [process.execPath, '--disable-warning=ExperimentalWarning', opener];
}
