/** The door of the patient screen, knocked at from inside and from outside. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Intent, ScreenBody, ToPage } from '../../../firmware/screen/messages.ts';
import { ScreenHub } from '../../../firmware/screen/screen-hub.ts';
import { createScreenServer, type ScreenServer } from '../../../firmware/screen/screen-server.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const help = { window: '3号窗口', hospitalPhone: '0571-0000 1234', insurancePhone: '12393' };
const bill: ScreenBody = { name: 'S-BILL', bills: [], totalFen: 100, removeCard: false };

let folder: string;
let hub: ScreenHub;
let server: ScreenServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-page-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'page', 'assets', 'main-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'page', 'assets', 'notes.txt'), 'not part of the page');
  writeFileSync(join(folder, 'secret.html'), 'outside of the page');
  hub = new ScreenHub({ clock: new ManualClock(), help });
  server = await createScreenServer({ hub, pageFolder: join(folder, 'page'), port: 0 });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** `node:http` and not fetch: it sends paths and headers as they are. */
function ask(path: string, options: { readonly method?: string; readonly host?: string } = {}): Promise<Answer> {
  const { hostname, port, host } = new URL(server.url);
  const { method = 'GET' } = options;
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path, method, headers: { host: options.host ?? host } }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    asking.on('error', reject).end();
  });
}

interface OpenPage {
  readonly socket: WebSocket;
  next(): Promise<ToPage>;
  send(message: unknown): void;
  /** Close code. */
  closed(): Promise<number>;
}

function openPage(
  options: { readonly origin?: string; readonly host?: string; readonly path?: string } = {},
): OpenPage {
  const { host, origin } = new URL(server.url);
  const socket = new WebSocket(`ws://${host}${options.path ?? '/screen'}`, {
    origin: options.origin ?? origin,
    headers: { host: options.host ?? host },
  });
  const arrived: ToPage[] = [];
  const waiting: ((message: ToPage) => void)[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as ToPage;
    const wait = waiting.shift();
    if (wait) wait(message);
    else arrived.push(message);
  });
  return {
    socket,
    next: () => {
      const message = arrived.shift();
      return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push(resolve));
    },
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    closed: () => new Promise((resolve) => socket.once('close', resolve)),
  };
}

function refusal(page: OpenPage): Promise<string> {
  return new Promise((resolve, reject) => {
    page.socket.once('error', (error) => resolve(error.message));
    page.socket.once('open', () => reject(new Error('The door opened.')));
  });
}

describe('pages over HTTP', () => {
  test('[SZ-300] the page may load from nowhere but this machine', async () => {
    const { status, headers, body } = await ask('/');
    expect({ status, body }).toEqual({ status: 200, body: '<!doctype html><title>page</title>' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  });

  test('what carries a hash in its name may be kept for ever', async () => {
    const { headers } = await ask('/assets/main-1a2b.js?again');
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
    });
  });

  test.each([
    '/../secret.html',
    '/assets/../../secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '//secret.html',
    '/assets/notes.txt',
    '/assets',
    '/assets/',
    '/constructor',
    '/\\..\\secret.html',
  ])('%s is not a page', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, body: '' });
  });

  test('a name that was bent to point here is refused (DNS rebinding)', async () => {
    expect((await ask('/', { host: 'kiosk.example' })).status).toBe(421);
    expect((await ask('/', { host: '127.0.0.1:1' })).status).toBe(421);
  });

  test('pages are read and never written', async () => {
    expect((await ask('/', { method: 'POST' })).status).toBe(405);
    expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  test('it listens on loopback only', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  test('a page that was not built is said in words', async () => {
    const starting = createScreenServer({ hub, pageFolder: folder, port: 0 });
    await expect(starting).rejects.toThrow(/index\.html .* build the patient screen/);
  });
});

describe('the line to the page', () => {
  test('a touch comes in, the next screen goes out', async () => {
    const id = hub.show(bill);
    const heard: Intent[] = [];
    hub.onIntent((_, intent) => {
      heard.push(intent);
      hub.show({ name: 'S-HELP', call: 'none' });
    });
    const page = openPage();
    expect(await page.next()).toMatchObject({ type: 'screen', screen: { id, body: bill } });
    page.send({ type: 'intent', screenId: id, intent: { do: 'help' } });
    expect(await page.next()).toMatchObject({ screen: { body: { name: 'S-HELP' } } });
    expect(heard).toEqual([{ do: 'help' }]);
  });

  test('a page that was killed and loaded again resumes the screen', async () => {
    const id = hub.show(bill);
    const killed = openPage();
    await killed.next();
    killed.socket.terminate();
    expect(await openPage().next()).toMatchObject({ type: 'screen', screen: { id, body: bill } });
  });

  test('a stale touch is answered with refused and the current screen', async () => {
    const old = hub.show(bill);
    const page = openPage();
    await page.next();
    const now = hub.show(bill);
    await page.next();
    page.send({ type: 'intent', screenId: old, intent: { do: 'confirm' } });
    expect(await page.next()).toEqual({ type: 'refused', screenId: old });
    expect(await page.next()).toMatchObject({ type: 'screen', screen: { id: now } });
  });

  test.each([
    ['another site', { origin: 'http://kiosk.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a page from a file', { origin: 'null' }],
    ['a bent name', { host: 'kiosk.example' }],
    ['another path', { path: '/else' }],
  ])('%s is not let in', async (_, options) => {
    expect(await refusal(openPage(options))).toContain('403');
  });

  test('what is no message ends the connection, and nothing of it is heard', async () => {
    const id = hub.show(bill);
    const heard: Intent[] = [];
    hub.onIntent((_, intent) => heard.push(intent));
    for (const hostile of [
      '{"type":"intent"',
      'null',
      { type: 'intent', screenId: id, intent: { do: 'confirm', fen: 1 } },
    ]) {
      const page = openPage();
      await page.next();
      page.send(hostile);
      expect(await page.closed()).toBe(1008);
    }
    expect(heard).toEqual([]);
  });

  test('a message of 100 kB ends the connection', async () => {
    hub.show(bill);
    const page = openPage();
    await page.next();
    page.send('x'.repeat(100_000));
    expect(await page.closed()).toBe(1009);
  });

  test('closing the door ends every connection', async () => {
    hub.show(bill);
    const page = openPage();
    await page.next();
    const closed = page.closed();
    await server.close();
    expect(await closed).toBe(1006);
  });
});
