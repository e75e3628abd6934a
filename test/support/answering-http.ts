/** An HTTP port that is answered by a function of the test, and keeps what was sent. */
import type { HttpAnswer, HttpFailure, HttpPort, HttpRequest } from '../../firmware/ports.ts';

export interface SentRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what was sent by name
  readonly json: any;
  readonly timeoutMs: number | undefined;
}

export class AnsweringHttp implements HttpPort {
  readonly sent: SentRequest[] = [];
  readonly #answer: (request: SentRequest) => HttpAnswer | HttpFailure;

  constructor(answer: (request: SentRequest) => HttpAnswer | HttpFailure) {
    this.#answer = answer;
  }

  async request(request: HttpRequest): Promise<HttpAnswer> {
    const text = request.body ? new TextDecoder().decode(request.body) : undefined;
    const sent: SentRequest = {
      path: new URL(request.url).pathname,
      headers: request.headers,
      json: text === undefined ? undefined : JSON.parse(text),
      timeoutMs: request.timeoutMs,
    };
    this.sent.push(sent);
    const answer = this.#answer(sent);
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

export function answered(body: unknown, status = 200): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: {}, body: new TextEncoder().encode(text) };
}
