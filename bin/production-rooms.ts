/**
 * Everything heavy of production's process, in one place, so that it is loaded
 * while the money's worker starts.
 */
export { readSite, SiteError } from '../firmware/config/read-config.ts';
export { runKiosk } from '../firmware/main.ts';
