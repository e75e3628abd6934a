/**
 * The hospital over docs/interfaces/hospital.openapi.yaml. The promise: a bill list is answered whole or not at all;
 * one broken bill makes the answer malformed instead of leaving a bill out in silence.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { JsonOutput } from '../json.ts';
import { PartyWire, partyPath } from '../party-http.ts';
import type { HttpPort } from '../ports.ts';
import { readBill } from './bill-fields.ts';
import type { Bill, BillConfirmation, HospitalBills, PartyAnswer } from './hospital-gateway.ts';

/** A hospital answers from its own network; longer than this and the patient is better told. */
const TIMEOUT_MS = 10_000;
/** Characters of the next step that screen and paper have room for. */
const LONGEST_STEP = 200;

export interface HttpHospitalGatewayOptions {
  readonly http: HttpPort;
  /** Config `hospitalGateway`. */
  readonly gateway: { readonly url: string; readonly token: string };
  /** Whole exchange, ms. */
  readonly timeoutMs?: number;
}

export class HttpHospitalGateway implements HospitalBills {
  readonly #wire: PartyWire;

  constructor(options: HttpHospitalGatewayOptions) {
    const { http, gateway, timeoutMs = TIMEOUT_MS } = options;
    this.#wire = new PartyWire({ http, ...gateway, timeoutMs });
  }

  openBills(person: {
    readonly certificateNumber: Secret<string>;
    readonly personNumber: Secret<string>;
  }): Promise<PartyAnswer<readonly Bill[], 'unknownPatient'>> {
    return this.#wire.call({
      method: 'POST',
      path: '/v1/bills/search',
      body: {
        certificateNumber: person.certificateNumber.reveal(),
        personNumber: person.personNumber.reveal(),
      },
      refusals: ['unknownPatient'],
      read: (answer) => answer.list('bills').map(readBill),
    });
  }

  lockBill(lock: {
    readonly billId: string;
    readonly version: string;
    readonly settlementNumber: string;
    readonly ttlSeconds: number;
  }): Promise<PartyAnswer<void, 'lockedElsewhere' | 'alreadySettled' | 'changed' | 'unknownBill'>> {
    const { billId, version, settlementNumber, ttlSeconds } = lock;
    return this.#wire.call({
      method: 'POST',
      path: partyPath`/v1/bills/${billId}/lock`,
      body: { version, settlementNumber, ttlSeconds },
      refusals: ['lockedElsewhere', 'alreadySettled', 'changed', 'unknownBill'],
      read: () => undefined,
    });
  }

  unlockBill(billId: string, settlementNumber: string): Promise<PartyAnswer<void, 'alreadySettled' | 'unknownBill'>> {
    return this.#wire.call({
      method: 'POST',
      path: partyPath`/v1/bills/${billId}/unlock`,
      body: { settlementNumber },
      refusals: ['alreadySettled', 'unknownBill'],
      read: () => undefined,
    });
  }

  confirmBill(
    billId: string,
    confirmation: BillConfirmation,
  ): Promise<
    PartyAnswer<
      { readonly receiptNumber: string; readonly nextStep: string },
      'lockedElsewhere' | 'alreadySettled' | 'changed' | 'unknownBill'
    >
  > {
    return this.#wire.call({
      method: 'POST',
      path: partyPath`/v1/bills/${billId}/confirm`,
      body: confirmationBody(confirmation),
      refusals: ['lockedElsewhere', 'alreadySettled', 'changed', 'unknownBill'],
      read: (answer) => ({
        receiptNumber: answer.text('receiptNumber'),
        nextStep: answer.optionalText('nextStep')?.slice(0, LONGEST_STEP) ?? '',
      }),
    });
  }
}

function confirmationBody({ flow, returns, owed, ...confirmation }: BillConfirmation): JsonOutput {
  return {
    ...confirmation,
    kind: flow,
    centreSettlementId: confirmation.centreSettlementId ?? null,
    centreMessageId: confirmation.centreMessageId ?? null,
    formerSettlementNumber: confirmation.formerSettlementNumber ?? null,
    depositFen: confirmation.depositFen ?? 0,
    payOrderNumber: confirmation.payOrderNumber ?? null,
    parkedNumber: confirmation.parkedNumber ?? null,
    returns: returns.map((leg) => ({ ...leg })),
    owed: (owed ?? []).map((task) => ({ ...task })),
  };
}
