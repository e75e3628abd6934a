/** What the price pages have in common: a row that opens an item, and the lines that say of when and of whom prices are. */
import type { PriceEditionOnScreen, PricePaper, PriceRow } from '../../firmware/screen/messages.ts';
import { date, fill } from '../text/fill.ts';
import type { TextTable } from '../text/text-table.ts';
import { BigButton } from './big-button.tsx';
import type { View } from './frame.tsx';
import { HOTLINE } from './help-bar.tsx';
import { TickMark, TriangleMark } from './marks.tsx';

/** Yuan as the list writes them, two decimals at least: `12.5` is said 12.50. */
export function priceText(text: TextTable, price: string): string {
  const [whole = '0', fraction = ''] = price.split('.');
  return fill(text.price.price, { price: `${whole}.${fraction.padEnd(2, '0')}` });
}

interface RowProps {
  readonly view: View;
  readonly row: PriceRow;
}

export function PriceRowButton({ view: { text, does }, row }: RowProps) {
  return (
    <BigButton
      kind="quiet"
      class="price-row"
      does={`price ${row.code}`}
      onPress={() => does({ do: 'priceItem', code: row.code })}
    >
      <span class="price-row-name">
        <span>{row.name}</span>
        {(row.detail !== '' || row.selfPriced) && (
          <span class="price-row-detail">
            {row.detail}
            {row.selfPriced && <b> {text.price.selfPriced}</b>}
          </span>
        )}
      </span>
      <span class="price-row-price">
        <b>{priceText(text, row.price)}</b>
        <span class="price-row-detail">/ {row.unit}</span>
      </span>
    </BigButton>
  );
}

interface EditionProps {
  readonly view: View;
  readonly edition: PriceEditionOnScreen;
}

/** The day of the prices, and whom to call about them: always on the page, never behind a scroll (Z-6.3.1, SZ-193). */
export function EditionLines({ view: { text, screen }, edition }: EditionProps) {
  const { version, publishedOn, old } = edition;
  return (
    <div class="price-edition">
      <p>{old ? <Old text={text} /> : fill(text.price.edition, { version, date: date(text, publishedOn) })}</p>
      <p class="price-phones">{fill(text.price.phones, { phone: screen.help.hospitalPhone, hotline: HOTLINE })}</p>
    </div>
  );
}

function Old({ text }: { readonly text: TextTable }) {
  return (
    <span class="with-mark">
      <TriangleMark />
      <span>{text.price.old}</span>
    </span>
  );
}

interface PaperProps {
  readonly view: View;
  readonly paper: PricePaper;
  readonly label: string;
}

/** The button while it can do something, and the word of what became of it. */
export function PrintButton({ view: { text, does }, paper, label }: PaperProps) {
  const again = paper === 'can' || paper === 'printed' || paper === 'none';
  return (
    <BigButton kind="primary" does="print" disabled={!again} onPress={() => does({ do: 'print' })}>
      {label === '' ? text.price.print : label}
    </BigButton>
  );
}

export function PaperLine({ view: { text, screen }, paper }: Omit<PaperProps, 'label'>) {
  const words = fill(text.price.paper[paper], { window: screen.help.window });
  if (words === '') return null;
  return (
    <p class={`with-mark price-paper ${paper}`}>
      {paper === 'printed' ? <TickMark /> : paper === 'printing' ? null : <TriangleMark />}
      <span>{words}</span>
    </p>
  );
}
