/** Where to go now (Y1-24), in the hospital's own words: long ones stand smaller. */
import type { TextTable } from '../text/text-table.ts';

/** Characters that fit one line at the largest size. */
const SHORT = 13;

export function NextStep({ text, place }: { readonly text: TextTable; readonly place: string }) {
  if (place === '') return null;
  return (
    <div class="next-step">
      <p class="next-label">{text.done.next}</p>
      <p class={`next-place ${place.length > SHORT ? 'long' : ''}`}>{place}</p>
    </div>
  );
}
