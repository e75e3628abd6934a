/** S-INJURY: how it happened, in three plain choices; none is marked, none is first by colour (SZ-258). */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { date } from '../text/fill.ts';

const CAUSES = ['self', 'work', 'other'] as const;

export function Injury({ body, ...view }: ScreenProps<'S-INJURY'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      class="choices"
      actions={
        <>
          {CAUSES.map((cause) => (
            <BigButton
              key={cause}
              kind="primary"
              does={`injury ${cause}`}
              onPress={() => does({ do: 'injury', cause })}
            >
              {text.injury.causes[cause]}
            </BigButton>
          ))}
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <h1>{text.injury.title}</h1>
      <p class="lead">{text.injury.line}</p>
      <p>
        {body.department} {date(text, body.visitDate)}
      </p>
    </Frame>
  );
}
