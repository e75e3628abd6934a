/**
 * The kiosk's journal for the cashier's page of the workbench: read beside the running kiosk, as `yizhan journal show`
 * does, and written to as `yizhan journal close` does, while the kiosk is stopped for that moment.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { numberFromPerson } from '../firmware/settlement/order-fact.ts';
import { type Story, type StoryLanguage, storyOf } from '../firmware/settlement/story/story.ts';
import { loadDeviceKey } from '../firmware/world/device-key.ts';
import { openSqliteStore } from '../firmware/world/sqlite-store.ts';
import type { CashierBooks } from '../hardware-sim/workbench/cashier-books.ts';
import type { KioskStory } from '../hardware-sim/workbench/workbench-messages.ts';
import { writeDown } from './commands/journal-people.ts';

/** The process that has the data folder open. */
export interface KioskPlug {
  end(): Promise<void>;
  start(): Promise<void>;
}

export function cashierBooks(folder: string, plug: KioskPlug): CashierBooks {
  const file = join(folder, 'kiosk.db');
  return {
    story: (typed) => {
      if (!existsSync(file)) return undefined;
      const store = openSqliteStore(file);
      try {
        const number = numberFromPerson(typed);
        const told = (language: StoryLanguage) => storyOf(store, loadDeviceKey(folder), number, language);
        const zh = told('zh');
        const en = told('en');
        return zh && en && inBoth(zh, en);
      } finally {
        store.close();
      }
    },
    close: async ({ number: typed, by, claim, keptFen, note }) => {
      await plug.end();
      try {
        await writeDown({ folder, file, verb: 'close', typed, by, claim, kept: String(keptFen), note });
      } finally {
        await plug.start();
      }
    },
  };
}

function inBoth(zh: Story, en: Story): KioskStory {
  const { view } = zh.status;
  return {
    number: zh.number,
    billId: zh.bill,
    title: [zh.title, en.title],
    now: [zh.now, en.now],
    lines: zh.lines.map(({ wallMs, text, answer }, place) => {
      const other = en.lines[place];
      return {
        atMs: wallMs,
        text: [text, other?.text ?? ''],
        answer: answer && [answer.text, other?.answer?.text ?? ''],
      };
    }),
    takenFen: zh.money.takenFen,
    claims: zh.money.claims,
    owedFen: zh.money.owedFen,
    caseNumber: zh.money.caseNumber,
    isOpenCase: zh.money.caseNumber !== undefined && view.state !== 'closedByPerson' && zh.money.word === 'withPerson',
  };
}
