/** `yizhan journal`: what the settlement journal of a data folder says. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RiskLine } from '../../firmware/audit/risk-view.ts';
import type { StoryLine } from '../../firmware/settlement/story/story.ts';
import { type Command, printJson, readWords, say, UsageError } from '../command.ts';

export const command: Command = {
  help: `yizhan journal list [--data DIR] [--json]
yizhan journal show NUMBER [--data DIR] [--lang zh|en] [--json]
yizhan journal risks [BILL] [--data DIR] [--json]
yizhan journal verify [--data DIR] [--json]
yizhan journal paid-out NUMBER --fen N --by STAFF [--data DIR] [--json]
yizhan journal close NUMBER --by STAFF --by STAFF --claim counts|none --kept FEN
                     --note TEXT [--data DIR] [--json]

Lists the settlements of a kiosk's data folder, or tells the story of one: what
was asked of whom, when, what came back, and where the money is now. Nothing
about a person is shown.
"risks" is 事前提醒, 事中管控, 事后追踪 in one view: what the rules said of each
bill before, while and after it was settled, with its case and the case's task.
"verify" walks the whole chain of codes from the first entry: exit 1 and the
first bad entry when a byte was changed, an entry is missing or the end is cut.
"paid-out" writes down what the cashier handed out of the cash that a settlement
owes, "close" that two different people have ended a case. Both refuse while a
kiosk has the data folder open: stop it first; it reads them when it starts.
NUMBER is the full number, or as a slip or the screen shows it: CUXM YSF9 H2JD.

  --data DIR   default ~/.local/share/yizhan/sim, the folder of "up --sim"
  --lang L     zh or en; default by LANG`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      data: { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean' },
      fen: { type: 'string' },
      by: { type: 'string', multiple: true },
      claim: { type: 'string' },
      kept: { type: 'string' },
      note: { type: 'string' },
    });
    const [verb, ...typed] = positionals;
    const language = values.lang ?? (process.env['LANG']?.startsWith('zh') ? 'zh' : 'en');
    if (language !== 'zh' && language !== 'en') throw new UsageError(`--lang is zh or en, not "${language}".`);
    if ((verb === 'list' || verb === 'verify') && typed.length > 0) throw new UsageError(`"${typed[0]}" is too much.`);
    const folder = values.data ?? join(homedir(), '.local', 'share', 'yizhan', 'sim');
    const file = join(folder, 'kiosk.db');
    if (!existsSync(file)) throw new UsageError(`There is no kiosk.db in ${folder}. Give the data folder with --data.`);
    if (verb === 'close' || verb === 'paid-out') {
      const { writeDown } = await import('./journal-people.ts');
      const status = await writeDown({ folder, file, verb, typed: typed.join(' '), ...values });
      say(`${status.number}: ${status.view.state}, ${status.owedFen} fen owed`);
      if (values.json === true) printJson(status);
      return 0;
    }
    if (verb === 'verify') {
      const { verifyJournal } = await import('./journal-verify.ts');
      const verdict = verifyJournal(folder, file);
      const { ok, entries, firstBad } = verdict;
      say(ok ? `${entries} entries, all as written` : `bad at entry ${firstBad?.seq}: ${firstBad?.reason}`);
      if (values.json === true) printJson(verdict);
      return ok ? 0 : 1;
    }
    const { openSqliteStore } = await import('../../firmware/world/sqlite-store.ts');
    const { listSettlements, storyOf } = await import('../../firmware/settlement/story/story.ts');
    const store = openSqliteStore(file);
    try {
      if (verb === 'list') {
        const settlements = listSettlements(store);
        for (const one of settlements) say(`${one.number}  ${one.state.padEnd(16)} ${one.bill}`);
        if (values.json === true) printJson({ settlements });
        return 0;
      }
      if (verb === 'risks') {
        const { riskView } = await import('../../firmware/audit/risk-view.ts');
        const risks = riskView(store, typed[0]);
        for (const risk of risks) say(riskSentence(risk));
        if (risks.length === 0) say('No rule has said anything.');
        if (values.json === true) printJson({ risks });
        return 0;
      }
      if (verb !== 'show' || typed.length === 0)
        throw new UsageError(
          'Say "list", "risks", "verify", or "show", "paid-out" or "close" with a settlement number.',
        );
      const { numberFromPerson } = await import('../../firmware/settlement/order-fact.ts');
      const number = numberFromPerson(typed.join(' '));
      const { loadDeviceKey } = await import('../../firmware/world/device-key.ts');
      const story = storyOf(store, loadDeviceKey(folder), number, language);
      if (!story) throw new UsageError(`There is no settlement ${number} in this journal.`);
      say(`${story.number}  ${story.title}  (${story.bill})`);
      for (const line of story.lines) say(sentence(line));
      say(`→ ${story.now}`);
      if (values.json === true) printJson(story);
      return 0;
    } finally {
      store.close();
    }
  },
};

const PHASES = { before: '事前', during: '事中', after: '事后' } as const;

function riskSentence({ wallMs, phase, bill, says, rule, reason, case: number, office, task }: RiskLine): string {
  const about = [bill, rule ?? reason].filter((word) => word !== undefined).join(' ');
  const held = number === undefined ? '' : `  [${number} → ${office}: ${task ?? 'no task'}]`;
  return `${new Date(wallMs).toISOString()}  ${PHASES[phase]}  ${about}  ${says}${held}`;
}

function sentence({ wallMs, text, key, answer }: StoryLine): string {
  const asked = `${new Date(wallMs).toISOString()}  ${text}${key === undefined ? '' : `  [${key}]`}`;
  return answer ? `${asked} → ${answer.text} (${(answer.afterMs / 1_000).toFixed(1)} s)` : asked;
}
