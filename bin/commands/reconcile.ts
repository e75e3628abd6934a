/** `yizhan reconcile`: where each day's money stands against every other party's books. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { DayView, MonthView } from '../../firmware/reconciliation/day-view.ts';
import { type Command, printJson, readWords, say, UsageError } from '../command.ts';

export const command: Command = {
  help: `yizhan reconcile show [DATE] [--data DIR] [--json]
yizhan reconcile month YYYY-MM [--close --site FILE] [--data DIR] [--json]
yizhan reconcile day DATE --site FILE [--data DIR] [--json]
yizhan reconcile count NOTES … --by A --by B [--device FEN] [--again NUMBER]
                       [--data DIR] [--json]
yizhan reconcile close NUMBER --by A --by B --note TEXT [--data DIR] [--json]

The kiosk reconciles by itself: with centre and hospital after midnight, with the
payment channels when their files come. "show" tells what it found, of one day or
of the last days. "month" says what stands in the way of closing a month; with
--close it asks the centre for the month's totals and closes it when all agree.
"day" compares one day now, "close" ends a difference by two people's staff
numbers: no amount is changed by it. "count" is 清机: what two people counted in
the cash box, as 100x3 50x1 (yuan, notes); with --again the same box once more.
Exit 1: something is open.

  --data DIR   default ~/.local/share/yizhan/sim, the folder of "up --sim"
  --site FILE  the kiosk's site file, where its parties are
  --by ID      staff number; twice, and not the same`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      data: { type: 'string' },
      site: { type: 'string' },
      by: { type: 'string', multiple: true },
      note: { type: 'string' },
      close: { type: 'boolean' },
      device: { type: 'string' },
      again: { type: 'string' },
      json: { type: 'boolean' },
    });
    const [verb, what, ...more] = positionals;
    if (more.length > 0 && verb !== 'count') throw new UsageError(`"${more[0]}" is too much.`);
    const folder = values.data ?? join(homedir(), '.local', 'share', 'yizhan', 'sim');
    const file = join(folder, 'kiosk.db');
    if (!existsSync(file)) throw new UsageError(`There is no kiosk.db in ${folder}. Give the data folder with --data.`);
    const { openSqliteStore } = await import('../../firmware/world/sqlite-store.ts');
    const { openKeptBooks } = await import('../../firmware/reconciliation/kept-books.ts');
    const store = openSqliteStore(file);
    const json = values.json === true;
    try {
      const books = openKeptBooks(store);
      switch (verb) {
        case 'show': {
          const days = what === undefined ? books.days(31) : [books.day(await date(what))].flatMap((day) => day ?? []);
          return await tellDays(days, json);
        }
        case 'close': {
          const [first = '', second = ''] = values.by ?? [];
          return await closeOne(what ?? '', { first, second, note: values.note ?? '' }, books.differences, json);
        }
        case 'count': {
          const { countBox } = await import('../count-box.ts');
          const notes = [what ?? '', ...more];
          const { count, open } = await countBox(store, folder, { ...values, notes });
          say(`${count.number}  ${count.countedFen} fen of ${count.lines.length} settlements`);
          for (const line of open) say(line);
          if (json) printJson({ ...count, open: open.length > 0 });
          return open.length === 0 ? 0 : 1;
        }
        case 'month': {
          const month = await wholeMonth(what);
          if (values.close !== true) return tellMonth(books.month(month), json);
          const site = await atSite(values.site, folder, store);
          const { closeMonth } = await import('../../firmware/reconciliation/month-close.ts');
          try {
            return tellMonth(await closeMonth(month, site.reconciliation), json);
          } finally {
            site.close();
          }
        }
        case 'day': {
          const day = await date(what);
          const site = await atSite(values.site, folder, store);
          try {
            const outcome = await site.reconciliation.runDay(day);
            if (!outcome.ran) say(`yizhan: nothing was compared: ${outcome.why}`);
            return outcome.ran ? await tellDays(outcome.days, json) : 1;
          } finally {
            site.close();
          }
        }
        default:
          throw new UsageError('Say "show", "month", "day", "count" or "close".');
      }
    } finally {
      store.close();
    }
  },
};

type Store = ReturnType<typeof import('../../firmware/world/sqlite-store.ts').openSqliteStore>;

async function atSite(siteFile: string | undefined, folder: string, store: Store) {
  if (siteFile === undefined) throw new UsageError('Give the site file with --site.');
  const { readSite, SiteError } = await import('../../firmware/config/read-config.ts');
  const { PackRefusedError } = await import('../../firmware/region/pack-signatures.ts');
  const { reconcileAtSite } = await import('../reconcile-at-site.ts');
  try {
    return await reconcileAtSite(store, folder, readSite(readFileSync(siteFile, 'utf8')));
  } catch (error) {
    if (error instanceof SiteError || error instanceof PackRefusedError) throw new UsageError(error.message);
    throw error;
  }
}

async function tellDays(days: readonly DayView[], json: boolean): Promise<number> {
  const { dayText } = await import('../../firmware/reconciliation/day-text.ts');
  if (days.length === 0) say('No day was compared yet.');
  for (const day of days) for (const line of dayText(day)) say(line);
  if (json) printJson({ days });
  return days.every(({ state }) => state === 'closed') ? 0 : 1;
}

function tellMonth(view: MonthView, json: boolean): number {
  const nothing = view.because.length === 0;
  say(`${view.month}  ${view.closed ? 'closed' : nothing ? 'ready to be closed' : 'refuses to close:'}`);
  for (const why of view.because) say(`  ${why}`);
  if (json) printJson(view);
  return nothing ? 0 : 1;
}

async function closeOne(
  number: string,
  closing: import('../../firmware/reconciliation/close-difference.ts').Closing,
  differences: import('../../firmware/reconciliation/difference-store.ts').DifferenceStore,
  json: boolean,
): Promise<number> {
  const { closeDifference, ClosingRefusedError } = await import('../../firmware/reconciliation/close-difference.ts');
  const { differenceText } = await import('../../firmware/reconciliation/day-text.ts');
  try {
    const closed = closeDifference(number, closing, differences);
    for (const line of differenceText(closed)) say(line);
    if (json) printJson(closed);
    return 0;
  } catch (error) {
    if (error instanceof ClosingRefusedError) throw new UsageError(error.message);
    throw error;
  }
}

async function date(text: string | undefined): Promise<string> {
  const { isDate } = await import('../../firmware/reconciliation/business-time.ts');
  if (text === undefined || !isDate(text)) throw new UsageError(`"${text ?? ''}" is no date; say it as 2026-11-22.`);
  return text;
}

async function wholeMonth(text: string | undefined): Promise<string> {
  await date(`${text ?? ''}-01`);
  return text ?? '';
}
