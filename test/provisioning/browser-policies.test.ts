/** The managed policies of the kiosk's browser: one address in, nothing else. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  installPolicies,
  NotOurScreenError,
  policiesFor,
  policiesStand,
} from '../../provisioning/kiosk-browser/policies.ts';
import { POLICY_ROWS } from '../../provisioning/kiosk-browser/policy-table.ts';
import { START_FLAGS } from '../../provisioning/kiosk-browser/start-flags-table.ts';
import { waitingPage } from '../../provisioning/kiosk-browser/waiting-page.ts';

const SCREEN = 'http://127.0.0.1:8600/';

test('only the kiosk’s own host and port is let in, and only it may speak before a touch', () => {
  const policies = policiesFor(SCREEN);
  expect(policies['URLBlocklist']).toContain('*');
  expect(policies['URLAllowlist']).toEqual(['http://127.0.0.1:8600', 'data:*']);
  expect(policies['AutoplayAllowlist']).toEqual(['http://127.0.0.1:8600']);
});

test('no address outside this machine gets policies or a browser', () => {
  for (const wrong of [
    'https://127.0.0.1:8600/',
    'http://192.0.2.7:8600/',
    'http://127.0.0.1.hospital.example/',
    'http://hospital.example@127.0.0.1/',
    'file:///etc/passwd',
    'javascript:1',
    '8600',
  ]) {
    expect(() => policiesFor(wrong), wrong).toThrow(NotOurScreenError);
  }
});

test('each policy and each flag stands once and has its reason', () => {
  const names = POLICY_ROWS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const flags = START_FLAGS.map(({ flag }) => flag);
  expect(new Set(flags).size).toBe(flags.length);
  for (const { why } of [...POLICY_ROWS, ...START_FLAGS]) expect(why).not.toBe('');
});

test('policies for another address, or touched by hand, are not taken for installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-policies-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  expect(policiesStand(SCREEN, folder)).toBe(false);
  const file = installPolicies(SCREEN, folder);
  expect(policiesStand(SCREEN, folder)).toBe(true);
  expect(policiesStand('http://127.0.0.1:8700/', folder)).toBe(false);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"DownloadRestrictions": 3', '"DownloadRestrictions": 0'));
  expect(policiesStand(SCREEN, folder)).toBe(false);
});

test('the waiting page needs neither a font nor a server, holds no script, and fits into one word of a command line', () => {
  const address = waitingPage();
  // Linux takes 131,072 bytes.
  expect(address.length).toBeLessThan(120_000);
  const html = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64').toString();
  expect(html).toContain('aria-label="暂停服务"');
  expect(html).not.toMatch(/<script|<button|<a |font-family|http|src=/);
});
