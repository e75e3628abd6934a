/**
 * HTTP as it is, with somebody looking: each exchange with one party says whether its line answers.
 *
 * An answer is the party's own when it looks like one; a proxy's page or a 5xx is silence of whoever is behind it.
 */
import { type Clock, type HttpAnswer, HttpFailure, type HttpPort, type HttpRequest } from '../ports.ts';
import type { LineWatch } from './line-watch.ts';

const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const OPENINGS: ReadonlySet<number> = new Set([0x7b, 0x5b]);

export function watchedHttp(http: HttpPort, clock: Clock, line: Pick<LineWatch, 'answered' | 'missed'>): HttpPort {
  return {
    request: async (request: HttpRequest): Promise<HttpAnswer> => {
      const sentMs = clock.monotonicMs();
      try {
        const answer = await http.request(request);
        if (answer.status < 500 && looksLikeJson(answer.body)) line.answered();
        else line.missed(sentMs);
        return answer;
      } catch (error) {
        // Whoever cancels a call learns nothing about its line.
        if (!(error instanceof HttpFailure && error.kind === 'canceled')) line.missed(sentMs);
        throw error;
      }
    },
  };
}

function looksLikeJson(body: Uint8Array): boolean {
  const first = body.find((byte) => !BLANKS.has(byte));
  return first !== undefined && OPENINGS.has(first);
}
