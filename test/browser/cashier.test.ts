/** The cashier's page in a real browser: a number in, one sentence out, and a case that two people close. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWorkbenchPage } from '../../hardware-sim/workbench/build.ts';
import type { CaseWords } from '../../hardware-sim/workbench/cashier-books.ts';
import type { KioskStory } from '../../hardware-sim/workbench/workbench-messages.ts';
import { type Bench, openBench } from '../hardware-sim/workbench/bench-page.ts';
import { chromiumPath, type RunningChromium, startChromium } from './chromium.ts';

const at = Date.UTC(2026, 10, 22, 1, 0, 0);
const story: KioskStory = {
  number: 'set_cuxmysf9h2jd',
  billId: 'B000001',
  title: ['门诊结算, 先付款后结算', 'outpatient bill, paid first'],
  now: [
    '由工作人员处理,案件编号 case_cuxmysf9h2jd。 医保有一笔有效结算。',
    'A person looks after it. One claim counts.',
  ],
  lines: [
    {
      atMs: at,
      text: ['患者确认:总额 557.40,自付 190.25 元', 'the patient agreed: 557.40, own part 190.25'],
      answer: undefined,
    },
    { atMs: at + 2_000, text: ['请求扣款', 'asks for the money'], answer: ['已付', 'paid'] },
    { atMs: at + 3_000, text: ['请医保结算(2207/2304)', 'asks insurance to settle'], answer: ['已完成', 'done'] },
    {
      atMs: at + 9_000,
      text: ['请医院确认账单已结清', 'asks the hospital to confirm'],
      answer: ['没有可靠的答复', 'no answer'],
    },
  ],
  takenFen: { least: 0, most: 19_025 },
  claims: { least: 0, most: 1 },
  owedFen: 0,
  caseNumber: 'case_cuxmysf9h2jd',
  isOpenCase: true,
};

describe.skipIf(!chromiumPath)(
  `cashier in Chromium${chromiumPath ? '' : ' (skipped: no Chromium on this machine)'}`,
  () => {
    let bench: Bench;
    let browser: RunningChromium;
    let page: Page;
    const closed: CaseWords[] = [];
    const complaints: string[] = [];
    let now = story;

    beforeAll(async () => {
      const { folder } = await buildWorkbenchPage();
      bench = await openBench({
        pageFolder: folder,
        books: {
          story: (typed) => (typed.replace(/\s/g, '').toLowerCase().endsWith('cuxmysf9h2jd') ? now : undefined),
          close: async (words) => {
            if (words.note.includes('拒绝')) throw new Error('A case is closed by two different people.');
            closed.push(words);
            now = { ...story, isOpenCase: false, now: ['工作人员已办结。', 'Closed by two people.'] };
          },
        },
      });
      browser = await startChromium();
      page = browser.context.pages()[0] ?? (await browser.context.newPage());
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(`${bench.workbench.url}#cashier`);
      await page.waitForSelector('.cashier');
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      await bench?.close();
    });

    const find = async (number: string) => {
      await page.fill('#number', number);
      await page.click('.number button');
      await page.waitForSelector('.answer');
    };

    test('a number that nobody knows, and a word that is none, are told apart', async () => {
      await find('AAAA AAAA AAAA');
      await page.waitForSelector('.answer.none');
      expect(await page.locator('.answer').innerText()).toContain('没有这个编号');
      await find('hello');
      await page.waitForFunction(() => document.querySelector('.answer')?.textContent?.includes('不是结算编号'));
    });

    test('the number as the slip prints it brings one plain sentence, the story and the case', async () => {
      await find('CUXM YSF9 H2JD');
      await page.waitForSelector('.answer .sum');
      expect(await page.locator('.answer .sum').innerText()).toContain('由工作人员处理');
      expect(await page.locator('.story li').count()).toBe(4);
      expect(await page.locator('.answer').getAttribute('data-agree')).toBe('true');
      const shot = process.env['YIZHAN_SHOT'];
      if (shot) {
        await page.screenshot({ path: shot });
        await page.evaluate(() => location.assign('#bench'));
        await page.waitForSelector('.bench');
        await page.screenshot({ path: `${shot}.bench.png` });
        await page.evaluate(() => location.assign('#cashier'));
        await page.waitForSelector('.close-case');
      }
    });

    test('a case is closed only by two different people with a sentence, and what is refused is said', async () => {
      const button = page.locator('.close-case button');
      await page.fill('[name="first"]', 'S-01');
      await page.fill('[name="second"]', 'S-01');
      await page.fill('[name="kept"]', '190.25');
      await page.fill('[name="done"]', '拒绝一次');
      await page.check('[value="counts"]');
      expect(await button.isDisabled()).toBe(true);
      await page.fill('[name="second"]', 'S-02');
      await button.click();
      await page.waitForSelector('.close-case .differ');
      expect(closed).toEqual([]);
      await page.fill('[name="done"]', '医院已入账，核对无误');
      await button.click();
      await page.waitForFunction(() => document.querySelector('.answer .sum')?.textContent?.includes('已办结'));
      expect(closed).toEqual([
        {
          number: 'set_cuxmysf9h2jd',
          by: ['S-01', 'S-02'],
          claim: 'counts',
          keptFen: 19_025,
          note: '医院已入账，核对无误',
        },
      ]);
      expect(await page.locator('.close-case').count()).toBe(0);
    });

    test('nothing on the page complains', () => {
      expect(complaints).toEqual([]);
    });
  },
);
