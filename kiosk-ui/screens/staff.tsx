/** S-STAFF: somebody of the staff vouches with their own key; what is typed is never shown. */
import { useState } from 'preact/hooks';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { KeyGrid } from '../parts/key-grid.tsx';
import { PersonMark } from '../parts/marks.tsx';
import { Place } from '../parts/notice.tsx';

const DIGITS = [...'0123456789'];
const LEAST = 6;
const MOST = 8;

export function Staff({ body, ...view }: ScreenProps<'S-STAFF'>) {
  const { text, does } = view;
  const [typed, setTyped] = useState('');
  const words = text.affairs.staff;
  const { purpose, step, problem } = body;
  const band = <p class="band-title">{text.help.title}</p>;
  const without = (
    <BigButton kind="secondary" does="decline" onPress={() => does({ do: 'decline' })}>
      {step === 'insert' ? words.without : text.affairs.withoutCard.back}
    </BigButton>
  );
  const trouble = problem === 'none' ? undefined : <p class="lead">{words.problems[problem]}</p>;
  if (step === 'insert') {
    const { title, line } = words.insert[purpose];
    return (
      <Frame view={view} class="staff" band={band} aside={<Place view={view} />} actions={without}>
        <h1 class="with-mark">
          <PersonMark />
          <span>{title}</span>
        </h1>
        {trouble}
        <p class="lead">{line}</p>
      </Frame>
    );
  }
  const back = (): void => setTyped((before) => before.slice(0, -1));
  const send = (): void => {
    does({ do: 'typed', text: typed });
    setTyped('');
  };
  return (
    <Frame
      view={view}
      class="money-ask staff"
      band={band}
      aside={
        <>
          <p class="places">{'●'.repeat(typed.length).padEnd(LEAST, '_')}</p>
          {view.screen.settings.reach !== 'low' && (
            <BigButton kind="quiet" does="back" onPress={back}>
              {text.moneyAsk.back}
            </BigButton>
          )}
        </>
      }
      actions={
        <>
          <BigButton kind="primary" does="typed" disabled={typed.length < LEAST} onPress={send}>
            {text.affairs.withoutCard.ok}
          </BigButton>
          {without}
        </>
      }
    >
      <h1>{problem === 'none' ? words.pin[purpose] : words.problems[problem]}</h1>
      <KeyGrid
        view={view}
        class="price-keys"
        pages={[DIGITS]}
        back={{ word: text.moneyAsk.back, can: typed !== '', act: back }}
        onKey={(key) => setTyped((before) => (before.length < MOST ? before + key : before))}
      />
    </Frame>
  );
}
