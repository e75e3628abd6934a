/**
 * Everything heavy of production's process, loaded while the money's worker starts.
 *
 * One promise: the site file and the region pack are checked by the same schemas
 * as everywhere; only their compilation into programs is left out.
 */
import { config } from 'zod/v4/core';
import { readSite, type Site } from '../firmware/config/read-config.ts';

export { SiteError } from '../firmware/config/read-config.ts';
export { runKiosk } from '../firmware/main.ts';

/** @throws SiteError */
export function readSiteOnce(json: string): Site {
  // What is read once at start is read before a program for it would be compiled.
  config({ jitless: true });
  return readSite(json);
}
