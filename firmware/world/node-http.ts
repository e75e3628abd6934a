/**
 * The real HTTP port, on node:http and node:https.
 *
 * One promise: a failure says truly whether the request can have reached the other side. Nothing is retried, no
 * redirect is followed, a certificate that does not match ends the exchange before a byte of the request is sent.
 */
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type Clock, type HttpAnswer, HttpFailure, type HttpPort, type HttpRequest } from '../ports.ts';

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Idle connections are closed early, before the other side closes them under a request that is just leaving. */
const IDLE_MS = 4_000;
const CONNECTIONS = 4;

export interface NodeHttpOptions {
  readonly clock: Clock;
  /** PEM certificates that alone are trusted; the system's list when absent. */
  readonly authorities?: readonly string[];
}

export class NodeHttp implements HttpPort {
  readonly #clock: Clock;
  readonly #plain: HttpAgent;
  readonly #secure: HttpsAgent;

  constructor(options: NodeHttpOptions) {
    const pool = { keepAlive: true, timeout: IDLE_MS, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS };
    this.#clock = options.clock;
    this.#plain = new HttpAgent(pool);
    this.#secure = new HttpsAgent({
      ...pool,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(options.authorities ? { ca: [...options.authorities] } : {}),
    });
  }

  request(request: HttpRequest): Promise<HttpAnswer> {
    const url = URL.parse(request.url);
    if (url === null || !/^https?:$/.test(url.protocol)) {
      return Promise.reject(new HttpFailure('notSent', 'other', 'The address is no http or https URL.'));
    }
    const agent = url.protocol === 'https:' ? this.#secure : this.#plain;
    return new Promise((resolve, reject) => {
      try {
        new Exchange({ request, url, agent }, this.#clock).run(resolve, reject);
      } catch {
        // A header or path that cannot be written: the engine refuses it before there is a connection.
        reject(new HttpFailure('notSent', 'other', 'The request cannot be written.'));
      }
    });
  }

  /** Closes idle and running connections. */
  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }
}

interface Order {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly agent: HttpAgent;
}

class Exchange {
  readonly #order: Order;
  readonly #clock: Clock;
  /** True from the moment on which bytes may have left this machine. */
  #reached = false;
  #ended = false;

  constructor(order: Order, clock: Clock) {
    this.#order = order;
    this.#clock = clock;
  }

  run(resolve: (answer: HttpAnswer) => void, reject: (failure: HttpFailure) => void): void {
    const { request, url, agent } = this.#order;
    const fail = (kind: HttpFailure['kind'], message: string, reach?: HttpFailure['reach']): void => {
      if (this.#ended) return;
      end();
      reject(new HttpFailure(reach ?? (this.#reached ? 'unknown' : 'notSent'), kind, message));
      outgoing.destroy();
    };
    if (request.signal?.aborted) {
      reject(new HttpFailure('notSent', 'canceled', 'Canceled before it was sent.'));
      return;
    }
    const options: RequestOptions = {
      method: request.method,
      agent,
      headers: {
        ...request.headers,
        'accept-encoding': 'identity',
        ...(request.body ? { 'content-length': String(request.body.length) } : {}),
      },
    };
    const outgoing = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    const stopTimer = this.#clock.timer(request.timeoutMs, () => fail('timeOut', 'No whole answer in time.'));
    const abort = (): void => fail('canceled', 'Canceled by the caller.');
    request.signal?.addEventListener('abort', abort, { once: true });
    const end = (): void => {
      this.#ended = true;
      stopTimer();
      request.signal?.removeEventListener('abort', abort);
    };

    outgoing.on('socket', (socket) => this.#watch(socket));
    outgoing.on('error', (error: NodeJS.ErrnoException) => fail(kindOf(error), `Failed: ${error.code ?? 'no code'}.`));
    outgoing.on('response', (incoming) => {
      this.#collect(incoming, fail, (answer) => {
        if (this.#ended) return;
        end();
        resolve(answer);
      });
    });
    outgoing.end(request.body);
  }

  /** A fresh socket carries nothing before it is connected (and its certificate is accepted); a used one at once. */
  #watch(socket: Socket): void {
    const secure = socket instanceof TLSSocket;
    const fresh = socket.connecting || (secure && !socket.authorized);
    if (!fresh) this.#reached = true;
    else
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        this.#reached = true;
      });
  }

  #collect(
    incoming: IncomingMessage,
    fail: (kind: HttpFailure['kind'], message: string, reach?: HttpFailure['reach']) => void,
    done: (answer: HttpAnswer) => void,
  ): void {
    const limit = this.#order.request.maxAnswerBytes ?? MAX_ANSWER_BYTES;
    const chunks: Uint8Array[] = [];
    let size = 0;
    incoming.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > limit) fail('tooLarge', `The answer is larger than ${limit} bytes.`, 'unknown');
      else chunks.push(chunk);
    });
    incoming.on('error', () => fail('reset', 'The answer was cut off.', 'unknown'));
    incoming.on('end', () => {
      if (!incoming.complete) return fail('reset', 'The answer was cut off.', 'unknown');
      done({ status: incoming.statusCode ?? 0, headers: flatten(incoming), body: Buffer.concat(chunks) });
    });
  }
}

function flatten(incoming: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

const CERTIFICATE_CODES =
  /^(ERR_TLS_CERT|CERT_|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)|DEPTH_ZERO|SELF_SIGNED|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|ERROR_IN_CERT)/;
const REFUSED_CODES = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL)$/;

function kindOf(error: NodeJS.ErrnoException): HttpFailure['kind'] {
  const code = error.code ?? '';
  if (CERTIFICATE_CODES.test(code)) return 'certificate';
  if (REFUSED_CODES.test(code)) return 'refused';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  return code === 'ETIMEDOUT' ? 'timeOut' : 'other';
}
