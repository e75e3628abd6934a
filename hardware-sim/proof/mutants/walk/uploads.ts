/** The outbox is emptied at the end of a walk, over a line that breaks after the first row: every key must arrive. */

import type { WaitingRow } from '../../../../firmware/settlement/outbox-rows.ts';
import { lanes } from '../../../../firmware/settlement/outbox-rows.ts';
import type { Ledger } from '../../../../firmware/settlement/settlement-ledger.ts';
import type { Disk } from './disks.ts';
import type { Trip } from './trip.ts';

const ROUNDS = 3;
/** Answers of a hospital that nobody can read, of which people must have learnt. */
const UNREADABLE_TIMES = 12;

export function deliver(
  ledger: Ledger,
  trips: readonly Trip[],
  disk: Pick<Disk, 'outboxKeys' | 'turnBit'>,
  turnsBit: boolean,
  say: (invariant: string, detail: string) => void,
): void {
  const written = disk.outboxKeys();
  const damaged = turnsBit ? disk.turnBit() : undefined;
  let toldOfDamage = false;
  const arrived = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const lane of lanes) {
      const rows = ledger.outbox({ ask: 'next', args: [lane, 100] }) as readonly WaitingRow[];
      // What is tidied away next to one that has arrived must not be one that has not.
      const keys = rows.slice(0, round === 0 ? 1 : rows.length).map(({ key }) => key);
      if (keys.length === 0) continue;
      for (const key of keys) arrived.add(key);
      toldOfDamage ||= rows.some(({ kind, body }) => kind === 'staffTask' && body.includes('damagedUpload'));
      ledger.outbox({ ask: 'ack', args: [keys] });
    }
    ledger.outbox({
      ask: 'tidy',
      args: [{ sealedBeforeMs: Number.MAX_SAFE_INTEGER, rowsBeforeMs: Number.MAX_SAFE_INTEGER }],
    });
  }
  if (damaged !== undefined && arrived.has(damaged)) say('W4 sentAsWritten', `${damaged} was sent as it had become`);
  if (damaged !== undefined && !toldOfDamage) say('W3 caseIsTold', `nobody learns that ${damaged} is damaged`);
  const missing = (key: string, invariant = 'I8 uploadedOnce'): void => {
    if (!arrived.has(key) && key !== damaged) say(invariant, `${key} was never uploaded`);
  };
  for (const { number, hasEnded, said, order, unreadable } of trips) {
    const state = said?.view.state;
    if (unreadable > UNREADABLE_TIMES && !written.some((key) => key.startsWith(`${number} hospitalUnreadable`))) {
      say('W3 caseIsTold', `${number}: nobody learns that the hospital cannot be read`);
    }
    if (hasEnded) missing(`${number} ended`);
    const isRefused = said?.view.state === 'settled' && said.view.returns.some((leg) => leg.state === 'refused');
    if (state === 'handedToPerson' || isRefused) missing(`${number} case`, 'W3 caseIsTold');
    for (const { kind, on } of order.owed ?? []) if (hasEnded && on === state) missing(`${number} ${kind}`);
  }
  for (const key of written) missing(key);
}
