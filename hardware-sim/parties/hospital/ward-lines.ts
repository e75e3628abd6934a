/**
 * What the ward tells the others: 2401, 2301 and 2402 to the insurance, whoever
 * drives the outpatients' visits, and deposits of earlier days to whoever took them.
 */
import { secondText } from '../beijing-time.ts';
import { DOCTOR, WARD } from '../bills/hospital-staff.ts';
import { fenText } from '../decimal.ts';
import type { InsuranceParty } from '../insurance/insurance-party.ts';
import { Refusal } from '../insurance/refusal.ts';
import type { Acquirer } from '../payment/acquirer.ts';
import type { BankCard } from '../payment/bank-card.ts';
import type { PaymentParty } from '../payment/payment-party.ts';
import type { Wallet } from '../payment/wallet.ts';
import type { WardLines } from './stay.ts';

export interface WardNeighbours {
  readonly insurance: InsuranceParty;
  readonly payment: PaymentParty;
  readonly acquirer: Acquirer;
  readonly institutionCode: string;
  walletOf(key: string): Wallet;
  cardOf(key: string): BankCard;
}

export function wardLines(neighbours: WardNeighbours): WardLines {
  const { insurance, payment, acquirer, institutionCode } = neighbours;
  const { stays } = insurance;
  let sequence = 0;
  return {
    upload: (stay) => {
      const { insured } = stay.patient;
      const active = insured?.insurances.find((row) => row.status === '1');
      if (!insured || !active) return undefined;
      const { personNumber } = insured;
      sequence += 1;
      try {
        const visitId = stays.admit(`${institutionCode}20260101000000${String(sequence).padStart(4, '0')}`, {
          personNumber,
          insuranceType: active.type,
          credential: undefined,
          outpatientNumber: stay.inpatientNumber,
          begunAt: secondText(stay.admittedMs),
          doctorCode: DOCTOR.code,
          doctorName: DOCTOR.name,
          departmentCode: WARD.departmentCode,
          departmentName: WARD.departmentName,
          medicalType: '21',
          bed: WARD.bed,
          diagnoses: 1,
        });
        const chargeBatch = `C${stay.stayId}`;
        const rows = stays.uploadFees(
          visitId,
          personNumber,
          stay.lines.map((line) => ({
            lineNumber: line.lineNumber,
            batch: chargeBatch,
            catalogueCode: line.catalogueCode,
            amount: fenText(line.amountFen),
            price: line.unitPrice,
            quantity: line.quantity,
            doctorCode: line.doctorCode,
          })),
        );
        const splits = rows.map(({ lineNumber, split, rule, category }) => ({
          lineNumber,
          ...split,
          level: rule.level,
          category,
        }));
        return { visitId, chargeBatch, splits };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return undefined;
      }
    },
    discharge: ({ patient, discharge }, { visitId }) => {
      if (!patient.insured || discharge.orderedMs === undefined) return false;
      try {
        const at = secondText(discharge.orderedMs);
        stays.discharge(visitId, patient.insured.personNumber, { at, way: '1', diagnoses: 1 });
        return true;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return false;
      }
    },
    takenBefore: ({ payer, amountFen, paidMs, paidBy }) => {
      if (paidBy === 'code') return payment.takenBefore(neighbours.walletOf(payer), amountFen, paidMs);
      const orderNumber = `old_card_${acquirer.sales.size + 1}`;
      acquirer.takenBefore(orderNumber, neighbours.cardOf(payer), amountFen, paidMs);
      return orderNumber;
    },
  };
}
