import { describe, expect, test } from 'vitest';
import type { BillLine } from '../../../firmware/hospital/hospital-gateway.ts';
import { consentDue } from '../../../firmware/region/consent.ts';
import { bill, line, profile } from '../kiosk-fixture.ts';

const own = (name: string, unitPrice: string, change: Partial<BillLine> = {}) =>
  line({ name, unitPrice, level: '03', ...change });
const asked = (lines: readonly BillLine[], region = 'zhejiang') => consentDue([bill(lines)], profile(region));

describe('Zhejiang: from 200 yuan, by unit price or added up', () => {
  test('[part of Z-6.2.4] a non-covered line of 199.99 yuan asks nothing', () => {
    expect(asked([own('a', '199.99')])).toMatchObject({ due: false, items: [], totalFen: 0 });
  });

  test('[part of Z-6.2.4] a non-covered line of exactly 200.00 yuan asks for consent', () => {
    expect(asked([own('a', '200.00')])).toMatchObject({
      due: true,
      totalFen: 20_000,
      items: [{ because: 'unitPrice' }],
    });
  });

  test('[part of Z-6.2.4] a non-covered line of 200.01 yuan asks for consent', () => {
    expect(asked([own('a', '200.01')]).due).toBe(true);
  });

  test('[part of Z-6.2.4] a unit price of six decimals is compared exactly, not rounded', () => {
    const nearly = own('a', '199.999999', { amountFen: 19_999 });
    expect(asked([nearly]).due).toBe(false);
    expect(asked([own('a', '200.000000')]).due).toBe(true);
  });

  test('[part of Z-6.2.4] exactly 200.00 asks nothing where the profile says "more than"', () => {
    const strict = profile('zhejiang');
    const rule = { consent: { ...strict.consent, comparison: 'moreThan' as const } };
    expect(consentDue([bill([own('a', '200.00')])], rule).due).toBe(false);
    expect(consentDue([bill([own('a', '200.01')])], rule).due).toBe(true);
  });

  test('[part of Z-6.2.4] cheaper lines of 120.00 and 80.00 add up and ask for both', () => {
    const question = asked([own('a', '120.00'), own('b', '80.00')]);
    expect(question).toMatchObject({ due: true, totalFen: 20_000 });
    expect(question.items.map((item) => item.because)).toEqual(['sum', 'sum']);
    expect(asked([own('a', '120.00'), own('b', '79.99')]).due).toBe(false);
  });

  test('[part of Z-6.2.4] seven times 30.00 yuan on one line asks, six times does not', () => {
    expect(asked([own('a', '30.00', { quantity: '7', amountFen: 21_000 })]).due).toBe(true);
    expect(asked([own('a', '30.00', { quantity: '6', amountFen: 18_000 })]).due).toBe(false);
  });

  test('[part of Z-6.2.4] two bills of one visit add up, two visits do not', () => {
    const first = bill([own('a', '120.00')]);
    const second = bill([own('b', '80.00')], { billId: 'bil_2' });
    expect(consentDue([first, second], profile('zhejiang')).items).toHaveLength(2);
    const otherVisit = { ...second, outpatientNumber: 'OP-2' };
    expect(consentDue([first, otherVisit], profile('zhejiang')).due).toBe(false);
  });

  test('[part of Z-6.2.4] what was performed without consent goes to the desk and is not asked for afterwards', () => {
    const question = asked([own('done', '300.00', { performed: true })]);
    expect(question).toMatchObject({ due: false, items: [], notToldBefore: [{ name: 'done' }] });
  });

  test('[part of Z-6.2.4] a line with an earlier consent id is not asked again but still counts towards the sum', () => {
    const told = own('told', '300.00', { performed: true, consentId: 'con_1' });
    expect(asked([told])).toMatchObject({ due: false, notToldBefore: [] });
    const question = asked([own('a', '120.00', { consentId: 'con_1' }), own('b', '80.00')]);
    expect(question.items.map((item) => item.name)).toEqual(['b']);
  });

  test('[part of Z-6.2.4] covered lines ask nothing, whatever they cost', () => {
    expect(asked([line({ unitPrice: '900.00', level: '02' })]).due).toBe(false);
  });

  test('[part of Z-6.2.4] a line that only the centre calls 自费 asks as well', () => {
    const covered = line({ unitPrice: '260.00', level: '02' });
    const split = {
      lineNumber: covered.lineNumber,
      amountFen: 26_000,
      outOfScopeFen: 26_000,
      overLimitFen: 0,
      preSelfPayFen: 0,
      inScopeFen: 0,
      level: '03' as const,
      category: '05',
    };
    const centre = new Map([['bil_1', [split]]]);
    expect(consentDue([bill([covered])], profile('zhejiang'), centre).due).toBe(true);
    const uploaded = { visitId: 'V1', chargeBatch: 'B1', splits: [split] };
    expect(consentDue([bill([covered], { uploaded })], profile('zhejiang')).due).toBe(true);
  });
});

describe('other places', () => {
  test('[N-15b] the national profile asks for any amount, by a click', () => {
    expect(asked([own('a', '0.01')], 'national').due).toBe(true);
    expect(profile('national').consent.signature).toBe('none');
    expect(asked([own('free', '0.00')], 'national').due).toBe(false);
  });

  test('[N-15b] an emergency is skipped with a note', () => {
    const question = consentDue([bill([own('a', '500.00')], { emergency: true })], profile('national'));
    expect(question).toMatchObject({ due: false, items: [], notToldBefore: [], exempted: [{ name: 'a' }] });
  });

  test('Shenzhen asks for any amount, signed by patient, relative or guardian, emergencies apart', () => {
    expect(asked([own('a', '1.00')], 'shenzhen').due).toBe(true);
    expect(profile('shenzhen').consent).toMatchObject({
      signature: 'required',
      signers: ['patient', 'relative', 'guardian'],
      emergencyExempt: true,
    });
  });

  test('Hunan asks in writing: signed, with a printed copy', () => {
    expect(asked([own('a', '1.00')], 'hunan').due).toBe(true);
    expect(profile('hunan').consent).toMatchObject({ signature: 'required', printedCopy: true });
  });
});
