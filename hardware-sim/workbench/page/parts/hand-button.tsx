/** A hand as a button: Chinese, English below it; a hand that has nothing to do now is dim. */
import type { HandName } from '../../workbench-messages.ts';
import type { Ask } from '../hall-line.ts';
import { handWords } from '../text/hand-words.ts';
import type { Words } from '../text/words.ts';

interface HandButtonProps {
  readonly hand: HandName;
  readonly ask: Ask;
  readonly given?: string | number;
  readonly look?: 'main' | 'calls' | 'breaks' | 'mends';
  readonly can?: boolean;
  readonly words?: Words;
}

export function HandButton({ hand, ask, given, look, can = true, words = handWords[hand] }: HandButtonProps) {
  return (
    <button
      type="button"
      class={`hand ${look ?? ''}`}
      data-hand={hand}
      disabled={!can}
      onClick={() => ask(given === undefined ? { do: hand } : { do: hand, with: given })}
    >
      <span>{words[0]}</span>
      <small lang="en">{words[1]}</small>
    </button>
  );
}
