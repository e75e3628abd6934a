/** S-TYPE: who is meant, by a number or a day that is typed; a barcode may be held up instead. */
import { useState } from 'preact/hooks';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { KeyGrid } from '../parts/key-grid.tsx';

const DIGITS = [...'0123456789'];
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const LEAST = 5;
const MOST = 20;
const DAY_LENGTH = 8;

export function TypeNumber({ body, ...view }: ScreenProps<'S-TYPE'>) {
  const { text, does } = view;
  const [typed, setTyped] = useState('');
  const words = text.affairs.withoutCard;
  const day = body.of === 'birthday';
  const most = day ? DAY_LENGTH : MOST;
  const back = (): void => setTyped((before) => before.slice(0, -1));
  return (
    <Frame
      view={view}
      class="money-ask type-number"
      band={<p class="band-title">{text.ways.jobs.settleOutpatient}</p>}
      aside={
        <>
          <p class="places">{day ? dayPlaces(typed) : `${typed}_`}</p>
          {view.screen.settings.reach !== 'low' && (
            <BigButton kind="quiet" does="back" onPress={back}>
              {text.moneyAsk.back}
            </BigButton>
          )}
        </>
      }
      actions={
        <>
          <BigButton
            kind="primary"
            does="typed"
            disabled={typed.length < (day ? DAY_LENGTH : LEAST)}
            onPress={() => does({ do: 'typed', text: typed })}
          >
            {words.ok}
          </BigButton>
          <BigButton kind="secondary" does="decline" onPress={() => does({ do: 'decline' })}>
            {words.back}
          </BigButton>
        </>
      }
    >
      <h1>{words.ask[body.of]}</h1>
      <KeyGrid
        view={view}
        class="price-keys"
        pages={day ? [DIGITS] : [DIGITS, LETTERS]}
        back={{ word: text.moneyAsk.back, can: typed !== '', act: back }}
        onKey={(key) => setTyped((before) => (before.length < most ? before + key.toUpperCase() : before))}
      />
    </Frame>
  );
}

/** 2026-03-05, with the places that are still empty. */
function dayPlaces(typed: string): string {
  const shown = typed.padEnd(DAY_LENGTH, '_');
  return `${shown.slice(0, 4)}-${shown.slice(4, 6)}-${shown.slice(6)}`;
}
