/**
 * 没有医保卡: somebody without insurance says who is meant by a number: hospital card, newborn's wristband, passport.
 *
 * One promise: a number that was typed counts only with the birthday that belongs to it, and opens nothing but bills at
 * own expense; a barcode may be held up instead on the page of hospital card and wristband.
 */
import { Secret } from '../../drivers/secret.ts';
import type { TypedNumber } from '../screen/screen-parts.ts';
import type { Act } from './act.ts';
import type { Shown } from './ask-credential.ts';
import { credentialIn } from './ask-credential.ts';
import type { Session } from './session.ts';

type Typed = { readonly text: string } | { readonly shown: Shown } | 'back';

/** Who is meant; `undefined`: the patient turned back. @throws SessionOver */
export async function askNumber(session: Session): Promise<Shown | undefined> {
  const of = await session.ask<Exclude<TypedNumber, 'birthday'>>(
    {
      ...({ name: 'S-CHOOSE', ask: 'withoutCard', removeCard: false } as const),
      choices: (['visitCard', 'newborn', 'passport'] as const).map((id) => ({ id, title: '' })),
    },
    {
      accept: (act) => {
        if (act.kind !== 'intent' || act.intent.do !== 'choose') return undefined;
        const { id } = act.intent;
        return (['visitCard', 'newborn', 'passport'] as const).find((one) => one === id);
      },
    },
  );
  const number = await type(session, of);
  if (number === 'back') return undefined;
  if ('shown' in number) return number.shown;
  const birthday = await type(session, 'birthday');
  if (birthday === 'back' || 'shown' in birthday) return undefined;
  const { text } = birthday;
  const born = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const medium = of === 'passport' ? 'passport' : 'visitCard';
  return { medium, number: new Secret(number.text), born };
}

function type(session: Session, of: TypedNumber): Promise<Typed> {
  return session.ask<Typed>(
    { name: 'S-TYPE', of },
    {
      accept: (act: Act) => {
        if (act.kind === 'intent') {
          if (act.intent.do === 'decline') return 'back';
          return act.intent.do === 'typed' ? { text: act.intent.text } : undefined;
        }
        const shown = of === 'birthday' ? undefined : credentialIn(act);
        return shown && shown.medium !== 'problem' ? { shown } : undefined;
      },
    },
  );
}
