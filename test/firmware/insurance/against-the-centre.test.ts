/** The client against the virtual centre, which was written a second time from the interface and shares no code. */
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import { cardOf, kioskAtCentre as kiosk, MSGID, ok, questionOf, VOID_MSGID } from './centre-bench.ts';

describe('an outpatient settlement', () => {
  for (const [title, drivenBy, rules, text] of [
    ['driven by the hospital', 'hospital', {}, false],
    ['driven by the kiosk, output as text', 'kiosk', {}, true],
    ['over the one entry, without password path', 'kiosk', { paths: 'single', settlePath: '2207A' }, false],
  ] as const) {
    test(`${title}, comes to the amounts of the reference's example`, async () => {
      const at = kiosk(drivenBy, rules, { insurance: { outputAsText: text } });
      const question = await questionOf(at);
      const preSettled = ok(await at.platform.preSettle(question));
      expect(preSettled).toMatchObject({
        totalFen: 55_740,
        fundFen: 19_680,
        accountFen: 17_035,
        mutualAidFen: 5_000,
        ownFen: 19_025,
      });
      const settled = ok(await at.platform.settle(MSGID, question, preSettled));
      expect(settled).toMatchObject({ messageId: MSGID, settledAt: '2026-11-22 09:00:00', amounts: preSettled });
    });
  }

  test('[Z-8.3.3] uploads diagnoses and lines before it asks for the split', async () => {
    const at = kiosk('kiosk');
    await at.platform.preSettle(await questionOf(at));
    const numbers = at.http.exchanges
      .filter(({ host }) => host === 'insurance')
      .map(({ asked }) => (asked as { infno: string }).infno);
    expect(numbers.slice(-4)).toEqual(['2201', '2203A', '2204', '2206']);
  });

  test('whose answer was lost is found by either query, and is gone after its reversal', async () => {
    for (const settlementQuery of ['5201-then-5203', '5203-by-visit'] as const) {
      const at = kiosk('hospital', { settlementQuery });
      const question = await questionOf(at);
      expect(ok(await at.platform.findSettlement(MSGID, question))).toBeUndefined();
      const settled = ok(await at.platform.settle(MSGID, question, ok(await at.platform.preSettle(question))));
      expect(ok(await at.platform.findSettlement(MSGID, question))).toEqual(settled);
      expect(ok(await at.platform.findSettlement(VOID_MSGID, question))).toBeUndefined();
      const original = { messageId: MSGID, transaction: '2207' as const };
      expect(ok(await at.platform.reverse(original, question))).toEqual({ reversed: 'reversed' });
      expect(ok(await at.platform.reverse(original, question))).toEqual({ reversed: 'reversed' });
      expect(ok(await at.platform.findSettlement(MSGID, question))).toBeUndefined();
      const unheard = { messageId: VOID_MSGID, transaction: '2207' as const };
      expect(ok(await at.platform.reverse(unheard, question))).toEqual({ reversed: 'notFound' });
    }
  });

  test('that is voided counts no more and gives the account back', async () => {
    const at = kiosk('hospital');
    const question = await questionOf(at);
    const preSettled = ok(await at.platform.preSettle(question));
    const { settlementId } = ok(await at.platform.settle(MSGID, question, preSettled));
    expect(ok(await at.platform.voidSettlement(VOID_MSGID, question, settlementId)).settlementId).not.toBe(
      settlementId,
    );
    expect(ok(await at.platform.findSettlement(MSGID, question))).toBeUndefined();
    const [insurance] = ok(await at.platform.person(question.credential)).insurances;
    expect(insurance?.accountBalanceFen).toBe(12_035);
  });
});

describe('identity and standing', () => {
  test('a 医保码 is decoded once, its token answers 1101, the second decode is refused', async () => {
    const at = kiosk('hospital');
    const code = new Secret(at.parties.showECredential('zhang'));
    const { token, name } = ok(await at.platform.decodeECredential(code, '01301'));
    const person = ok(await at.platform.person({ type: '01', number: token }));
    expect(person.name.reveal()).toBe(name.reveal());
    expect(await at.platform.decodeECredential(code, '01301')).toMatchObject({ outcome: 'refused' });
  });

  test('entitlement is told for an active and for a paused insurance', async () => {
    const at = kiosk('hospital');
    const { person } = await cardOf(at);
    const { personNumber } = person;
    const ask = () =>
      at.platform.entitlement({
        personNumber,
        insuredArea: '990001',
        insuranceType: '310',
        medicalType: '11',
        begunAt: '2026-11-22 08:00:00',
      });
    expect(ok(await ask())).toEqual({ entitled: true, reason: undefined });
    at.parties.insurance.pauseInsurance(personNumber.reveal());
    expect(ok(await ask())).toMatchObject({ entitled: false, reason: expect.any(String) });
  });

  test('[SZ-246, N-38(5)] [part of N-38(6)] doctor, department and institution are active until they are paused', async () => {
    const { platform, parties } = kiosk('hospital');
    const all = async () => [
      ok(await platform.practitionerStanding('D990001000001')),
      ok(await platform.departmentStanding('D0101')),
      ok(await platform.institutionStanding()),
    ];
    expect(await all()).toEqual(['active', 'active', 'active']);
    parties.insurance.suspendPractitioner('D990001000001');
    parties.insurance.suspendDepartment('D0101');
    parties.insurance.suspendInstitution();
    expect(await all()).toEqual(['paused', 'paused', 'paused']);
    expect(ok(await platform.practitionerStanding('D990001999999'))).toBe('unknown');
  });

  test('a centre that forgot the sign-in is signed in to again in the middle of the day', async () => {
    const at = kiosk('hospital');
    const { credential } = await cardOf(at);
    at.parties.insurance.forgetSignIns();
    expect(await at.platform.person(credential)).toMatchObject({ outcome: 'ok' });
  });
});
