/**
 * The kiosk's front desk: waits for someone, serves one person at a time, and
 * has everything back as it was before the next one comes.
 *
 * One promise: whatever a journey does, the home screen comes back, the
 * settings are reset and no card is forgotten without a word.
 */
import type { CardReader } from '../../drivers/card-reader/card-reader.ts';
import type { CodeScanner } from '../../drivers/code-scanner/code-scanner.ts';
import type { Secret } from '../../drivers/secret.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import { type ReasonId, reasons } from '../reasons.ts';
import type { RegionProfile } from '../region/profile.ts';
import { Session, SessionOver, type SessionScreen } from './session.ts';

export type Arrival =
  | { readonly medium: 'card' }
  | { readonly medium: 'code'; readonly text: Secret<string> }
  /** A wrong-way card or an unacceptable code: someone is here and needs to be told. */
  | { readonly medium: 'problem'; readonly problem: ReasonId }
  /** The tile was touched: show how to put a credential down. */
  | { readonly medium: 'touch' };

export interface ReceptionParts {
  readonly screen: SessionScreen & { resetSettings(): void };
  readonly clock: Clock;
  readonly profile: RegionProfile;
  readonly audit: AuditTrail;
  readonly cardReader: CardReader | undefined;
  readonly scanner: CodeScanner | undefined;
  readonly newId: (prefix: string) => string;
  /** The sign may be shown: our own agreement is active. */
  readonly designated: () => boolean;
  readonly onDesignationChanged: (listener: () => void) => Unsubscribe;
  /** Runs the journey of one person; `end` is its word for counters and scenarios. */
  readonly serve: (session: Session, arrival: Exclude<Arrival, { medium: 'problem' | 'touch' }>) => Promise<string>;
  readonly onEnded?: (end: string) => void;
}

export class Reception {
  readonly #parts: ReceptionParts;
  #open = true;
  #stopWaiting: () => void = () => undefined;
  #session: Session | undefined;

  constructor(parts: ReceptionParts) {
    this.#parts = parts;
  }

  /** Runs until `close`. */
  async run(): Promise<void> {
    // A card from before the last power cut belongs to someone who may be gone: it has to come out first.
    await this.#cardOutQuietly();
    while (this.#open) {
      const arrival = await this.#waitForSomeone();
      if (arrival) await this.#receive(arrival);
    }
  }

  /** A held session is ended first; the screen says so. */
  close(): void {
    this.#open = false;
    this.#session?.end('canceled');
    this.#stopWaiting();
  }

  get busy(): boolean {
    return this.#session !== undefined;
  }

