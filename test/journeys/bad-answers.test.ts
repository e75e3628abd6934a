/** Parties that answer what no contract allows: nothing is charged for it, and a page says so. */
import { describe, expect, it } from 'vitest';
import type { ReasonId } from '../../firmware/reasons.ts';
import { amountOff, badAnswers, huge, withMember, withoutMember } from '../../hardware-sim/parties/bad-answers.ts';
import type { Transform } from '../../hardware-sim/parties/mischief.ts';
import { simulatedSite } from '../../hardware-sim/world/simulated-site.ts';
import { EXAMPLE_PAID, expectFree, expectRefused, expectUntouched } from './endings.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

/** Answers that are no answer at all, whatever was asked. */
const GARBAGE: readonly [what: string, Transform, ReasonId][] = [
  ['an infcode that is neither 0 nor −1', badAnswers.infcodeOne, 'insuranceAnswerBroken'],
  ['a word for an infcode', badAnswers.infcodeWord, 'insuranceAnswerBroken'],
  ['no infcode', badAnswers.withoutInfcode, 'insuranceAnswerBroken'],
  ['a web page', badAnswers.htmlOk, 'insuranceAnswerBroken'],
  ['half an answer', badAnswers.truncated, 'insuranceAnswerBroken'],
  ['an empty answer', badAnswers.empty, 'insuranceAnswerBroken'],
  ['an answer of 5 MB', huge(5_000_000), 'insuranceAnswerBroken'],
  ['a gateway that says it cannot', badAnswers.html502, 'insuranceUnreachable'],
];

/** Answers with something wrong inside. */
const AMOUNTS: readonly [what: string, Transform][] = [
  ['amounts that are null', badAnswers.amountsNull],
  ['amounts that are empty texts', badAnswers.amountsEmpty],
  ['amounts with an exponent', badAnswers.amountsWithExponent],
  ['amounts with three decimals', badAnswers.amountsWithThreeDecimals],
  ['no setlinfo', withoutMember('setlinfo')],
  ['no own part', withoutMember('psn_cash_pay')],
  ['an own part that is one fen off', amountOff('psn_cash_pay', 1)],
  ['another total', withMember('medfee_sumamt', '1.00')],
];

async function answered(transaction: string, bad: Transform, visitDrivenBy?: 'kiosk'): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk(visitDrivenBy ? { visitDrivenBy } : {});
  await kiosk.run(() => kiosk.atRest);
  kiosk.insurance.answer(1, bad, { transaction });
  await kiosk.visit({});
  expect(kiosk.insurance.waiting).toBe(0);
  return kiosk;
}

describe('before money, the centre answers', () => {
  for (const transaction of ['1101', '2001', '2201', '2203A', '2204', '2206']) {
    const driver = /^220[134]/.test(transaction) ? 'kiosk' : undefined;
    for (const [what, bad, reason] of GARBAGE) {
      it(`${what} to ${transaction}: the visit ends with a reason and nothing charged`, async () => {
        expectRefused(await answered(transaction, bad, driver), 'S-STOP', reason);
      });
    }
  }
  for (const [what, bad] of AMOUNTS) {
    it(`${what} to 2206: the visit ends with a reason and nothing charged`, async () => {
      expectRefused(await answered('2206', bad), 'S-STOP', 'insuranceAnswerBroken');
    });
  }
  for (const transaction of ['1201', '5101', '5102']) {
    it(`a web page to ${transaction}: whoever may not be known to be allowed is not settled for`, async () => {
      expectRefused(await answered(transaction, badAnswers.htmlOk), 'S-STOP', 'eligibilityUnknown');
    });
  }
  for (const transaction of ['1101', '2206', '2207']) {
    it(`amounts as texts, and output as a text, to ${transaction} are allowed and settle`, async () => {
      for (const fine of [badAnswers.amountsAsStrings, badAnswers.outputAsString]) {
        expect((await answered(transaction, fine)).books).toEqual(EXAMPLE_PAID);
      }
    });
  }
});

describe('after 2207 was done, the centre answers', () => {
  for (const [what, bad] of [...GARBAGE, ...AMOUNTS]) {
    it(`${what}: the settlement is found out, not sent again, and counts once`, async () => {
      const kiosk = await answered('2207', bad);
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expect(kiosk.count('2207')).toBe(1);
      expect(kiosk.ended).toEqual(['settled']);
      expectFree(kiosk);
    });
  }
});

describe('a certificate that does not match', () => {
  it('at the centre ends on a page that says so, and nothing was said to the impostor', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    const { hall } = kiosk;
    const before = kiosk.wire.length;
    hall.insuranceLine.putImpostor(simulatedSite.insurance.url);
    await kiosk.visit({});
    expectRefused(kiosk, 'S-STOP', 'insuranceIdentity');
    // Only the hospital was asked whom it knows by this card.
    expect(kiosk.wire.slice(before)).toEqual(['POST /v1/patients/search']);
  });

  it('at the hospital or the payment broker charges nothing', async () => {
    for (const { url } of [simulatedSite.hospitalGateway, simulatedSite.paymentGateway]) {
      const kiosk = new VirtualKiosk();
      kiosk.hall.hospitalLine.putImpostor(url);
      await kiosk.visit({});
      expectUntouched(kiosk);
      expect(kiosk.ended).toEqual([url.includes('hospital') ? 'stopped' : 'notSettled']);
    }
  });
});

describe('the hospital and the payment broker answer', () => {
  const hospital: readonly [what: string, Transform, ReasonId][] = [
    ['a web page', badAnswers.htmlOk, 'hospitalUnreachable'],
    ['half a bill', badAnswers.truncated, 'hospitalUnreachable'],
    ['a bill without lines', withoutMember('lines'), 'hospitalAnswerBroken'],
    ['a bill whose total is a text', withMember('totalFen', '557.40'), 'hospitalAnswerBroken'],
    ['a bill whose lines do not add up', withMember('totalFen', '1'), 'hospitalAnswerBroken'],
  ];
  for (const [what, bad, reason] of hospital) {
    it(`${what}: the visit ends with a reason and nothing charged`, async () => {
      const kiosk = new VirtualKiosk();
      kiosk.hall.parties.wires.hospital.mischief.answer(1, bad, { path: '/bills/search' });
      await kiosk.visit({});
      expectRefused(kiosk, 'S-STOP', reason);
    });
  }
  for (const bad of [badAnswers.htmlOk, badAnswers.html502, badAnswers.truncated, withoutMember('payCode')]) {
    for (const money of ['payThenSettle', 'settleThenPay'] as const) {
      it(`nonsense for a new payment order once, ${money}: it is asked for again under its number`, async () => {
        const kiosk = new VirtualKiosk({ money });
        kiosk.hall.parties.wires.payment.mischief.answer(1, bad, { method: 'POST' });
        await kiosk.visit({});
        expect(kiosk.books).toEqual(EXAMPLE_PAID);
        expectFree(kiosk);
      });
      it(`nonsense for every payment order, ${money}: nothing is charged and nothing claimed`, async () => {
        const kiosk = new VirtualKiosk({ money });
        kiosk.hall.parties.wires.payment.mischief.answer(20, bad, { path: '/v1/orders', method: 'POST' });
        await kiosk.visit({});
        expectUntouched(kiosk);
        expect(kiosk.ended).toEqual(['notSettled']);
      });
    }
  }
});
