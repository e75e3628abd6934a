/** Uploads by the national interface: each carries its own key, so a repetition after a lost answer does no harm. */
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { Clock } from '../ports.ts';
import type { PlatformAnswer } from './insurance-platform.ts';
import type { InsuranceUploads, Sale, SaleReturn, SelfPayVisit, SettlementList } from './insurance-uploads.ts';
import type { PlatformLine } from './platform-line.ts';
import { platformTime } from './platform-time.ts';
import {
  asAccepted,
  readSaleResult,
  saleInput,
  saleReturnInput,
  selfPayVisitFault,
  selfPayVisitInput,
} from './sales.ts';
import { readListId, settlementListFaults, settlementListInput } from './settlement-list.ts';
import { transactions } from './transactions.ts';

export class NationalUploads implements InsuranceUploads {
  readonly #line: PlatformLine;
  readonly #clock: Clock;
  readonly #hospital: KioskConfig['hospital'];

  constructor(line: PlatformLine, clock: Clock, hospital: KioskConfig['hospital']) {
    this.#line = line;
    this.#clock = clock;
    this.#hospital = hospital;
  }

  async uploadSettlementList(list: SettlementList): Promise<PlatformAnswer<{ readonly listId: string }>> {
    const faults = settlementListFaults(list);
    if (faults.length > 0) return { outcome: 'refused', infcode: '', message: faults.join(' ') };
    return this.#line.send({
      transaction: transactions.settlementList,
      insuredArea: list.insuredArea,
      input: settlementListInput(list, this.#hospital, platformTime(this.#clock.wallMs())),
      read: readListId,
    });
  }

  async uploadSale(sale: Sale): Promise<PlatformAnswer<void>> {
    const answer = await this.#line.send({
      transaction: transactions.sale,
      insuredArea: sale.insuredArea,
      input: saleInput(sale),
      read: readSaleResult,
    });
    return asAccepted(answer);
  }

  async uploadSaleReturn(saleReturn: SaleReturn): Promise<PlatformAnswer<void>> {
    const answer = await this.#line.send({
      transaction: transactions.saleReturn,
      insuredArea: saleReturn.insuredArea,
      input: saleReturnInput(saleReturn),
      read: readSaleResult,
    });
    return asAccepted(answer);
  }

  async uploadSelfPayVisit(visit: SelfPayVisit): Promise<PlatformAnswer<void>> {
    const fault = selfPayVisitFault(visit);
    if (fault !== undefined) return { outcome: 'refused', infcode: '', message: fault };
    return this.#line.send({
      transaction: transactions.selfPayVisit,
      input: selfPayVisitInput(visit, this.#hospital),
      read: () => undefined,
    });
  }
}
