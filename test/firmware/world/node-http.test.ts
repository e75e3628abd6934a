import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { HttpFailure, type HttpRequest } from '../../../firmware/ports.ts';
import { NodeHttp } from '../../../firmware/world/node-http.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { selfSigned } from './self-signed.ts';

const clock = new ManualClock();
const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function listening(server: Server | TcpServer, scheme = 'http'): Promise<string> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const serving = (listener: RequestListener) => listening(createPlainServer(listener));

function port(authorities?: readonly string[]): NodeHttp {
  const http = new NodeHttp({ clock, ...(authorities ? { authorities } : {}) });
  open.push(http);
  return http;
}

async function failure(request: Partial<HttpRequest> & { readonly url: string }, http = port()): Promise<HttpFailure> {
  const error = await http.request({ method: 'GET', headers: {}, timeoutMs: 5_000, ...request }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HttpFailure)) throw new Error('There was an answer, or another error.');
  return error;
}

describe('an exchange', () => {
  test('that cannot be written at all was certainly not sent', async () => {
    const url = await serving((_request, response) => response.end('x'));
    expect(await failure({ url, headers: { authorization: 'Bearer 令牌' } })).toMatchObject({
      reach: 'notSent',
      kind: 'other',
    });
  });

  test('sends method, path, headers and body, and brings status, headers and body back', async () => {
    const url = await serving((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        response.writeHead(409, { 'X-Reason': 'because' });
        response.end(`${request.method} ${request.url} ${request.headers['x-me']} ${body}`);
      });
    });
    const answer = await port().request({
      method: 'POST',
      url: `${url}/a/b?c=1`,
      headers: { 'x-me': 'kiosk' },
      body: new TextEncoder().encode('报文'),
      timeoutMs: 5_000,
    });
    expect(answer).toMatchObject({ status: 409, headers: { 'x-reason': 'because' } });
    expect(new TextDecoder().decode(answer.body)).toBe('POST /a/b?c=1 kiosk 报文');
  });

  test('follows no redirect and repeats nothing', async () => {
    let asked = 0;
    const url = await serving((_request, response) => {
      asked += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const answer = await port().request({ method: 'POST', url, headers: {}, timeoutMs: 5_000 });
    expect([answer.status, asked]).toEqual([307, 1]);
  });
});

describe('certainly not sent', () => {
  test('when nobody listens', async () => {
    const url = await serving(() => undefined);
    for (const server of open.splice(0)) server.close();
    expect(await failure({ url })).toMatchObject({ reach: 'notSent', kind: 'refused' });
  });

  test('when the address is none', async () => {
    expect(await failure({ url: 'not an address' })).toMatchObject({ reach: 'notSent', kind: 'other' });
    expect(await failure({ url: 'ftp://127.0.0.1/' })).toMatchObject({ reach: 'notSent', kind: 'other' });
  });

  test("when the certificate is nobody's that is trusted", async () => {
    let asked = 0;
    const url = await listening(
      createSecureServer(selfSigned('localhost'), () => asked++),
      'https',
    );
    expect(await failure({ url, method: 'POST' })).toMatchObject({ reach: 'notSent', kind: 'certificate' });
    expect(asked).toBe(0);
  });

  test('when the certificate is trusted but for another name', async () => {
    const theirs = selfSigned('other.example');
    let asked = 0;
    const url = await listening(
      createSecureServer(theirs, () => asked++),
      'https',
    );
    const error = await failure({ url: url.replace('127.0.0.1', 'localhost') }, port([theirs.cert]));
    expect(error).toMatchObject({ reach: 'notSent', kind: 'certificate' });
    expect(asked).toBe(0);
  });

  test('when the other side speaks no TLS', async () => {
    const url = await listening(
      createTcpServer((socket) => socket.end('SSH-2.0\r\n')),
      'https',
    );
    expect(await failure({ url })).toMatchObject({ reach: 'notSent' });
  });

  test('when the time is up, or the caller leaves, before the connection is secure', async () => {
    const url = await listening(
      createTcpServer(() => undefined),
      'https',
    );
    const waiting = failure({ url });
    await clock.drain();
    await clock.pass(5_000);
    expect(await waiting).toMatchObject({ reach: 'notSent', kind: 'timeOut' });
    expect(await failure({ url, signal: AbortSignal.abort() })).toMatchObject({ reach: 'notSent', kind: 'canceled' });
  });
});

describe('may have been sent', () => {
  test('when the answer does not come in time', async () => {
    const arrived = Promise.withResolvers<void>();
    const url = await serving(() => arrived.resolve());
    const waiting = failure({ url });
    await arrived.promise;
    await clock.pass(5_000);
    expect(await waiting).toMatchObject({ reach: 'unknown', kind: 'timeOut' });
  });

  test('when the caller gives up while it waits', async () => {
    const caller = new AbortController();
    const url = await serving(() => caller.abort());
    expect(await failure({ url, signal: caller.signal })).toMatchObject({ reach: 'unknown', kind: 'canceled' });
  });

  test('when the connection breaks before, or in, the answer', async () => {
    const mute = await serving((request) => request.socket.destroy());
    expect(await failure({ url: mute })).toMatchObject({ reach: 'unknown', kind: 'reset' });
    const half = await serving((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => request.socket.destroy());
    });
    expect(await failure({ url: half })).toMatchObject({ reach: 'unknown', kind: 'reset' });
  });

  test('when a kept connection breaks', async () => {
    let asked = 0;
    const url = await serving((request, response) => {
      asked += 1;
      if (asked === 1) response.end('ok');
      else request.socket.destroy();
    });
    const http = port();
    await http.request({ method: 'GET', url, headers: {}, timeoutMs: 5_000 });
    expect(await failure({ url }, http)).toMatchObject({ reach: 'unknown' });
  });

  test('when the answer is larger than allowed', async () => {
    const url = await serving((_request, response) => response.end('x'.repeat(1_001)));
    expect(await failure({ url, maxAnswerBytes: 1_000 })).toMatchObject({ reach: 'unknown', kind: 'tooLarge' });
    expect(
      (await port().request({ method: 'GET', url, headers: {}, timeoutMs: 5_000, maxAnswerBytes: 1_001 })).status,
    ).toBe(200);
  });
});

test('a pinned authority is trusted for its own name', async () => {
  const theirs = selfSigned('localhost');
  const url = await listening(
    createSecureServer(theirs, (_request, response) => response.end('ok')),
    'https',
  );
  const answer = await port([theirs.cert]).request({
    method: 'GET',
    url: url.replace('127.0.0.1', 'localhost'),
    headers: {},
    timeoutMs: 5_000,
  });
  expect(answer.status).toBe(200);
});

test('no timer outlives its exchange', () => {
  expect(clock.waiting).toBe(0);
});
