import { expect, test } from 'vitest';
import { BILL_PLANS, type BillKind } from '../../../hardware-sim/parties/bills/bills.ts';
import { DEPARTMENTS, PRACTITIONERS } from '../../../hardware-sim/parties/bills/hospital-staff.ts';
import { CATALOGUE } from '../../../hardware-sim/parties/catalogue/catalogue.ts';
import { checkDigit, isInvented } from '../../../hardware-sim/parties/people/identity-number.ts';
import { PATIENTS } from '../../../hardware-sim/parties/people/patients.ts';
import { DEMO_BILLS } from '../../../hardware-sim/parties/virtual-world.ts';
import { onBench } from './parties-bench.ts';

test('the check digit is the one of GB 11643', () => {
  expect(checkDigit('11010519491231002')).toBe('X');
});

test('nobody in the virtual world can exist', () => {
  for (const { identityNumber, sex, key, born } of PATIENTS) {
    expect(isInvented(identityNumber), key).toBe(true);
    expect(Number(identityNumber.charAt(16)) % 2 === 1, key).toBe(sex === 'male');
    expect(identityNumber.slice(6, 14), key).toBe(born.replaceAll('-', ''));
  }
});

test('people share no number and every field fits its place on a card and on the wire', () => {
  const distinct = (pick: (patient: (typeof PATIENTS)[number]) => string | undefined) =>
    expect(new Set(PATIENTS.map(pick)).size).toBe(PATIENTS.length);
  distinct((patient) => patient.key);
  distinct((patient) => patient.identityNumber);
  distinct((patient) => patient.personNumber);
  distinct((patient) => patient.card?.number);
  distinct((patient) => patient.card?.cardIdHex);
  for (const { card, personNumber } of PATIENTS) {
    expect(card?.number).toMatch(/^[A-Z0-9]{9}$/);
    expect(card?.cardIdHex).toMatch(/^9900[0-9A-F]{28}$/);
    expect(personNumber.length).toBeLessThanOrEqual(30);
  }
});

test('codes of drugs, services, materials and staff have the national form', () => {
  for (const { code, key } of CATALOGUE)
    expect(code, key).toMatch(/^(X[0-9A-Z]{22}|Z[0-9A-Z]{19}|C\d{19}(\d{7})?|\d{15})$/);
  for (const { code } of PRACTITIONERS) expect(code).toMatch(/^D\d{12}$/);
  expect(DEPARTMENTS.length).toBeGreaterThan(0);
});

test('every demonstration bill and every kind of bill can be written', () => {
  const { parties } = onBench();
  for (const { patient, kind } of DEMO_BILLS) parties.hospital.addBill(patient, kind);
  for (const kind of Object.keys(BILL_PLANS)) parties.hospital.addBill('wang', kind as BillKind);
  expect(parties.hospital.book.entries.size).toBe(DEMO_BILLS.length + Object.keys(BILL_PLANS).length);
  expect(() => parties.hospital.addBill('nobody', 'small')).toThrow(RangeError);
});

test('the same seed shows the same codes', () => {
  const codes = (seed: number) => {
    const { parties } = onBench({ seed });
    return [parties.showECredential('zhang'), parties.payment.showPayCode(parties.wallet('zhang'))];
  };
  expect(codes(5)).toEqual(codes(5));
  expect(codes(5)).not.toEqual(codes(6));
});
