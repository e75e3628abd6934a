/**
 * A party on a real loopback server, for the wire depth and for other people's clients.
 *
 * One promise: what the wire loses never gets an answer; the connection just ends
 * when the door closes or the caller gives up.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PartyWire } from './party-wire.ts';

export interface HttpDoor {
  /** e.g. `http://127.0.0.1:49152`, no trailing slash. */
  readonly origin: string;
  /** Ends the server and every connection. */
  close(): Promise<void>;
}

/** What stands behind a door: a party's wire, or something that may keep silent before it. */
export interface Carrier {
  carry(...exchange: Parameters<PartyWire['carry']>): unknown;
}

const LARGEST_REQUEST_BYTES = 4_000_000;

/** @param port 0 = any free one. */
export async function openHttpDoor(wire: Carrier, port = 0): Promise<HttpDoor> {
  const server = createServer((request, response) => {
    receive(request).then(
      (body) => pass(wire, request, response, body),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function pass(wire: Carrier, request: IncomingMessage, response: ServerResponse, body: Uint8Array): void {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers[name] = value;
  wire.carry({ method: request.method ?? 'GET', path: request.url ?? '/', headers, body }, (answer) => {
    if (response.destroyed) return;
    response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
    response.end(answer.body);
  });
}

async function receive(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > LARGEST_REQUEST_BYTES) throw new RangeError('The request is too large.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
