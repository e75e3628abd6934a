/** `yizhan prices`: the editions of the published prices, what each changed and who signed it; and their export. */
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { Catalogue, type ShownEdition } from '../../firmware/catalogue/catalogue.ts';
import { openSqliteStore } from '../../firmware/world/sqlite-store.ts';
import { type Command, printJson, readWords, say, UsageError, wholeNumber } from '../command.ts';

export const command: Command = {
  help: `yizhan prices [--data DIR] [--changes VERSION] [--json]
yizhan prices export FILE [--data DIR] [--json]

Shows every edition of the price list that was ever taken, newest first, with what it changed, both signers
and the time. The kiosk may be running.

  --changes VERSION   what this edition added, changed and removed, item by item
  export FILE         the prices in force, one JSON a line, for whoever watches prices
  --data DIR          the kiosk's data folder (~/.local/share/yizhan)
  --json              the last line is {"editions":[…]}, with "changes":[…] when asked for; for an export
                      {"version","items","file"}

Exit 0 good, 1 when no list was ever taken, 2 for wrong use.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      data: { type: 'string' },
      changes: { type: 'string' },
      json: { type: 'boolean' },
    });
    const [verb, file] = positionals;
    if (verb !== undefined && verb !== 'export') throw new UsageError(`prices does not know "${verb}".`);
    if (verb === 'export' && file === undefined) throw new UsageError('prices export needs a file.');
    const path = join(values.data ?? join(homedir(), '.local', 'share', 'yizhan'), 'catalogue.db');
    const catalogue = existsSync(path) ? new Catalogue(() => openSqliteStore(path, 'rebuildable')) : undefined;
    try {
      const edition = catalogue?.edition();
      if (!catalogue || !edition) {
        say(`No price list was ever taken here (${path}).`);
        if (values.json === true) printJson({ editions: [] });
        return 1;
      }
      if (file !== undefined) return await exportPrices(catalogue, edition, file, values.json === true);
      return show(catalogue, values.changes, values.json === true);
    } finally {
      catalogue?.close();
    }
  },
};

function show(catalogue: Catalogue, asked: string | undefined, json: boolean): number {
  const editions = catalogue.editions();
  for (const edition of editions) say(worded(edition));
  const version = asked === undefined ? undefined : wholeNumber('changes', asked, 1, [1, 2_000_000_000]);
  const changes = version === undefined ? undefined : catalogue.changes(version);
  for (const { what, code, before, after } of changes ?? []) {
    say(`  ${what.padEnd(8)} ${code} ${before?.price ?? '—'} → ${after?.price ?? '—'}`);
  }
  if (json) printJson({ editions, ...(changes && { changes }) });
  return 0;
}

function worded({ id, version, publishedOn, items, changes, signers, importedMs }: ShownEdition): string {
  const { added, changed, removed } = changes;
  const who = signers.map(({ personId, duty, signedAt }) => `${personId} (${duty}, ${signedAt})`).join(' and ');
  const taken = new Date(importedMs).toISOString();
  return `${id}/${version} of ${publishedOn}: ${items} items, +${added} ~${changed} −${removed}; signed by ${who}; taken ${taken}`;
}

/** Y4-8: a snapshot for who watches prices; a timer of the machine makes a schedule of it. */
async function exportPrices(catalogue: Catalogue, edition: ShownEdition, file: string, json: boolean): Promise<number> {
  const stream = createWriteStream(file, { mode: 0o644, flush: true });
  const { id, version, publishedOn, institution } = edition;
  stream.write(`${JSON.stringify({ id, version, publishedOn, institution, exportedAt: new Date().toISOString() })}\n`);
  let items = 0;
  for (const item of catalogue.everything()) {
    items += 1;
    if (!stream.write(`${JSON.stringify(item)}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
  say(`${items} prices of ${id}/${version} in ${file}`);
  if (json) printJson({ version, items, file });
  return 0;
}
