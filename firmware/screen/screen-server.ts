/**
 * The door of the kiosk's pages: the built pages over HTTP, the hub over one
 * WebSocket (`/screen`), and the second screen over another (`/queue`), on 127.0.0.1 only.
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
import type { BoardPage, ToBoard } from '../../drivers/queue-display/board-pages.ts';
import { listPageFiles, type PageFile } from './page-files.ts';
import { readFromBoard } from './read-from-board.ts';
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
  /** The second screen of a hall, where there is one: `queue-display/` of the page. */
  readonly board?: BoardDoor;
}

export interface BoardDoor {
  attach(send: (message: ToBoard) => void): BoardPage;
  /** WAV of what is being said now. */
  clip(id: string): Uint8Array | undefined;
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
const CLIP = /^\/voice\/(clp_\d{1,15})\.wav$/;
const NOT_KEPT = { 'Cache-Control': 'no-store' };

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
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const clip = options.board?.clip(CLIP.exec(path)?.[1] ?? '');
    if (clip) {
      response.writeHead(200, { ...headers, 'Content-Type': 'audio/wav', 'Content-Length': clip.length, ...NOT_KEPT });
      response.end(request.method === 'HEAD' ? undefined : clip);
      return;
    }
    const file = files.get(path);
    if (!file) return refuse(response, 404);
    serve(file, request, response, headers);
  });
  server.on('upgrade', (request, socket: Duplex, head) => {
    const origin = request.headers.origin ?? '';
    const ours = hosts.includes(request.headers.host ?? '') && hosts.some((host) => origin === `http://${host}`);
    const talk = ours ? talkAt(request.url ?? '', options) : undefined;
    if (!talk) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (page) => attach(page, talk));
  });

  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => close(server, sockets),
  };
}

/** One page's talk: what it says is heard, or (`false`) is no message of the contract. */
type Talk = (send: (message: object) => void) => { hear(text: string): boolean; close(): void };

function talkAt(path: string, { hub, board }: ScreenServerOptions): Talk | undefined {
  if (path === '/screen') {
    return (send) => {
      const connection = hub.connect(send);
      return talkOf(connection, readFromPage, (message) => connection.send(message));
    };
  }
  if (path !== '/queue' || !board) return undefined;
  return (send) => {
    const page = board.attach(send);
    return talkOf(page, readFromBoard, (message) => page.hear(message));
  };
}

function talkOf<Message>(
  end: { close(): void },
  read: (text: string) => Message | undefined,
  hear: (message: Message) => void,
): ReturnType<Talk> {
  return {
    hear: (text) => {
      const message = read(text);
      if (message === undefined) return false;
      hear(message);
      return true;
    },
    close: () => end.close(),
  };
}

function attach(page: WebSocket, talk: Talk): void {
  const connection = talk((message) => {
    if (page.bufferedAmount > MAX_UNREAD_BYTES) page.terminate();
    else page.send(JSON.stringify(message));
  });
  page.on('message', (data, isBinary) => {
    if (isBinary || !connection.hear(data.toString())) page.close(NOT_OUR_LANGUAGE);
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
