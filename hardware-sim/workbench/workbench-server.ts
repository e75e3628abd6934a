/**
 * The workbench's door: its page, the paper and the wire details over HTTP, the
 * hall over one WebSocket (`/hall`), on 127.0.0.1 only.
 *
 * One promise: nobody but a page of this very address moves a hand. Foreign Host
 * and Origin are refused, what is not a request of the contract ends the line,
 * and a page that does not read is cut off.
 */
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LiveHall } from '../live-hall.ts';
import { realClock } from '../world/real-clock.ts';
import { type BuiltFile, builtFiles } from './built-files.ts';
import type { CashierBooks } from './cashier-books.ts';
import { LONGEST_REQUEST } from './read-request.ts';
import { WorkbenchHub } from './workbench-hub.ts';
import type { WireDetail } from './workbench-messages.ts';

export interface WorkbenchOptions {
  readonly hall: LiveHall;
  /** Folder with the built page. */
  readonly pageFolder: string;
  /** 0 = any free one; the kiosk must name this address in its `framedBy`. */
  readonly port: number;
  /** The kiosk's journal, for the cashier's page. */
  readonly books?: CashierBooks;
  /** The kiosk's screen; asked again for every page when it is a function. */
  readonly screenUrl: string | undefined | (() => string | undefined);
}

export interface Workbench {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  close(): Promise<void>;
}

/** Bytes waiting for a page that does not read. */
const MOST_UNREAD_BYTES = 2_000_000;
const NOT_A_REQUEST = 1008;
const DATA_HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

/** @throws Error when the page is not built; rejects when the port is taken. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { screenUrl } = options;
  const files = builtFiles(options.pageFolder);
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 });
  await listen(server, options.port);
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const screenNow = typeof screenUrl === 'function' ? screenUrl : () => screenUrl;
  const hub = new WorkbenchHub(options.hall, realClock, screenNow, options.books);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LONGEST_REQUEST * 4, perMessageDeflate: false });

  server.on('request', (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (request.headers.host === host.replace('127.0.0.1', 'localhost')) {
      // One address for all: the kiosk lets only that one frame its screen.
      response.writeHead(307, { Location: `http://${host}/`, 'Content-Length': 0 }).end();
    } else if (request.headers.host !== host) refuse(response, 421);
    else if (request.method !== 'GET' && request.method !== 'HEAD') refuse(response, 405);
    else answer(path, { request, response, files, hub, policy: policyFor(host, screenNow()) });
  });
  server.on('upgrade', (request, socket: Duplex, head) => {
    const ours = request.headers.host === host && request.headers.origin === `http://${host}`;
    if (!ours || request.url !== '/hall') {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (page) => attach(page, hub));
  });

  return {
    url: `http://${host}/`,
    close: async () => {
      await hub.close();
      for (const page of sockets.clients) page.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function attach(page: WebSocket, hub: WorkbenchHub): void {
  const line = hub.connect((text) => {
    if (page.bufferedAmount > MOST_UNREAD_BYTES) page.terminate();
    else page.send(text);
  });
  page.on('message', (data, isBinary) => {
    if (isBinary || !line.receive(data.toString())) page.close(NOT_A_REQUEST);
  });
  page.on('close', () => line.close());
  // A broken or oversized frame: ws closes by itself, `close` follows.
  page.on('error', () => line.close());
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly files: ReadonlyMap<string, BuiltFile>;
  readonly hub: WorkbenchHub;
  readonly policy: string;
}

function answer(path: string, { request, response, files, hub, policy }: Visit): void {
  const [, room, number = '', kind] = /^\/(paper|wire)\/(\d{1,9})(?:\.(svg|txt))?$/.exec(path) ?? [];
  const file = files.get(path);
  if (room === 'paper' && kind === 'svg') {
    const failed = (): void => refuse(response, 500);
    hub.paper.svg(Number(number)).then((svg) => sendText(response, 'image/svg+xml', svg), failed);
  } else if (room === 'paper') sendText(response, 'text/plain; charset=utf-8', hub.paper.text(Number(number)));
  else if (room === 'wire') sendText(response, 'application/json', jsonOf(hub.wire.detail(Number(number))));
  else if (file) sendFile(file, request, response, policy);
  else refuse(response, 404);
}

const jsonOf = (detail: WireDetail | undefined): string | undefined => detail && JSON.stringify(detail);

function sendFile(file: BuiltFile, request: IncomingMessage, response: ServerResponse, policy: string): void {
  response.writeHead(200, {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Content-Type': file.type,
    'Content-Length': file.bytes,
    'Cache-Control': file.lasting ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

function sendText(response: ServerResponse, type: string, text: string | undefined): void {
  if (text === undefined) {
    refuse(response, 404);
    return;
  }
  response.writeHead(200, { ...DATA_HEADERS, 'Content-Security-Policy': "default-src 'none'", 'Content-Type': type });
  response.end(text);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...DATA_HEADERS, 'Content-Length': 0 }).end();
}

/** Everything from here, the kiosk's screen in its frame, and nothing else. */
function policyFor(host: string, screenUrl: string | undefined): string {
  return [
    "default-src 'self'",
    `connect-src 'self' ws://${host}`,
    `frame-src ${screenUrl === undefined ? "'none'" : new URL(screenUrl).origin}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
