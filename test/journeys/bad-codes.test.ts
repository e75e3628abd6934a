/** Codes that are too long, used, old, or something else: said in words, and a fresh code goes on at once. */
import { describe, expect, it } from 'vitest';
import type { ReasonId } from '../../firmware/reasons.ts';
import { noPresenceSensor } from '../../firmware/session/presence.ts';
import { badAnswers } from '../../hardware-sim/parties/bad-answers.ts';
import { zhReasons } from '../../kiosk-ui/text/zh-reasons.ts';
import { EXAMPLE_PAID, expectExplained, expectFree, expectRefused, expectUntouched } from './endings.ts';
import type { Deed, Plan } from './patient.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

const BY_CODE: Plan = { 'S-HOME': 'showCode' };

/** How often the centre was asked what a code means. */
const decodes = (kiosk: VirtualKiosk): number => kiosk.wire.filter((call) => call.includes('localQrCodeQuery')).length;

describe('codes at the home screen', () => {
  const bad: readonly [what: string, show: Deed, reason: ReasonId][] = [
    ['a code of 100 kB', 'showHugeCode', 'codeUnreadable'],
    ['a payment code', 'showPayCode', 'notACredential'],
    ['a made-up code', ({ hall }) => hall.scanner.show(`E${'7'.repeat(27)}`), 'codeExpiredOrUsed'],
    ['control characters', ({ hall }) => hall.scanner.show(Uint8Array.of(0x45, 0x00, 0x1b, 0x02)), 'codeUnreadable'],
  ];
  for (const [what, show, reason] of bad) {
    it(`${what} is named, and a fresh 医保码 on the same page settles the bill`, async () => {
      const kiosk = new VirtualKiosk();
      await kiosk.visit({ 'S-HOME': show, 'S-ID-HELP': 'showCode' });
      expectExplained(kiosk, 'S-ID-HELP', reason);
      expect(kiosk.ended).toEqual(['settled']);
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expectFree(kiosk);
    });
  }

  it('who says 不是我 is not asked about at the hospital', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ ...BY_CODE, 'S-WHO': 'decline' });
    expect(kiosk.ended).toEqual(['canceled']);
    await kiosk.pass(5_000);
    expect(kiosk.wire.some((call) => call.includes('bills'))).toBe(false);
  });

  it('the same code a second time is refused with the word to refresh it, and audited', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ ...BY_CODE, 'S-WHO': 'decline' });
    expectUntouched(kiosk);
    await kiosk.pass(5_000);
    await kiosk.visit({ 'S-HOME': 'showSameCode', 'S-ID-HELP': 'cancel' });
    expectExplained(kiosk, 'S-ID-HELP', 'codeExpiredOrUsed');
    expect(zhReasons.codeExpiredOrUsed.act).toContain('刷新医保码');
    expectUntouched(kiosk);
  });

  it('[part of SZ-217b] the same code twice: the second is refused here, without asking the centre, and both are audited', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ ...BY_CODE, 'S-WHO': 'decline' });
    const asked = decodes(kiosk);
    await kiosk.pass(5_000);
    await kiosk.visit({ 'S-HOME': 'showSameCode', 'S-ID-HELP': 'cancel' });
    expectExplained(kiosk, 'S-ID-HELP', 'codeExpiredOrUsed');
    expect([asked, decodes(kiosk)]).toEqual([1, 1]);
    expect(kiosk.audited('code.refused')).toHaveLength(1);
    expectUntouched(kiosk);
  });

  it('[part of SZ-217b] a code with an empty place in front of the kiosk is refused, audited and not asked about; with the person there it settles', async () => {
    let place: 'here' | 'gone' = 'gone';
    const kiosk = new VirtualKiosk({ presenceSensor: { ...noPresenceSensor, now: () => place } });
    const code = kiosk.hall.parties.showECredential('zhang');
    await kiosk.visit({ 'S-HOME': ({ hall }) => hall.scanner.show(code), 'S-ID-HELP': 'cancel' });
    expectExplained(kiosk, 'S-ID-HELP', 'nobodyThere');
    expect(zhReasons.nobodyThere.act).toContain('本人');
    expect(decodes(kiosk)).toBe(0);
    expectUntouched(kiosk);

    place = 'here';
    await kiosk.pass(5_000);
    await kiosk.visit({ 'S-HOME': ({ hall }) => hall.scanner.show(code) });
    expect(kiosk.ended.at(-1)).toBe('settled');
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
  });

  it('a code that did not reach the centre may be shown again', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    kiosk.hand('cutInsuranceLine');
    await kiosk.visit(BY_CODE);
    expect(decodes(kiosk)).toBe(0);
    kiosk.hand('restoreInsuranceLine');
    await kiosk.visit({ 'S-HOME': 'showSameCode', 'S-WHO': 'decline', 'S-ID-HELP': 'cancel' });
    expect(decodes(kiosk)).toBe(1);
  });

  it('[part of SZ-217b] a code that was shown a minute too late is refused with the word to refresh it, and audited', async () => {
    const kiosk = new VirtualKiosk();
    const code = kiosk.hall.parties.showECredential('zhang');
    await kiosk.pass(60_500);
    await kiosk.visit({ 'S-HOME': ({ hall }) => hall.scanner.show(code), 'S-ID-HELP': 'cancel' });
    expectExplained(kiosk, 'S-ID-HELP', 'codeExpiredOrUsed');
    expect(zhReasons.codeExpiredOrUsed.act).toContain('刷新医保码');
    expectUntouched(kiosk);
  });

  it('the code of somebody whom the centre names otherwise is stopped', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    kiosk.hand('answerOtherName');
    await kiosk.visit(BY_CODE);
    expectRefused(kiosk, 'S-STOP', 'personDiffers');
  });

  it('a decoder that answers a web page is not taken for a word about the code', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    kiosk.insurance.answer(1, badAnswers.htmlOk);
    await kiosk.visit(BY_CODE);
    expectRefused(kiosk, 'S-STOP', 'insuranceAnswerBroken');
  });

  it('[SZ-213a] without a credential no bill is shown, not even its items', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ 'S-HOME': 'start' });
    expect(kiosk.patient.screens.filter((name) => name !== 'S-OUT')).toEqual(['S-HOME', 'S-ID-HELP', 'S-HOME']);
    expect(kiosk.ended).toEqual(['timeOut']);
    expect(kiosk.wire.some((call) => call.includes('bills'))).toBe(false);
  });
});
