/**
 * [M7] Every journey with eyes closed: the real page in Chromium, the real kiosk on its wires, and a robot that hears
 * the headset and presses five keys.
 *
 * One after the other at one kiosk: a few in each run, `YIZHAN_ROBOTS` names others between commas, or `all` (half an
 * hour). The last line is JSON.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClock } from '../../hardware-sim/world/real-clock.ts';
import { tables } from '../../kiosk-ui/text/fill.ts';
import { eventually, LiveKiosk } from '../support/live-kiosk.ts';
import { TextLoudspeaker, textMaker } from '../support/text-speech.ts';
import { chromiumPath, launchChromium } from './chromium.ts';
import { type Cue, Listener, type Way } from './listener.ts';

const { zh } = tables;
/** What each run has: money with a card, reading, and help. The others take two to four minutes each. */
const EVERY_RUN = 'outpatient by card, guides and notices, help';
const asked = process.env['YIZHAN_ROBOTS'] ?? EVERY_RUN;
/** Two hundred times as fast as a patient hears. */
const MS_PER_LETTER = 1;

const takesCard: Cue = { hear: zh.removeCard, act: { hand: 'removeCard' } };
const putsCardDown: Cue = { hear: zh.home.cardAndCode, act: { hand: 'insertCard' } };
const showsCode: Cue = { hear: zh.home.cardAndCode, act: { hand: 'showCode' } };
const isAskedForCard: Cue = { hear: zh.idHelp.title, act: { hand: 'insertCard' } };
const touchesTile = (tile: string): Cue => ({ hear: zh.home.cardAndCode, act: { press: tile } });
const confirmsBill: Cue = { hear: zh.bill.confirm, act: { press: zh.bill.confirm } };
const wantsToPay: Cue = { hear: zh.split.pay, act: { press: zh.split.pay } };
const settles: Cue = { hear: zh.split.settle, act: { press: zh.split.settle } };
const paysByPhone: Cue = { hear: '对准这个码', act: { hand: 'payByPhone' } };
const rates: Cue = { hear: zh.done.rate, act: { press: zh.done.stars[4] } };
/** Behind a tile of the home screen there may be a menu first. */
const throughMenu = (menu: 'papers' | 'more', job: string): readonly Cue[] => [
  { hear: zh.ways.menu[menu].title, act: { press: `${job}，按钮` } },
  { hear: zh.ways.jobs[menu], act: { press: zh.ways.jobs[menu] } },
];
const goes = (word: string): Cue => ({ hear: word, act: { press: word } });
const letters = (word: string): readonly Cue[] =>
  [...word].map((letter) => ({ hear: zh.price.leave, act: { press: `${letter}，` } }));

interface Journey extends Way {
  readonly name: string;
  readonly person: string;
  readonly bills?: readonly string[];
}

/** The number on the slip of the newest settlement that the hospital has. */
const newestNumber = (live: LiveKiosk): string =>
  live.hall.parties.ledger.confirmedBills().at(-1)?.settlementNumber ?? 'none';
const finishes = zh.done.finish;

