/**
 * One IPP question over HTTP (RFC 8010 section 4): a POST, and its answer.
 *
 * One promise: an answer is bounded, and the caller is free at once when the signal fires.
 */
import { Agent, request } from 'node:http';
import { LinkLostError } from '../ports.ts';

export interface IppDoor {
  /** `ipp://host:port/path`, as it stands in every question. */
  readonly uri: string;
  /** Rejects with `LinkLostError`, or with `signal.reason`. */
  ask(body: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
  close(): void;
}

const LONGEST_ANSWER = 1 << 20;

/** @param address `ipp://host[:631]/printers/NAME`; the queue of this machine or of a printer in the same network */
export function ippDoor(address: string): IppDoor {
  const url = new URL(address.replace(/^ipp:/, 'http:'));
  const port = url.port === '' ? '631' : url.port;
  const uri = `ipp://${url.hostname}:${port}${url.pathname}`;
  const agent = new Agent({ keepAlive: true, maxSockets: 2 });
  return {
    uri,
    close: () => agent.destroy(),
    ask: (body, signal) =>
      new Promise((resolve, reject) => {
        const { hostname, pathname: path } = url;
        const headers = { 'content-type': 'application/ipp', 'content-length': body.length };
        const posted = request({ agent, host: hostname, port, path, method: 'POST', headers, signal }, (answer) => {
          const chunks: Buffer[] = [];
          let length = 0;
          answer.on('data', (chunk: Buffer) => {
            length += chunk.length;
            if (length > LONGEST_ANSWER) posted.destroy(new Error('the answer is too long'));
            else chunks.push(chunk);
          });
          // A printer that goes in the middle of its answer is no error of the question's.
          answer.on('error', lost);
          answer.on('end', () => {
            if (answer.statusCode === 200) resolve(Buffer.concat(chunks));
            else reject(new LinkLostError(`the printer's HTTP answer was ${answer.statusCode}`));
          });
        });
        const lost = (error: Error): void =>
          reject(signal.aborted ? signal.reason : new LinkLostError(`the printer can't be asked (${codeOf(error)})`));
        posted.on('error', lost);
        posted.end(body);
      }),
  };
}

function codeOf(error: Error & { readonly code?: string }): string {
  return error.code ?? 'no answer';
}
