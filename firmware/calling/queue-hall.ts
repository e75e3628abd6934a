/**
 * The hall's displays and its voice as one: a number is called everywhere at once.
 *
 * One promise: nothing waits for the voice and no display waits for another; what one of them cannot do is a word in
 * the journal and stops nobody.
 */
import type { CommandOptions, Completion } from '../../drivers/device.ts';
import type { QueueCall, QueueDisplay, Shown } from '../../drivers/queue-display/queue-display.ts';
import type { Voice } from '../../drivers/voice/voice.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { callSentences } from './call-words.ts';

export interface QueueHallParts {
  /** The first one's rounds are the voice's. */
  readonly displays: readonly QueueDisplay[];
  readonly voice: Voice | undefined;
  readonly audit: Pick<AuditTrail, 'write'>;
}

export interface Called {
  /** Displays that show it, or have been told and cannot say. */
  readonly shown: number;
  readonly of: number;
}

/** A sentence that comes later than the next round is worth nothing, ms. */
const SAY_MS = 8_000;
const SHOW: CommandOptions = { timeoutMs: 10_000 };

export class QueueHall {
  readonly #parts: QueueHallParts;
  readonly #stops: readonly (() => void)[];
  /** Where in ASCII, of the number that is being called. */
  #placeLatin: string | undefined;

  constructor(parts: QueueHallParts) {
    this.#parts = parts;
    const first = parts.displays[0];
    this.#stops = first
      ? [
          first.onQueueEvent((event) => {
            if (event.event === 'voiceWanted') this.#say(event);
          }),
        ]
      : [];
  }

  call(call: QueueCall): Promise<Called> {
    this.#placeLatin = call.placeLatin;
    return this.#everywhere('call', (display) => display.call(call, SHOW));
  }

  answered(number: string): void {
    for (const display of this.#parts.displays) display.answered(number);
  }

  /**
   * 暂停服务, zone, slogan: instead of calls. Displays that have too few rows show the first ones.
   * @param latin the same for displays that have no Chinese characters
   */
  notice(rows: readonly string[], latin: readonly string[] = rows): Promise<Called> {
    return this.#everywhere('notice', (display) => {
      const own = display.capabilities()['charset'] === 'ascii' ? latin : rows;
      return display.notice(own.slice(0, display.rows), SHOW);
    });
  }

  clear(): Promise<Called> {
    return this.#everywhere('clear', (display) => display.clear(SHOW));
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  async #everywhere(
    choice: string,
    show: (display: QueueDisplay) => Promise<Completion<Shown, string>>,
  ): Promise<Called> {
    const { displays, audit } = this.#parts;
    const ended = await Promise.all(displays.map(show));
    ended.forEach((completion, at) => {
      const device = displays[at]?.id ?? '';
      if (!completion.done) audit.write('queue.notShown', { device, choice, reason: completion.fault });
    });
    return { shown: ended.filter(({ done }) => done).length, of: displays.length };
  }

  #say({ number, place }: { readonly number: string; readonly place: string }): void {
    const { voice, audit } = this.#parts;
    if (!voice) return;
    const sentences = callSentences({ number, place, placeLatin: this.#placeLatin });
    voice.say(sentences, { timeoutMs: SAY_MS }).then(
      (said) => {
        // Being overtaken by the next number is how a busy hall sounds, and no trouble.
        if (!said.done && said.fault !== 'overtaken') audit.write('queue.notSaid', { reason: said.fault });
      },
      () => audit.write('queue.notSaid', { reason: 'unexpected' }),
    );
  }
}