/** In this order in one hall: the refund is of what was settled before. */
const journeys: readonly Journey[] = [
  {
    name: 'outpatient by card',
    person: 'zhang',
    bills: ['severalLines'],
    cues: [putsCardDown, takesCard, confirmsBill, wantsToPay, paysByPhone, rates],
    until: zh.done.rated,
    leaves: finishes,
  },
  {
    name: 'outpatient by code',
    person: 'li',
    bills: ['allCovered'],
    cues: [showsCode, confirmsBill, settles, rates],
    until: zh.done.rated,
    leaves: finishes,
  },
  {
    name: 'outpatient by the tile with consent',
    person: 'wang',
    bills: ['consent20000'],
    cues: [
      touchesTile(zh.ways.jobs.settleOutpatient),
      isAskedForCard,
      takesCard,
      confirmsBill,
      { hear: zh.consent.agree, act: { press: zh.consent.agree } },
      wantsToPay,
      paysByPhone,
      rates,
    ],
    until: zh.done.rated,
    leaves: finishes,
  },
  {
    name: 'where the money is',
    person: 'zhang',
    cues: [
      {
        hear: zh.home.cardAndCode,
        act: { do: (live) => live.hand('showText', `yizhan:slip:${newestNumber(live)}`) },
      },
    ],
    until: zh.whereMoney.places.kept.title,
    leaves: zh.ok,
  },
  {
    name: 'refund',
    person: 'zhang',
    cues: [
      ...throughMenu('more', zh.ways.jobs.refund),
      isAskedForCard,
      takesCard,
      { hear: zh.ways.choose.titles.refundOf, act: { press: 'first' } },
      { hear: zh.ways.refundLines.goOn, act: { press: zh.ways.refundLines.goOn } },
      { hear: zh.ways.choose.titles.refundReason, act: { press: zh.ways.choose.words.doctorChanged } },
      goes(zh.ways.refund.agree),
    ],
    until: zh.ways.result.refunded.done.title,
    leaves: finishes,
  },
  {
    name: 'registration',
    person: 'sun',
    cues: [
      touchesTile(zh.ways.jobs.registration),
      isAskedForCard,
      takesCard,
      { hear: zh.ways.choose.titles.department, act: { press: 'first' } },
      { hear: zh.ways.choose.titles.doctor, act: { press: 'first' } },
      settles,
      wantsToPay,
      paysByPhone,
    ],
    until: zh.ways.ticket.title,
  },
  {
    name: 'check-in',
    person: 'feng',
    cues: [putsCardDown, takesCard, { hear: zh.ways.choose.titles.appointment, act: { press: 'first' } }],
    until: zh.ways.ticket.title,
  },
  {
    name: 'inpatient deposit',
    person: 'tian',
    cues: [
      touchesTile(zh.ways.jobs.inpatient),
      isAskedForCard,
      takesCard,
      goes(zh.ways.stay.offers.deposit),
      { hear: '一千元，按钮', act: { press: '一千元' } },
      paysByPhone,
    ],
    until: zh.ways.result.deposited.title,
    leaves: finishes,
  },
  {
    name: 'a day in hospital',
    person: 'tian',
    cues: [
      touchesTile(zh.ways.jobs.inpatient),
      isAskedForCard,
      takesCard,
      goes(zh.ways.stay.offers.dailyList),
      goes(zh.affairs.dayList.earlier),
      goes(zh.affairs.dayList.print),
    ],
    until: zh.affairs.dayList.paper.ready,
    leaves: finishes,
  },
  {
    name: 'discharge with a paper of it',
    person: 'huang',
    cues: [
      putsCardDown,
      takesCard,
      goes(zh.ways.stay.offers.discharge),
      settles,
      wantsToPay,
      paysByPhone,
      goes(zh.affairs.papers.next),
      { hear: '的出院单据', act: { press: zh.affairs.papers.names.dischargeRecord } },
      goes(zh.affairs.papers.doPrint),
    ],
    until: zh.affairs.papers.print.ready,
  },
  {
    name: 'price enquiry',
    person: 'zhang',
    cues: [
      ...throughMenu('papers', zh.price.title),
      ...letters('AMXL'),
      { hear: zh.price.kinds.drug, act: { press: zh.price.kinds.drug } },
      { hear: '阿莫西林', act: { press: '阿莫西林' } },
      goes(zh.price.print),
    ],
    until: zh.price.paper.printed,
  },
  {
    name: 're-print',
    person: 'li',
    cues: [
      ...throughMenu('papers', zh.ways.jobs.reprint),
      isAskedForCard,
      takesCard,
      { hear: zh.ways.choose.titles.reprintOf, act: { press: 'first' } },
    ],
    until: '上面印有“补打”',
    leaves: finishes,
  },
  {
    name: 'what the insurance knows',
    person: 'zhang',
    cues: [...throughMenu('papers', zh.ways.jobs.records), isAskedForCard, takesCard, goes(zh.affairs.records.show)],
    until: zh.affairs.records.open,
    leaves: finishes,
  },
  {
    name: 'guides and notices',
    person: 'zhang',
    cues: [
      touchesTile(zh.ways.jobs.guides),
      { hear: zh.affairs.guides.title, act: { press: 'first' } },
      goes(zh.affairs.guides.back),
    ],
    until: zh.affairs.guides.title,
    leaves: zh.backHome,
  },
  {
    name: 'complaint',
    person: 'zhang',
    cues: [
      ...throughMenu('more', zh.ways.jobs.complaint),
      { hear: zh.ways.choose.titles.complaintAbout, act: { press: `${zh.ways.choose.words.fee}，按钮` } },
    ],
    until: zh.affairs.complaint.taken.title,
    leaves: finishes,
  },
  {
    name: 'help',
    person: 'zhang',
    cues: [{ hear: zh.home.cardAndCode, act: { press: zh.bar.help } }],
    until: zh.affairs.helpCall.calling,
    leaves: zh.help.back,
  },
  {
    name: 'a bill settled for somebody else',
    person: 'zhang',
    bills: ['small'],
    cues: [
      ...throughMenu('more', zh.ways.jobs.proxy),
      {
        hear: zh.affairs.proxy.patient,
        act: {
          do: (live) => {
            live.hand('registerProxy', 'li');
            live.hand('insertCard');
          },
        },
      },
      {
        hear: zh.affairs.proxy.proxy,
        act: {
          do: (live) => {
            live.hand('removeCard');
            live.hand('insertCardOf', 'li');
          },
        },
      },
      takesCard,
      confirmsBill,
      settles,
      wantsToPay,
      paysByPhone,
      rates,
    ],
    until: zh.done.rated,
    leaves: finishes,
  },
];

