/** Two people end a case by hand: what counts, what is kept, what they did. Nothing is sent while half of it is missing. */
import { useState } from 'preact/hooks';
import type { KioskStory } from '../../workbench-messages.ts';
import type { Ask, Note } from '../hall-line.ts';
import { cashierWords as say } from '../text/cashier-words.ts';
import type { Words } from '../text/words.ts';
import { Two } from './cashier.tsx';

interface CloseCaseProps {
  readonly story: KioskStory;
  readonly note: Note | undefined;
  readonly ask: Ask;
}

const YUAN = /^\d{1,7}(\.\d{1,2})?$/;

export function CloseCase({ story, note, ask }: CloseCaseProps) {
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [kept, setKept] = useState('');
  const [done, setDone] = useState('');
  const [claim, setClaim] = useState<'counts' | 'none' | undefined>();
  const two = first.trim() !== '' && second.trim() !== '' && first.trim() !== second.trim();
  const isWhole = two && done.trim() !== '' && claim !== undefined && YUAN.test(kept);
  const close = (event: Event): void => {
    event.preventDefault();
    if (!isWhole || !claim) return;
    ask({
      closeCase: story.number,
      by: [first.trim(), second.trim()],
      claim,
      keptFen: Math.round(Number(kept) * 100),
      note: done.trim(),
    });
  };
  return (
    <form class="close-case" onSubmit={close}>
      <h2>
        <Two words={say.close} />
      </h2>
      <Field name="first" words={say.first} value={first} onType={setFirst} />
      <Field name="second" words={say.second} value={second} onType={setSecond} />
      <Field name="kept" words={say.kept} value={kept} onType={setKept} />
      <fieldset>
        {(['counts', 'none'] as const).map((one) => (
          <label key={one}>
            <input type="radio" name="claim" value={one} checked={claim === one} onChange={() => setClaim(one)} />
            <Two words={one === 'counts' ? say.claimCounts : say.claimNone} />
          </label>
        ))}
      </fieldset>
      <Field name="done" words={say.note} value={done} onType={setDone} />
      <button type="submit" disabled={!isWhole}>
        <Two words={say.closeIt} />
      </button>
      {!isWhole && (
        <p class="hint">
          <Two words={say.needTwo} />
        </p>
      )}
      {note?.what === 'closeCase' && note.why !== undefined && (
        <p class="differ" role="alert">
          <Two words={[say.notClosed[0], note.why]} />
        </p>
      )}
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly words: Words;
  readonly value: string;
  readonly onType: (text: string) => void;
}

function Field({ name, words, value, onType }: FieldProps) {
  return (
    <label class={`field ${name}`}>
      <Two words={words} />
      <input name={name} autocomplete="off" value={value} onInput={(event) => onType(event.currentTarget.value)} />
    </label>
  );
}
