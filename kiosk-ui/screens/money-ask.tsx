/** S-MONEY-ASK: a settlement's number, off a slip's code or typed; its keys hold only what a number can hold. */
import { useState } from 'preact/hooks';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { KeyGrid } from '../parts/key-grid.tsx';

const KEYS = [...'23456789abcdefghijkmnpqrstuvwxyz'];
const LENGTH = 12;

export function MoneyAsk({ body, ...view }: ScreenProps<'S-MONEY-ASK'>) {
  const { text, does } = view;
  const [typed, setTyped] = useState('');
  const words = text.moneyAsk;
  const title = body.of === 'money' ? words.title : text.affairs.complaint.ask;
  return (
    <Frame
      view={view}
      class="money-ask"
      band={<p class="band-title">{body.of === 'money' ? text.findMoney : text.ways.jobs.complaint}</p>}
      aside={
        <>
          <Places typed={typed} />
          {view.screen.settings.reach !== 'low' && (
            <BigButton kind="quiet" does="back" onPress={() => setTyped((before) => before.slice(0, -1))}>
              {words.back}
            </BigButton>
          )}
        </>
      }
      actions={
        <>
          <BigButton
            kind="primary"
            does="number"
            disabled={typed.length < LENGTH}
            onPress={() => does({ do: 'number', number: typed })}
          >
            {words.look}
          </BigButton>
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.backHome}
          </BigButton>
        </>
      }
    >
      <h1>{body.problem === 'none' ? title : words.problems[body.problem]}</h1>
      <KeyGrid
        view={view}
        pages={[KEYS]}
        back={{ word: words.back, can: typed !== '', act: () => setTyped((before) => before.slice(0, -1)) }}
        onKey={(key) => setTyped((before) => (before.length < LENGTH ? before + key : before))}
      />
    </Frame>
  );
}

/** Twelve places in three groups, as on the slip. */
function Places({ typed }: { readonly typed: string }) {
  const shown = typed.toUpperCase().padEnd(LENGTH, '_');
  return (
    <p class="places">
      {[0, 4, 8].map((start) => (
        <span key={start}>{shown.slice(start, start + 4)}</span>
      ))}
    </p>
  );
}
