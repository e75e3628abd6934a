/**
 * A patient in front of a kiosk: pays, shows a code, puts notes in, hesitates, leaves, comes again. Also the slip.
 *
 * Patients live by what the screen says. Phones may pay late, also when their owner is long gone.
 */
import type { SettlementStatus } from '../../firmware/settlement/settlements.ts';
import type { SeededStream } from '../parties/seeded-stream.ts';
import type { Kiosk } from './kiosk.ts';
import type { SettlementRecord } from './settlement-record.ts';
import type { Site } from './site.ts';

export type Temper = 'pays' | 'showsCode' | 'hesitates' | 'leaves' | 'waits';

export function temperFrom(stream: SeededStream): Temper {
  const roll = stream.below(100);
  if (roll < 75) return 'pays';
  if (roll < 87) return 'showsCode';
  if (roll < 92) return 'hesitates';
  return roll < 97 ? 'leaves' : 'waits';
}

export interface PatientParts {
  readonly site: Site;
  readonly kiosk: Kiosk;
  readonly record: SettlementRecord;
  readonly stream: SeededStream;
  /** The settlement is over for this patient and came to nothing. */
  readonly onNothing: () => void;
}

/** Notes, fen. */
const FACES_FEN = [10_000, 5_000, 2_000, 1_000, 500, 100] as const;
/** Copies that are tried before the slip is given up. */
const COPIES = 3;

export class Patient {
  readonly #parts: PatientParts;
  readonly #temper: Temper;
  #acted = false;

  constructor(parts: PatientParts) {
    this.#parts = parts;
    this.#temper = temperFrom(parts.stream);
    // Some have second thoughts before there is anything to pay.
    if (parts.stream.chance(15)) this.#later(50, 4_000, () => this.#giveUp('patientGaveUp'));
  }

  sees({ view }: SettlementStatus): void {
    const { site, record, stream, onNothing } = this.#parts;
    switch (view.state) {
      case 'awaitingPayment':
        if (!this.#acted) this.#act();
        this.#acted = true;
        return;
      case 'awaitingCard':
        if (!this.#acted && this.#parts.stream.chance(60))
          this.#later(500, 20_000, () => this.#giveUp('patientGaveUp'));
        this.#acted = true;
        return;
      case 'awaitingCash':
        if (!this.#acted) this.#later(1_000, 4_000, () => this.#putNote());
        this.#acted = true;
        return;
      case 'settled':
        this.#print(record.number, 1);
        if (stream.chance(60)) this.#later(60_000, 7_200_000, () => this.#print(record.number, COPIES));
        return;
      case 'notSettled':
        if (stream.chance(400)) site.agenda.after(stream.below(240_000) + 1_000, onNothing);
    }
  }

  #act(): void {
    switch (this.#temper) {
      case 'pays':
        this.#later(500, 6_000, () => this.#scan());
        return;
      case 'showsCode':
        this.#later(500, 6_000, () => this.#showCode());
        return;
      case 'hesitates':
        this.#later(2_000, 40_000, () => this.#giveUp('patientGaveUp'));
        if (this.#parts.stream.chance(500)) this.#later(2_000, 60_000, () => this.#scan());
        return;
      case 'leaves':
        this.#later(60_000, 120_000, () => this.#giveUp('patientGone'));
        if (this.#parts.stream.chance(400)) this.#later(30_000, 400_000, () => this.#scan());
        return;
      case 'waits':
        // Until the order is over; some pay in its very last second, or after it.
        if (this.#parts.stream.chance(600)) {
          const lifeMs = this.#parts.record.order.payOrderLifeMs;
          this.#later(lifeMs - 3_000, lifeMs + 6_000, () => this.#scan());
        }
    }
  }

  /** A phone: some ask for a password first. */
  #scan(): void {
    const { site, record, stream } = this.#parts;
    const { gateway, touched } = site.ledgers;
    const number = record.number.replace('set_', 'pay_');
    if (!stream.chance(400)) {
      if (gateway.pay(number)) touched.add(record.visitId);
      return;
    }
    if (!gateway.startPaying(number)) return;
    this.#later(500, 6_000, () => {
      touched.add(record.visitId);
      if (stream.chance(900)) gateway.pay(number);
    });
  }

  #showCode(): void {
    const { kiosk, record, stream, site } = this.#parts;
    kiosk.note(record, { note: 'codeShown' });
    // A bank that asks for a password has its answer a little later; a refused code is shown again, or not.
    this.#later(1_000, 15_000, () => {
      const order = site.ledgers.gateway.orders.get(record.number.replace('set_', 'pay_'));
      if (order?.state === 'userPaying' && stream.chance(700)) {
        site.ledgers.touched.add(record.visitId);
        site.ledgers.gateway.pay(order.number);
      } else if (record.said?.view.state === 'awaitingPayment') {
        if (stream.chance(600)) this.#showCode();
        else this.#giveUp('patientGone');
      }
    });
  }

  /** The largest note that fits, and the next, until it is enough; some have not enough with them. */
  #putNote(): void {
    const { kiosk, record, site, stream } = this.#parts;
    const view = record.said?.view;
    if (view?.state !== 'awaitingCash' || !kiosk.isOn) return;
    if (stream.chance(30)) {
      this.#giveUp('patientGaveUp');
      return;
    }
    const acceptor = site.ledgers.acceptor(kiosk.name);
    const noteFen = FACES_FEN.find((face) => face <= view.missingFen) ?? 100;
    if (view.missingFen > 0 && acceptor.insert(noteFen)) {
      const { counterFen } = acceptor;
      if (!kiosk.note(record, { note: 'noteInserted', amountFen: noteFen, counterFen })) acceptor.giveBack();
    }
    this.#later(1_500, 5_000, () => this.#putNote());
  }

  #giveUp(reason: 'patientGaveUp' | 'patientGone'): void {
    const { kiosk, record } = this.#parts;
    record.leaves ??= reason;
    kiosk.note(record, { note: 'giveUp', reason });
  }

  /** Journaled before the first byte; tried again under the next copy number, marked. */
  #print(number: string, triesLeft: number): void {
    const { kiosk, record, site, stream } = this.#parts;
    const { boot } = kiosk;
    const copy = kiosk.beginCopy(record);
    if (copy === undefined) return;
    site.agenda.after(200, () => {
      if (kiosk.boot !== boot || !kiosk.isOn) return;
      const came = site.ledgers.printer(kiosk.name).print({ number, copy, marked: copy > 1 });
      site.agenda.after(1_500, () => {
        if (kiosk.boot !== boot || !kiosk.isOn) return;
        const isSure = came && !stream.chance(10);
        kiosk.endCopy(record, copy, isSure ? 'printed' : 'unconfirmed');
        if (!isSure && triesLeft < COPIES) this.#print(number, triesLeft + 1);
      });
    });
  }

  #later(least: number, most: number, run: () => void): void {
    const { site, stream } = this.#parts;
    site.agenda.after(least + stream.below(Math.max(1, most - least)), run);
  }
}
