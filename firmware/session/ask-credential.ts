/**
 * Asks for something readable with the three pictures, and says why when there was something already.
 *
 * One promise: whatever is held up or put in is answered by a screen that says what it was, until a good card or
 * code comes, the patient gives up, or nobody comes.
 */
import type { Secret } from '../../drivers/secret.ts';
import { type ReasonId, reasons } from '../reasons.ts';
import type { TimerPair } from '../region/profile.ts';
import type { Act } from './act.ts';
import { askNumber } from './ask-number.ts';
import type { Session } from './session.ts';

/** The barcode of a hospital's own card. */
const VISIT_CARD = /^[A-Z]{1,4}\d{8,18}$/;

/** What the patient put down. */
export type Shown =
  | { readonly medium: 'card' }
  /** 居民身份证 on its reader; who stands there is matched with its photo. */
  | { readonly medium: 'idCard' }
  /** The text of a 医保电子凭证; it works once. */
  | { readonly medium: 'code'; readonly text: Secret<string> }
  /** 就诊卡, or a newborn's wristband: says who is meant, and no insurance knows it. `born` where it was typed. */
  | { readonly medium: 'visitCard'; readonly number: Secret<string>; readonly born?: string }
  /** 护照, typed. */
  | { readonly medium: 'passport'; readonly number: Secret<string>; readonly born: string };

/** A wrong-way card or an unacceptable code: someone is here and needs to be told. */
export interface ShownProblem {
  readonly medium: 'problem';
  readonly problem: ReasonId;
}

type Answer = Shown | ShownProblem | { readonly medium: 'nothing' | 'none' };

/**
 * @param read T-READ; after the first time the page is drawn (and said) once more, after the second the session ends
 * @throws SessionOver
 */
export async function askCredential(
  session: Session,
  read: TimerPair,
  problem: ReasonId | undefined,
  whose?: 'patient' | 'proxy',
): Promise<Shown> {
  let why = problem;
  let asked = 1;
  for (;;) {
    const answer = await session.ask<Answer>(
      {
        name: 'S-ID-HELP',
        problem: why ?? 'none',
        staffCode: why === undefined ? '' : reasons[why].staffCode,
        // The first one's card has to leave before the second one can be put in.
        ...(whose === undefined ? { withoutCard: true } : { whose, removeCard: false }),
      },
      {
        accept: whose === undefined ? credentialOrNone : credentialIn,
        patience: { timer: read, afterwards: { medium: 'nothing' } },
      },
    );
    switch (answer.medium) {
      case 'card':
      case 'idCard':
      case 'code':
      case 'visitCard':
      case 'passport':
        return answer;
      case 'none': {
        const shown = await askNumber(session);
        if (shown) return shown;
        break;
      }
      case 'problem':
        why = answer.problem;
        session.helpOffer.wentWrong();
        asked = 1;
        break;
      case 'nothing':
        if (asked === 2) session.leave('timeOut');
        asked += 1;
    }
  }
}

function credentialOrNone(act: Act): Answer | undefined {
  return act.kind === 'intent' && act.intent.do === 'withoutCard' ? { medium: 'none' } : credentialIn(act);
}

/** What an act at reader or scanner is, wherever a credential is waited for. */
export function credentialIn(act: Act): Shown | ShownProblem | undefined {
  switch (act.kind) {
    case 'card':
      if (act.event === 'mediaInserted') return { medium: 'card' };
      return act.event === 'invalidMedia' ? { medium: 'problem', problem: 'cardUpsideDown' } : undefined;
    case 'idCard':
      return act.event === 'mediaInserted' ? { medium: 'idCard' } : undefined;
    case 'codeRefused':
      return { medium: 'problem', problem: 'codeUnreadable' };
    case 'code':
      if (act.codeKind === 'eCredential') return { medium: 'code', text: act.text };
      if (act.codeKind === 'unknown' && VISIT_CARD.test(act.text.reveal())) {
        return { medium: 'visitCard', number: act.text };
      }
      return { medium: 'problem', problem: 'notACredential' };
    case 'intent':
      return undefined;
  }
}
