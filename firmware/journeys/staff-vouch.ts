/**
 * S-STAFF: somebody of the staff comes, puts their own key in and shows its PIN: what is asked is vouched for by name.
 *
 * One promise: whoever would rather not, and whoever has no key here, goes to the window as before; and who vouched for
 * what is written down (SZ-213b, product.md 2.8).
 */
import { PinEntry } from '../../drivers/person-token/pin-entry.ts';
import type { StaffProblem, StaffPurpose } from '../screen/screen-parts.ts';
import type { Act } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import type { StaffMember } from '../staff/staff-key.ts';
import type { Rooms } from './rooms.ts';

type Step = 'changed' | 'decline' | { readonly pin: string };

/** → who vouched; nobody where no key can be put in, or whoever is asked would rather not. @throws SessionOver */
export async function staffVouches(
  rooms: Rooms,
  session: Session,
  purpose: StaffPurpose,
): Promise<StaffMember | undefined> {
  const { staffKey } = rooms;
  if (!staffKey?.works) return undefined;
  let problem: StaffProblem = 'none';
  for (let goesOn = false; ; goesOn = true) {
    let stop = (): void => undefined;
    const changed = new Promise<Step>((resolve) => {
      stop = staffKey.onChanged(() => resolve('changed'));
    });
    const answer: Step = await session
      .ask<Step>(
        { name: 'S-STAFF', purpose, step: staffKey.present ? 'pin' : 'insert', problem, removeCard: false },
        { accept: stepIn, until: changed, ...(goesOn ? { goesOn: true as const } : {}) },
      )
      .finally(() => stop());
    if (answer === 'decline') return undefined;
    if (answer === 'changed') continue;
    const verdict = await staffKey.vouch(PinEntry.from(new TextEncoder().encode(answer.pin)));
    if (verdict.done) {
      const { staffNumber, duty } = verdict.member;
      rooms.audit.write('staff.vouched', { session: session.id, choice: purpose, by: staffNumber, state: duty });
      return verdict.member;
    }
    rooms.audit.write('staff.refused', { session: session.id, choice: purpose, reason: verdict.refusal });
    if (verdict.refusal === 'pinBlocked') return undefined;
    problem = verdict.refusal;
  }
}

function stepIn(act: Act): Step | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'decline') return 'decline';
  return act.intent.do === 'typed' ? { pin: act.intent.text } : undefined;
}
