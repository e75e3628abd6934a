/**
 * The kiosk's front desk: waits for someone, serves one person at a time, and
 * has everything back as it was before the next one comes.
 *
 * One promise: whatever a journey does, the home screen comes back, the
 * settings are reset and no card is forgotten without a word.
 */
import type { Unsubscribe } from '../ports.ts';
import { reasons } from '../reasons.ts';
import type { MenuName } from '../screen/screen-parts.ts';
import { type Act, scanned } from './act.ts';
import type { Arrival } from './arrival.ts';
import { askCredential, credentialIn, type Shown } from './ask-credential.ts';
import { eachDay } from './each-day.ts';
import { type Job, jobIn } from './menus.ts';
import { jobsAtHome, jobsBehind } from './offered-jobs.ts';
import { pushCardOut } from './push-card-out.ts';
import type { ReceptionParts } from './reception-parts.ts';
import { Session, SessionOver } from './session.ts';
import { slipNumber } from './slip-code.ts';
import { endWhenOpened, untilFit } from './while-unfit.ts';

/** A card that lay in the slot when the reader came (back): nobody saw who put it there, so it opens nothing. */
const FOUND_CARD = 'foundCard';

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
      const rested = await untilFit(this.#parts.readiness, this.#parts.screen, (stops) => {
        this.#stopWaiting = stops;
      });
      if (rested) await this.#cardOutQuietly();
      if (!this.#open) return;
      const arrival = await this.#waitForSomeone();
      if (arrival === FOUND_CARD) await this.#cardOutQuietly();
      else if (arrival) await this.#receive(arrival);
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
    const { audit, clock, screen } = this.#parts;
    const session = this.#newSession();
    this.#session = session;
    // A turn later: the flush to the disk must not stand between the card and its first screen.
    clock.timer(0, () => audit.write('session.opened', { session: session.id }));
    let end = 'unexpected';
    const stopWatching = endWhenOpened(this.#parts.readiness, session);
    try {
      end = await this.#run(session, arrival);
      await this.#cardOut(session);
    } catch (error) {
      if (!(error instanceof SessionOver)) {
        await this.#sayUnexpected(session);
      } else {
        end = error.end;
        await this.#cardOutQuietly();
      }
    } finally {
      stopWatching();
      session.end('finished');
      this.#session = undefined;
      screen.resetSettings();
      audit.write('session.ended', { session: session.id, end });
      this.#parts.onEnded?.(end);
    }
  }

  #newSession(): Session {
    const { newId, profile, ...parts } = this.#parts;
    return new Session({ ...parts, id: newId('ses'), timers: profile.timers });
  }

  async #run(session: Session, arrival: Arrival): Promise<string> {
    const { serve, journeys, findMoney, showPrices } = this.#parts;
    if (arrival.medium === 'menu') return this.#run(session, await this.#fromMenu(session, arrival.menu));
    if (arrival.medium === 'money') return findMoney(session, arrival.number);
    if (arrival.medium === 'prices') return (await showPrices?.(session, 'home')) ?? 'pricesShown';
    if (arrival.medium !== 'touch') return serve(session, await this.#credential(session, arrival));
    const journey = journeys[arrival.journey];
    if (journey.asks === 'nothing') return journey.run(session);
    return journey.run(session, await this.#credential(session, arrival, journey.whose));
  }

  /** From "someone is here" to something readable. */
  async #credential(
    session: Session,
    arrival: Exclude<Arrival, { medium: 'money' | 'prices' | 'menu' }>,
    whose?: 'patient',
  ): Promise<Shown> {
    const { medium } = arrival;
    if (medium === 'card' || medium === 'code' || medium === 'visitCard' || medium === 'idCard') return arrival;
    const { timers } = this.#parts.profile;
    if (arrival.medium === 'help') {
      await session.helpPage();
      session.leave('finished');
    }
    const problem = arrival.medium === 'problem' ? arrival.problem : undefined;
    if (problem) this.#parts.audit.write(reasons[problem].audit, { session: session.id, reason: problem });
    return askCredential(session, timers.read, problem, whose);
  }

  /** The tiles behind a tile. @throws SessionOver */
  async #fromMenu(session: Session, menu: MenuName): Promise<Arrival> {
    const job = await session.ask<Job | 'leave'>(
      { name: 'S-MENU', of: menu, jobs: jobsBehind(this.#parts, menu), removeCard: false },
      { accept: jobIn, patience: { timer: this.#parts.profile.timers.idle, afterwards: 'leave' } },
    );
    if (job === 'leave') return session.leave('canceled');
    return job === 'findMoney' ? { medium: 'money', number: undefined } : { medium: 'touch', journey: job };
  }

  /** Home, until someone puts down a credential or touches the tile. `undefined` when closing. */
  #waitForSomeone(): Promise<Arrival | typeof FOUND_CARD | undefined> {
    const { screen, cardReader, idCardReader, scanner, profile, designated, insuranceOpen, hospitalLine } = this.#parts;
    return new Promise((resolve) => {
      const stops: Unsubscribe[] = [];
      const leave = (arrival: Arrival | typeof FOUND_CARD | undefined): void => {
        for (const stop of stops) stop();
        this.#stopWaiting = () => undefined;
        resolve(arrival);
      };
      this.#stopWaiting = () => leave(undefined);
      let screenId = '';
      const showHome = (): void => {
        screenId = screen.show({
          name: 'S-HOME',
          media: {
            ...{ card: cardReader?.state === 'online', code: scanner?.state === 'online' },
            ...(idCardReader?.state === 'online' && { idCard: true }),
          },
          plate: designated() ? profile.texts.plate : undefined,
          slogan: profile.texts.slogan,
          insurance: insuranceOpen() ? 'open' : 'closed',
          ...(hospitalLine?.open === false && { hospital: 'closed' as const }),
          jobs: jobsAtHome(this.#parts),
          ...this.#parts.homeNews?.(),
        });
      };
      stops.push(
        screen.onIntent((id, intent) => {
          if (id !== screenId) return;
          if (intent.do === 'start') leave({ medium: 'touch', journey: intent.journey });
          if (intent.do === 'findMoney') leave({ medium: 'money', number: undefined });
          if (intent.do === 'menu') leave({ medium: 'menu', menu: intent.menu });
          if (intent.do === 'prices') leave({ medium: 'prices' });
          if (intent.do === 'help') leave({ medium: 'help' });
        }),
      );
      const come = (act: Act): void => {
        const number = slipNumber(act);
        const arrival = number === undefined ? credentialIn(act) : ({ medium: 'money', number } as const);
        if (arrival) leave(arrival);
      };
      let readerCame = false;
      const onCard = cardReader?.onCardEvent(({ event }) => {
        if (!readerCame) come({ kind: 'card', event });
        else if (event !== 'mediaRemoved') leave(FOUND_CARD);
      });
      const onIdCard = idCardReader?.onCardEvent(({ event }) => come({ kind: 'idCard', event }));
      const onCode = scanner?.onScannerEvent((event) => come(scanned(event)));
      const onReader = cardReader?.onStateChanged((state) => {
        // The driver tells what lies in the slot in the same breath as that it is online.
        readerCame = state === 'online';
        queueMicrotask(() => {
          readerCame = false;
        });
        showHome();
      });
      const onButton = this.#parts.onHelpButton?.(() => leave({ medium: 'help' }));
      const onFit = this.#parts.readiness?.onChanged(() => leave(undefined));
      const states = [scanner, idCardReader].map((device) => device?.onStateChanged(showHome));
      for (const stop of [onCard, onIdCard, onCode, onReader, onButton, onFit, ...states]) if (stop) stops.push(stop);
      stops.push(this.#parts.onInsuranceChanged(showHome));
      if (hospitalLine) stops.push(hospitalLine.onChanged(showHome));
      stops.push(eachDay(this.#parts.clock, showHome));
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
        whenLeft: 'stays',
      },
    );
    if (answer === 'left') await pushCardOut(this.#parts, cardReader, session.id);
  }

  /** After a session that was given up or timed out, the card still has to come out. */
  async #cardOutQuietly(): Promise<void> {
    const farewell = this.#newSession();
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
