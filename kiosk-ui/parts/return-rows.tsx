/** Ways by which money goes back: where to, how much, and how far it is, one row each. */
import type { ReturnOnScreen } from '../../firmware/screen/messages.ts';
import type { TextTable } from '../text/text-table.ts';
import { AmountRow } from './amount-table.tsx';
import { TickMark, TriangleMark } from './marks.tsx';

/** Rows for a list; a part that is back has a tick, one that is left for somebody a triangle. */
export function returnRows(text: TextTable, returns: readonly ReturnOnScreen[]) {
  return returns.map(({ by, amountFen, state }, place) => (
    <AmountRow
      key={`back ${place}`}
      text={text}
      kind="duty"
      label={text.ways.routes[by]}
      note={
        state === 'planned' ? undefined : (
          <span class="with-mark">
            {state === 'done' && <TickMark />}
            {(state === 'atCashier' || state === 'refused') && <TriangleMark />}
            <span>{text.ways.states[state]}</span>
          </span>
        )
      }
      amountFen={amountFen}
    />
  ));
}
