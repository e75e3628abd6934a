/** S-HELP over whatever page: it follows the call to the guide desk, and goes back by a touch, in time, or with its page. */
import type { TimerPair } from '../region/profile.ts';
import type { ScreenBody } from '../screen/messages.ts';
import { confirmed } from './act.ts';
import type { HelpCall } from './help-desk.ts';
import type { Outcome, Question } from './question.ts';

type Answer = 'back' | 'changed';

interface Around {
  /** What the page below waits for ends the help page, too. */
  readonly until: Promise<unknown> | undefined;
  readonly idle: TimerPair;
}

export async function showHelp(
  call: HelpCall | undefined,
  { until, idle }: Around,
  ask: (body: ScreenBody, question: Question<Answer>) => Promise<Outcome<Answer>>,
): Promise<void> {
  try {
    for (let goesOn = false; ; goesOn = true) {
      const ends = until?.then((): Answer => 'back');
      const changes = call?.changed().then((): Answer => 'changed');
      const waits = [ends, changes].filter((one) => one !== undefined);
      const answer = await ask(
        { name: 'S-HELP', call: call?.state ?? 'none' },
        {
          accept: (act) => (confirmed(act) ? 'back' : undefined),
          patience: { timer: idle, afterwards: 'back' },
          ...(waits.length > 0 && { until: Promise.race(waits) }),
          ...(goesOn && { goesOn: true }),
        },
      );
      if (answer.kind !== 'answer' || answer.answer === 'back') return;
    }
  } finally {
    call?.end();
  }
}
