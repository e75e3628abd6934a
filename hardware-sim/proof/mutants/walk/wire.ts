/** The way of one call to its party and back, with the trouble that the script has for it. */
import type { Call } from '../../../../firmware/settlement/call.ts';
import { DEADLINES_MS, OTHER_DEADLINE_MS } from '../../../../firmware/settlement/deadlines.ts';
import type { AnyFinding } from './answers.ts';
import type { Calendar } from './calendar.ts';
import { LATE_MS, type Trouble } from './trouble.ts';

const UNKNOWN: AnyFinding = { verdict: 'unknown', detail: 'no answer' };
const NOT_SENT: AnyFinding = { verdict: 'fail', reason: 'unreachable', detail: 'no route' };
const NO: AnyFinding = { verdict: 'fail', reason: 'changed', detail: '' };

export interface Ends {
  readonly calendar: Calendar;
  /** The party acts and answers. */
  arrive(): AnyFinding;
  /** The kiosk hears this in so many ms. */
  hear(finding: AnyFinding, ms: number, isLate?: boolean): void;
}

export function carry(call: Call, trouble: Trouble | undefined, { calendar, arrive, hear }: Ends): void {
  const deadlineMs = DEADLINES_MS[call.step] ?? OTHER_DEADLINE_MS;
  const at = (ms: number, then: (finding: AnyFinding) => void = () => undefined): void =>
    calendar.after(ms, () => then(arrive()));
  switch (trouble) {
    case undefined:
      at(50, (finding) => hear(finding, 50));
      break;
    case 'unreachable':
      hear(NOT_SENT, 50);
      break;
    case 'requestLost':
      hear(UNKNOWN, 100);
      break;
    case 'refused':
      hear(NO, 100);
      break;
    case 'answerLost':
      hear(UNKNOWN, 100);
      at(50);
      break;
    case 'answerLate':
      hear(UNKNOWN, deadlineMs);
      at(50, (finding) => hear(finding, LATE_MS, true));
      break;
    case 'requestLate':
      hear(UNKNOWN, 100);
      at(LATE_MS);
      break;
    case 'allLate':
      hear(UNKNOWN, deadlineMs);
      at(LATE_MS, (finding) => hear(finding, 50, true));
      break;
    case 'doubled':
    case 'echo': {
      at(50, (finding) => hear(finding, 50));
      // A sale on the terminal, a note on its rollers: nothing on that line doubles it.
      const isInside = call.step.startsWith('cash.') || (call.step === 'pay.charge' && call.by === 'card');
      if (!isInside) at(trouble === 'echo' ? LATE_MS : 60);
    }
  }
}
