/**
 * What the kiosk tells people who are not in front of it: a task for an office of the hospital, an alarm for the
 * authority. Rows of the outbox, so that nothing told is lost with the power; ids and words only, no person.
 */
import { type Outbox, outboxOf } from '../settlement/outbox-port.ts';
import type { NewRow } from '../settlement/outbox-rows.ts';
import type { SettlementLedger } from '../settlement/settlement-ledger.ts';

/** For the price office: a list that was not taken, one that grew old, prices above what the hospital pays. */
export type PriceTask = 'priceListRefused' | 'oldPriceList' | 'soldAbovePurchase';

/** For the insurance office: our agreement was stopped, is back, ends within three months. */
export type AgreementTask = 'agreementStopped' | 'agreementBack' | 'agreementEnds';

type Facts = Readonly<Record<string, string | number | readonly string[]>>;

export interface Notices {
  /**
   * @param number What staff name it by; with `task` it is the key under which a repetition is known.
   * @returns whether it is on the disk. Never rejects: a ledger that stopped is told to `onStopped`.
   */
  staffTask(
    number: string,
    task: 'heldBill' | 'complaint' | 'oldRulePack' | 'oldInformation' | 'journalDamaged' | AgreementTask | PriceTask,
    facts: Facts,
  ): Promise<boolean>;
  /** 好差评: once a service; `number` is the session's. */
  rated(number: string, kioskId: string, stars: number): void;
  /** How loud it is stands in it. */
  authorityAlarm(number: string, loud: 'highest' | 'high', facts: Facts): void;
}

export interface NoticesParts {
  readonly ledger: Pick<SettlementLedger, 'outbox'>;
  /** There is something to send now. */
  readonly onTold: () => void;
  readonly onStopped: (error: Error) => void;
}

export function outboxNotices({ ledger, onTold, onStopped }: NoticesParts): Notices {
  const outbox: Pick<Outbox, 'add'> = outboxOf(ledger);
  const tell = async (row: NewRow): Promise<boolean> => {
    try {
      await outbox.add([row]);
    } catch (error) {
      onStopped(error instanceof Error ? error : new Error(String(error)));
      return false;
    }
    onTold();
    return true;
  };
  return {
    staffTask: (number, task, facts) =>
      tell({ kind: 'staffTask', key: `${number} ${task}`, body: JSON.stringify({ number, task, ...facts }) }),
    rated: (number, kioskId, stars) =>
      void tell({ kind: 'serviceRated', key: `${number} rated`, body: JSON.stringify({ kioskId, stars }) }),
    authorityAlarm: (number, loud, facts) =>
      void tell({
        kind: 'authorityAlarm',
        key: `${number} alarm`,
        body: JSON.stringify({ fault: number, number: 1, stage: 'alarm', class: loud, ...facts }),
      }),
  };
}
