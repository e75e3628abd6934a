/** A row of a list that a finger can pick: the whole row is the target; what cannot be picked says why. */
import type { ComponentChildren } from 'preact';
import { money } from '../text/fill.ts';
import type { TextTable } from '../text/text-table.ts';
import { BigButton } from './big-button.tsx';

interface PickRowProps {
  readonly text: TextTable;
  readonly does: string;
  readonly title: string;
  readonly note?: ComponentChildren;
  readonly amountFen?: number | undefined;
  /** `undefined`: it can be picked. */
  readonly off?: string | undefined;
  /** Opens other rows. */
  readonly opens?: boolean;
  /** A box with or without a tick before it. */
  readonly ticked?: boolean;
  readonly onPress: () => void;
}

export function PickRow({ text, does, title, note, amountFen, off, ticked, opens, onPress }: PickRowProps) {
  const inside: ComponentChildren = (
    <>
      {ticked !== undefined && <TickBox ticked={ticked} />}
      <span class="pick-words">
        <span class="pick-title">{title}</span>
        {(off ?? note) !== undefined && <span class="pick-note">{off ?? note}</span>}
      </span>
      {opens && <OpensMark />}
      {amountFen !== undefined && <span class="pick-amount">{money(text, amountFen)}</span>}
    </>
  );
  return (
    <div class="pick-row">
      {off === undefined ? (
        <BigButton kind="quiet" class="pick" does={does} onPress={onPress}>
          {inside}
        </BigButton>
      ) : (
        <div class="pick off">{inside}</div>
      )}
    </div>
  );
}

/** An arrow on: it points to where the lines of this language end. */
function OpensMark() {
  return (
    <svg class="mark opens-mark" viewBox="0 0 48 48" aria-hidden="true">
      <path
        d="M18 8l16 16-16 16"
        fill="none"
        stroke="currentColor"
        stroke-width="6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

function TickBox({ ticked }: { readonly ticked: boolean }) {
  return (
    <svg class="mark tick-box" viewBox="0 0 48 48" aria-hidden="true">
      <rect
        x="4"
        y="4"
        width="40"
        height="40"
        rx="8"
        fill={ticked ? 'var(--good)' : 'var(--ground)'}
        stroke="var(--good)"
        stroke-width="4"
      />
      {ticked && (
        <path
          d="M13 25l8 8 15-17"
          fill="none"
          stroke="var(--on-good)"
          stroke-width="6"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      )}
    </svg>
  );
}