const wanted = journeys.filter(({ name }) => asked === 'all' || asked.split(', ').includes(name));

describe.skipIf(!chromiumPath)(
  `eyes closed, headset and five keys${chromiumPath ? '' : ' (skipped: no Chromium on this machine)'}`,
  () => {
    let browser: Browser;
    let live: LiveKiosk;
    let ear: TextLoudspeaker;
    let listener: Listener;
    let finished = 0;
    const aloud: string[] = [];
    beforeAll(async () => {
      browser = await launchChromium();
      ear = new TextLoudspeaker(realClock);
      live = await LiveKiosk.open({
        speech: { maker: textMaker({ msPerLetter: MS_PER_LETTER }), loudspeaker: ear },
        stayMs: { done: 20_000 },
      });
      listener = new Listener(live, ear);
      const page = await browser.newPage();
      await page.exposeFunction('playedAloud', (url: string) => aloud.push(url));
      await page.addInitScript(() => {
        const { play } = HTMLMediaElement.prototype;
        HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
          (window as unknown as { playedAloud(url: string): void }).playedAloud(this.src);
          return play.call(this);
        };
      });
      await page.goto(live.screenUrl);
      await page.waitForSelector('#stage[data-screen="S-HOME"]');
      listener.plugIn();
      await eventually('the headset is known', 5_000, () => live.kiosk.screen.voice.headset);
      aloud.length = 0;
    }, 90_000);
    afterAll(async () => {
      await live?.close();
      await browser?.close();
    });

    for (const journey of wanted) {
      test(`finishes: ${journey.name}`, async () => {
        live.hall.person = journey.person;
        if (journey.bills) live.bring({ person: journey.person, bills: journey.bills as never });
        const startedMs = performance.now();
        const said = await listener.goes(journey).then(
          () => 'by ear',
          (error: unknown) => `NOT by ear: ${String(error)}`,
        );
        const took = Math.round((performance.now() - startedMs) / 1_000);
        process.stdout.write(`${said}: ${journey.name}, ${took} s, ${listener.keys} keys so far\n`);
        if (said === 'by ear') finished += 1;
        // Who is called for a card takes it, as anybody would.
        if (live.hall.slot.card) live.hand('removeCard');
        await eventually('the home screen is back', 240_000, () => live.kiosk.screen.current?.body.name === 'S-HOME');
        expect(said).toBe('by ear');
      }, 600_000);
    }

    test('nothing of all that was heard on the loudspeaker, and no money was moved twice', () => {
      expect(aloud).toEqual([]);
      expect(live.hall.parties.ledger.violations()).toEqual([]);
      process.stdout.write(
        `${JSON.stringify({ journeysByEar: wanted.length, finished, keys: listener.keys, aloud: 0 })}\n`,
      );
    });
  },
);
