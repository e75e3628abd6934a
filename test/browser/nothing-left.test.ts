/**
 * What is left of a patient in the browser and in every file that kiosk and browser keep, when the session is over.
 *
 * One promise: whatever lies in the temporary folder is searched: the browser's profile and crash dumps, the kiosk's
 * database, packs and spool.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { stageSize } from '../../kiosk-ui/theme.ts';
import { LiveKiosk } from '../support/live-kiosk.ts';
import { chromiumPath } from './chromium.ts';
import { walkByFinger } from './finger-walk.ts';
import { Patient } from './patient.ts';

/** Paths of all files below a folder. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

describe.skipIf(!chromiumPath)(
  `after a session in Chromium${chromiumPath ? '' : ' (skipped: no Chromium on this machine)'}`,
  () => {
    test('[SZ-261, Y3-21c] name and numbers were shown by their masks only, and nothing of the person is in browser storage or in any file', async ({
      onTestFinished,
    }) => {
      const before = process.env['TMPDIR'];
      const everything = mkdtempSync(join(tmpdir(), 'yizhan-left-'));
      process.env['TMPDIR'] = everything;
      onTestFinished(() => {
        if (before === undefined) delete process.env['TMPDIR'];
        else process.env['TMPDIR'] = before;
        rmSync(everything, { recursive: true, force: true });
      });
      const profile = join(everything, 'browser');
      mkdirSync(profile);
      const live = await LiveKiosk.open({ stayMs: { done: 5_000 } });
      const window = await chromium.launchPersistentContext(profile, {
        executablePath: chromiumPath ?? '',
        args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
        viewport: stageSize.portrait,
        hasTouch: true,
        reducedMotion: 'reduce',
      });
      const browser = { newContext: () => Promise.resolve(window) } as unknown as Browser;
      const patient = new Patient({ browser, live, layout: 'portrait', language: 'zh' });
      let open = true;
      onTestFinished(async () => {
        if (open) await window.close();
        await live.close();
      });
      await patient.open();
      const seen: string[] = [];
      const look = async (): Promise<void> => {
        seen.push(await patient.page.evaluate(() => document.documentElement.outerHTML));
      };
      await walkByFinger(live, patient, 'outpatient-card', { onScreen: look, onDone: look });
      await patient.waitFor('S-HOME');
      const kept = await patient.page.evaluate(async () => ({
        local: localStorage.length,
        session: sessionStorage.length,
        cookies: document.cookie,
        databases: (await indexedDB.databases()).length,
        caches: (await caches.keys()).length,
      }));
      expect(kept).toEqual({ local: 0, session: 0, cookies: '', databases: 0, caches: 0 });
      open = false;
      await window.close();

      const { name, identityNumber, personNumber, card } = live.hall.parties.patient('zhang');
      const secrets = [name, identityNumber, personNumber, ...Object.values(card ?? {})].filter(
        (secret): secret is string => typeof secret === 'string' && secret.length >= 3,
      );
      expect(secrets.length).toBeGreaterThan(3);
      expect(seen.length).toBeGreaterThan(4);
      const pages = seen.join('\n');
      expect(pages).toContain('张*一');
      for (const secret of secrets) expect(pages.includes(secret), secret).toBe(false);

      const files = filesBelow(everything);
      expect(files.some((file) => file.endsWith('kiosk.db'))).toBe(true);
      expect(files.some((file) => file.startsWith(profile))).toBe(true);
      const found = files.flatMap((file) => {
        const bytes = readFileSync(file);
        return secrets
          .filter((secret) => bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'utf16le')))
          .map((secret) => `${file.slice(everything.length)} holds ${secret}`);
      });
      expect(found).toEqual([]);
    }, 180_000);
  },
);
