/** Parties with empty ledgers. */
import { Broker } from './broker.ts';
import type { Calendar } from './calendar.ts';
import { Centre } from './centre.ts';
import { Hospital } from './hospital.ts';
import { NoteBox } from './note-box.ts';
import type { Parties } from './trip.ts';

export function newParties(calendar: Calendar): Parties {
  const after = calendar.after.bind(calendar);
  return {
    hospital: new Hospital(() => calendar.nowMs),
    broker: new Broker(after),
    terminal: new Broker(after),
    centre: new Centre(),
    box: new NoteBox(after),
    senders: new Map(),
  };
}
