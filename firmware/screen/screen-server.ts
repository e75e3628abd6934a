/**
 * The patient screen's door: the built page over HTTP and the hub over one
 * WebSocket (`/screen`), on 127.0.0.1 only.
 *
 * One promise: nothing from outside this machine or from another site gets in or
 * on: foreign Host and Origin are refused (DNS rebinding), the page may load
 * from nowhere but here (SZ-300), and what is not a message of the contract ends
 * the connection.
 */
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { listPageFiles, type PageFile } from './page-files.ts';
import { MAX_MESSAGE_LENGTH, readFromPage } from './read-from-page.ts';
import type { ScreenHub } from './screen-hub.ts';

export interface ScreenServerOptions {
  readonly hub: ScreenHub;
  /** Folder with the built page. */
  readonly pageFolder: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Origins that may show the page in a frame (the simulator's workbench); none in production. */
  readonly framedBy?: readonly string[];
}

export interface ScreenServer {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  close(): Promise<void>;
}

/** Bytes waiting for a page that does not read; beyond it the page is cut off and will come back. */
const MAX_UNREAD_BYTES = 1_000_000;
/** WebSocket close code: policy violation. */
const NOT_OUR_LANGUAGE = 1008;

/** @throws Error when the page is not built; rejects when the port can't be had. */
export async function createScreenServer(options: ScreenServerOptions): Promise<ScreenServer> {
  const files = listPageFiles(options.pageFolder);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_LENGTH * 4, perMessageDeflate: false });
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const headers = headersFor(hosts, options.framedBy ?? []);

  server.on('request', (request, response) => {
    if (!hosts.includes(request.headers.host ?? '')) return refuse(response, 421);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
    const file = files.get((request.url ?? '').split('?', 1)[0] ?? '');
    if (!file) return refuse(response, 404);
    serve(file, request, response, headers);
  });
  server.on('upgrade', (request, socket: Duplex, head) => {
    const origin = request.headers.origin ?? '';
    const ours = hosts.includes(request.headers.host ?? '') && hosts.some((host) => origin === `http://${host}`);
    if (!ours || request.url !== '/screen') {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (page) => attach(page, options.hub));
  });

  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => close(server, sockets),
  };
}

function attach(page: WebSocket, hub: ScreenHub): void {
  const connection = hub.connect((message) => {
    if (page.bufferedAmount > MAX_UNREAD_BYTES) page.terminate();
    else page.send(JSON.stringify(message));
  });
  page.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : readFromPage(data.toString());
    if (message) connection.send(message);
    else page.close(NOT_OUR_LANGUAGE);
  });
  page.on('close', () => connection.close());
  // A broken or oversized frame: ws closes the socket by itself, `close` follows.
  page.on('error', () => connection.close());
}

function serve(
  file: PageFile,
  request: IncomingMessage,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(200, {
    ...headers,
    'Content-Type': file.type,
    'Content-Length': file.bytes,
    'Cache-Control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0, 'X-Content-Type-Options': 'nosniff' }).end();
}

function headersFor(hosts: readonly string[], framedBy: readonly string[]): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'self'",
    `connect-src 'self' ${hosts.map((host) => `ws://${host}`).join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framedBy.length > 0 ? framedBy.join(' ') : "'none'"}`,
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  };
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

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const page of sockets.clients) page.terminate();
  sockets.close();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
