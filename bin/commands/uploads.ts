/** `yizhan uploads`: what a kiosk has still to deliver, how old it is, and the proof of what was delivered after faults. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Command, printJson, readWords, say, UsageError } from '../command.ts';

const SHOWN = 1_000;

export const command: Command = {
  help: `yizhan uploads [--data DIR] [--json]

Lists what waits in the outbox of a kiosk's data folder, oldest first: its age, how
often it was tried, what the receiver said last, and whether it waits for a person
or for its content. Then the statements of what was delivered after each fault of
the insurance line, from the audit chain. Nothing about a person is shown.

  --data DIR   default ~/.local/share/yizhan/sim, the folder of "up --sim"

Exit 1 when something waits for a person or longer than 24 hours, or when the
audit chain is broken.`,

  async run(words) {
    const { values, positionals } = readWords(words, { data: { type: 'string' }, json: { type: 'boolean' } });
    if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is too much.`);
    const folder = values.data ?? join(homedir(), '.local', 'share', 'yizhan', 'sim');
    const file = join(folder, 'kiosk.db');
    if (!existsSync(file)) throw new UsageError(`There is no kiosk.db in ${folder}. Give the data folder with --data.`);
    const { openSqliteStore } = await import('../../firmware/world/sqlite-store.ts');
    const { uploadsReport } = await import('../../firmware/upload/uploads-report.ts');
    const { systemClock } = await import('../../drivers/system-clock.ts');
    const store = openSqliteStore(file);
    try {
      const report = uploadsReport(store, systemClock, SHOWN);
      if (!report) throw new UsageError('This kiosk.db is of another edition: start the kiosk once with this one.');
      for (const { lane, waiting, heldForPerson, heldForContent } of report.lanes) {
        say(
          `${lane.padEnd(10)} ${waiting} to send, ${heldForPerson} for a person, ${heldForContent} for their content`,
        );
      }
      for (const { key, ageMs, attempts, hold, lastError } of report.rows) {
        const held = hold === undefined ? '' : `  held for ${hold === 'person' ? 'a person' : 'its content'}`;
        say(`${hours(ageMs)}  ${key}  ${attempts} tries${held}${lastError === undefined ? '' : `  ${lastError}`}`);
      }
      for (const { fault, count, held, state, digest } of report.delivered) {
        say(`${fault}: ${count} delivered, ${held} held, ${state}, keys ${digest}`);
      }
      if (!report.auditHolds) say('The audit chain is broken.');
      if (values.json === true) printJson(report);
      return report.trouble ? 1 : 0;
    } finally {
      store.close();
    }
  },
};

function hours(ageMs: number): string {
  return `${(ageMs / 3_600_000).toFixed(1)} h`.padStart(9);
}
