/** S-CHOOSE: one of several things. */
import type { Choice, ChoiceQuestion } from '../screen/messages.ts';
import type { Session } from '../session/session.ts';

/** → the id of what was touched. @throws SessionOver */
export function chosen(session: Session, ask: ChoiceQuestion, choices: readonly Choice[]): Promise<string> {
  return session.ask<string>(
    { name: 'S-CHOOSE', ask, choices, removeCard: false },
    { accept: (act) => (act.kind === 'intent' && act.intent.do === 'choose' ? act.intent.id : undefined) },
  );
}
