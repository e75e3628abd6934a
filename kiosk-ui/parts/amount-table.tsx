/** Amounts under each other: words left, yuan with two decimals right, digits of equal width. */
import type { ComponentChildren } from 'preact';
import { money } from '../text/fill.ts';
import type { TextTable } from '../text/text-table.ts';

interface AmountRowProps {
  readonly text: TextTable;
  readonly label: ComponentChildren;
  readonly note?: ComponentChildren;
  readonly amountFen: number;
  /** `duty`: the note is part of what the patient owes, so it is no small print. */
  readonly kind?: 'head' | 'plain' | 'duty';
  /** The note beside the label instead of under it. */
  readonly inline?: boolean;
}

export function AmountRow({ text, label, note, amountFen, kind = 'plain', inline = false }: AmountRowProps) {
  return (
    <div class={`amount-row ${kind}`}>
      <div class={`amount-label ${inline ? 'inline' : ''}`}>
        <p>{label}</p>
        {note !== undefined && <p class="note">{note}</p>}
      </div>
      <p class="amount">{money(text, amountFen)}</p>
    </div>
  );
}

/** The one amount that decides: 12 mm and more. */
export function BigAmount({ text, label, amountFen }: Pick<AmountRowProps, 'text' | 'label' | 'amountFen'>) {
  const [, before = '', value = '', after = ''] = /^([^\d-]*)([\d.-]+)(.*)$/.exec(money(text, amountFen)) ?? [];
  return (
    <div class="big-amount">
      <p class="big-amount-label">{label}</p>
      <p class={`big-amount-value ${before.length + value.length > 7 ? 'long' : ''}`}>
        {before}
        {value}
        <span class="unit">{after}</span>
      </p>
    </div>
  );
}
