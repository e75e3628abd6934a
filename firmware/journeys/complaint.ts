/**
 * 投诉建议: what somebody wants to complain of, without saying who they are; and the answer to it later, by its number.
 *
 * One promise: a number that was shown is kept on the disk and sent until the hospital has it (Y1-18, Z-12.6), and nothing
 * of a person is asked, shown or sent.
 */

import { type ComplaintSlip, complaintSlip } from '../documents/complaint-slip.ts';
import { forReader } from '../documents/large-print.ts';
import { platformDate, platformTime } from '../insurance/platform-time.ts';
import type { ComplaintProfile } from '../region/profile.ts';
import { COMPLAINTS, type ComplaintAbout } from '../screen/affair-screens.ts';
import type { Choice, ScreenBody } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import { confirmed } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import { chosen } from './choose.ts';
import { printerTrouble } from './deliver-paper.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';
import { stopping } from './with-identity.ts';

const DAY_MS = 86_400_000;
/** Where the profile says nothing. */
const PROMISE: ComplaintProfile = {
  office: { zh: '医保办公室', en: 'Insurance office' },
  replyDays: 15,
};
const PRINT_TIMEOUT_MS = 30_000;
/** Not a category: what became of an earlier one. */
const ANSWER = 'answer';

export async function complain(rooms: Rooms, session: Session): Promise<JourneyEnd> {
  const choices = [...COMPLAINTS, ANSWER].map((id): Choice => ({ id, title: '' }));
  const id = await chosen(session, 'complaintAbout', choices);
  const about = COMPLAINTS.find((one) => one === id);
  return stopping(rooms, session, () => (about ? take(rooms, session, about) : seeAnswer(rooms, session)));
}

/** @throws Stop */
async function take(rooms: Rooms, session: Session, about: ComplaintAbout): Promise<JourneyEnd> {
  const { config, clock, profile } = rooms;
  const number = rooms.newNumber('cmp');
  const at = platformTime(clock.wallMs());
  const { office, replyDays } = profile.complaints ?? PROMISE;
  const answerBy = platformDate(clock.wallMs() + replyDays * DAY_MS);
  // 首问负责, 限时办结: the task has an owner and its last day from the beginning.
  const task = { about, kioskId: config.kioskId, at, owner: office.zh, answerBy };
  const kept = await rooms.notices.staffTask(number, 'complaint', task);
  if (!kept) throw new Stop('unexpected');
  rooms.audit.write('complaint.taken', { session: session.id, case: number, choice: about });
  const page = { name: 'S-COMPLAINT', number, about, state: 'taken', answer: '', answerBy } as const;
  const printed = print(rooms, session, { about, number, at, office, answerBy });
  const paper = await session.ask<'ready' | 'none'>(
    { ...page, paper: 'printing' },
    { accept: () => undefined, until: printed, patience: 'never' },
  );
  const patience = { timer: profile.timers.done, afterwards: true as const };
  await session.ask<true>({ ...page, paper }, { accept: confirmed, goesOn: true, patience });
  return 'complained';
}

async function print(
  rooms: Rooms,
  { language, textSize }: Session,
  complaint: Pick<ComplaintSlip, 'about' | 'number' | 'at' | 'office' | 'answerBy'>,
): Promise<'ready' | 'none'> {
  const { printer, config, profile } = rooms;
  if (!printer || printerTrouble(rooms)) return 'none';
  const document = complaintSlip({ config, profile, language, ...complaint });
  const done = await printer.print(forReader(document, textSize), { timeoutMs: PRINT_TIMEOUT_MS });
  return done.done ? 'ready' : 'none';
}

/** @throws Stop */
async function seeAnswer(rooms: Rooms, session: Session): Promise<JourneyEnd> {
  let problem: Extract<ScreenBody, { name: 'S-MONEY-ASK' }>['problem'] = 'none';
  for (;;) {
    const typed: string = await session.ask<string>(
      { name: 'S-MONEY-ASK', of: 'complaint', problem },
      { accept: (act: Act) => (act.kind === 'intent' && act.intent.do === 'number' ? act.intent.number : undefined) },
    );
    const number = `cmp_${typed}`;
    const answer = await waitForParty(rooms, session, 'findingAnswer', rooms.services.complaintAnswer(number));
    if (answer.outcome === 'refused') {
      problem = 'unknownNumber';
      continue;
    }
    if (answer.outcome !== 'ok') {
      throw new Stop(answer.outcome === 'malformed' ? 'hospitalAnswerBroken' : 'hospitalUnreachable');
    }
    const about = COMPLAINTS.find((one) => one === answer.value.about) ?? 'unknown';
    const { state, answer: words } = answer.value;
    await session.ask<true>(
      { name: 'S-COMPLAINT', number, about, state, answer: words, paper: 'notAsked' },
      { accept: confirmed, patience: { timer: rooms.profile.timers.idle, afterwards: true } },
    );
    return 'complaintSeen';
  }
}
