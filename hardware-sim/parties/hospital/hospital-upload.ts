/**
 * The HIS's own line to the insurance: 2201, 2203A and 2204 done before the
 * patient comes to a kiosk. It uses the same desk as the wire.
 */
import { fenText } from '../decimal.ts';
import type { InsuranceParty } from '../insurance/insurance-party.ts';
import { Refusal } from '../insurance/refusal.ts';
import type { InsuranceUpload } from './hospital-party.ts';

export function hospitalUpload(insurance: InsuranceParty): InsuranceUpload {
  let atWindow = 0;
  return {
    upload: (bill, patient) => {
      const active = patient.insurances.find((row) => row.status === '1') ?? patient.insurances[0];
      if (!active) return undefined;
      const { visits } = insurance;
      let visitId: string | undefined;
      try {
        visitId = visits.registerVisit({
          personNumber: patient.personNumber,
          insuranceType: active.type,
          credentialType: undefined,
          outpatientNumber: bill.outpatientNumber,
          begunAt: bill.visitedAt,
          doctorCode: bill.doctorCode,
          doctorName: bill.doctorName,
          departmentCode: bill.departmentCode,
          departmentName: bill.departmentName,
        });
        const details = { medicalType: bill.medicalType, diagnoses: bill.diagnoses.length };
        visits.describe(visitId, patient.personNumber, details);
        const chargeBatch = `C${bill.billId}-${bill.version}`;
        const rows = visits.uploadFees(
          visitId,
          patient.personNumber,
          bill.lines.map((line) => ({
            lineNumber: line.lineNumber,
            batch: chargeBatch,
            catalogueCode: line.catalogueCode,
            amount: fenText(line.amountFen),
            price: line.unitPrice,
            quantity: line.quantity,
            doctorCode: line.doctorCode,
            occurredAt: bill.visitedAt,
            notApproved: line.restricted !== undefined && line.restricted.basisId === null,
          })),
        );
        const splits = rows.map((row) => ({
          lineNumber: row.lineNumber,
          ...row.split,
          level: row.rule.level,
          category: row.category,
        }));
        return { visitId, chargeBatch, splits };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (visitId !== undefined) visits.cancelVisit(visitId, patient.personNumber);
        return undefined;
      }
    },
    settle: (bill, { visitId, chargeBatch }, patient) => {
      const active = patient.insurances.find((row) => row.status === '1') ?? patient.insurances[0];
      if (!active) throw new Refusal('未参保');
      atWindow += 1;
      const record = insurance.settlements.settle(
        `WINDOW${String(atWindow).padStart(6, '0')}`,
        {
          ...{ care: 'outpatient', personNumber: patient.personNumber, visitId, batch: chargeBatch },
          ...{ medicalType: bill.medicalType, insuranceType: active.type, useAccount: true, midStay: false },
          credential: { type: '02', number: patient.identityNumber, cardId: undefined },
          totalFen: bill.lines.reduce((sum, { amountFen }) => sum + amountFen, 0),
        },
        undefined,
      );
      return { settlementId: record.settlementId, ownFen: record.split.cashFen };
    },
    withdraw: (uploaded, patient) => {
      try {
        insurance.visits.cancelFees(uploaded.visitId, patient.personNumber, uploaded.chargeBatch);
        insurance.visits.cancelVisit(uploaded.visitId, patient.personNumber);
      } catch (error) {
        // Settled meanwhile: the visit stays as it is at the centre.
        if (!(error instanceof Refusal)) throw error;
      }
    },
  };
}