  async #receive(arrival: Arrival): Promise<void> {
    const { audit, clock, profile, screen, cardReader, scanner, newId } = this.#parts;
    const session = new Session({ id: newId('ses'), screen, clock, timers: profile.timers, cardReader, scanner });
    this.#session = session;
    audit.write('session.opened', { session: session.id });
    let end = 'unexpected';
    try {
      const shown = await this.#credential(session, arrival);
      end = await this.#parts.serve(session, shown);
      await this.#cardOut(session);
    } catch (error) {
      if (!(error instanceof SessionOver)) {
        await this.#sayUnexpected(session);
      } else {
        end = error.end;
        await this.#cardOutQuietly();
      }
    } finally {
      session.end('finished');
      this.#session = undefined;
      screen.resetSettings();
      audit.write('session.ended', { session: session.id, end });
      this.#parts.onEnded?.(end);
    }
  }

  /** From "someone is here" to something readable: help with pictures until a good card or code comes. */
  async #credential(session: Session, arrival: Arrival): Promise<Extract<Arrival, { medium: 'card' | 'code' }>> {
    let now: Arrival = arrival;
    for (;;) {
      if (now.medium === 'card' || now.medium === 'code') return now;
      const problem = now.medium === 'problem' ? now.problem : 'none';
      const staffCode = now.medium === 'problem' ? reasons[now.problem].staffCode : '';
      now = await session.ask<Arrival>(
        { name: 'S-ID-HELP', problem, staffCode },
        {
          accept: (act) => {
            if (act.kind === 'card' && act.event === 'mediaInserted') return { medium: 'card' };
            if (act.kind === 'card' && act.event === 'invalidMedia')
              return { medium: 'problem', problem: 'cardUpsideDown' };
            if (act.kind === 'codeRefused') return { medium: 'problem', problem: 'codeUnreadable' };
            if (act.kind !== 'code') return undefined;
            return act.codeKind === 'eCredential'
              ? { medium: 'code', text: act.text }
              : { medium: 'problem', problem: 'notACredential' };
          },
        },
      );
    }
  }

  /** Home, until someone puts down a credential or touches the tile. `undefined` when closing. */
  #waitForSomeone(): Promise<Arrival | undefined> {
    const { screen, cardReader, scanner, profile, designated } = this.#parts;
    return new Promise((resolve) => {
      const stops: Unsubscribe[] = [];
      const leave = (arrival: Arrival | undefined): void => {
        for (const stop of stops) stop();
        this.#stopWaiting = () => undefined;
        resolve(arrival);
      };
      this.#stopWaiting = () => leave(undefined);
      let screenId = '';
      const showHome = (): void => {
        screenId = screen.show({
          name: 'S-HOME',
          media: { card: cardReader?.state === 'online', code: scanner?.state === 'online' },
          plate: designated() ? profile.texts.plate : undefined,
          slogan: profile.texts.slogan,
          insurance: designated() ? 'open' : 'closed',
        });
      };
      stops.push(
        screen.onIntent((id, intent) => {
          if (id !== screenId) return;
          if (intent.do === 'start' || intent.do === 'help') leave({ medium: 'touch' });
        }),
      );
      const onCard = cardReader?.onCardEvent(({ event }) => {
        if (event === 'mediaInserted') leave({ medium: 'card' });
        if (event === 'invalidMedia') leave({ medium: 'problem', problem: 'cardUpsideDown' });
      });
      const onCode = scanner?.onScannerEvent((event) => {
        if (event.event === 'codeRefused') leave({ medium: 'problem', problem: 'codeUnreadable' });
        else if (event.kind === 'eCredential') leave({ medium: 'code', text: event.text });
        else leave({ medium: 'problem', problem: 'notACredential' });
      });
      const onReader = cardReader?.onStateChanged(showHome);
      const onScanner = scanner?.onStateChanged(showHome);
      for (const stop of [onCard, onCode, onReader, onScanner]) if (stop) stops.push(stop);
      stops.push(this.#parts.onDesignationChanged(showHome));
      showHome();
    });
  }

  /** The card is never swallowed and never forgotten: the kiosk waits and calls for it (Z-8.1.12). */
  async #cardOut(session: Session): Promise<void> {
    const { cardReader } = this.#parts;
    if (!cardReader || (cardReader.media !== 'present' && cardReader.media !== 'invalid')) return;
    session.cardMayLeave();
    const { takeCard } = this.#parts.profile.timers;
    const answer = await session.ask<'taken' | 'left'>(
      { name: 'S-TAKE-CARD', removeCard: true },
      {
        accept: (act) => (act.kind === 'card' && act.event === 'mediaRemoved' ? 'taken' : undefined),
        patience: { timer: takeCard, afterwards: 'left' },
      },
    );
    if (answer === 'left') this.#parts.audit.write('card.left', { session: session.id });
  }

  /** After a session that was given up or timed out, the card still has to come out. */
  async #cardOutQuietly(): Promise<void> {
    const { cardReader, clock, profile, screen, scanner, newId } = this.#parts;
    const farewell = new Session({ id: newId('ses'), screen, clock, timers: profile.timers, cardReader, scanner });
    try {
      await this.#cardOut(farewell);
    } catch (error) {
      if (!(error instanceof SessionOver)) throw error;
    } finally {
      farewell.end('finished');
    }
  }

  /** Our own mistake: the patient gets a true page, staff get a code, the next person gets a working kiosk. */
  async #sayUnexpected(session: Session): Promise<void> {
    this.#parts.audit.write('session.unexpected', { session: session.id, reason: 'unexpected' });
    const { staffCode } = reasons.unexpected;
    try {
      await session.ask<true>(
        { name: 'S-STOP', reason: 'unexpected', staffCode, removeCard: false },
        {
          accept: (act) => (act.kind === 'intent' && act.intent.do === 'confirm' ? true : undefined),
          patience: { timer: this.#parts.profile.timers.done, afterwards: true },
        },
      );
      await this.#cardOut(session);
    } catch (error) {
      if (!(error instanceof SessionOver)) throw error;
    }
  }
}
