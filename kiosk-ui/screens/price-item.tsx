/** S-PRICE-ITEM: one item with every field that has to be published; name, unit and price always stand above the rest. */
import type { PriceFieldName } from '../../firmware/screen/messages.ts';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { EditionLines, PaperLine, PrintButton, priceText } from '../parts/price-parts.tsx';
import { lookUp } from '../text/fill.ts';

/** They head the page, whatever page of the list is shown. */
const NAMES: readonly PriceFieldName[] = ['name', 'genericName'];
const HEAD: readonly PriceFieldName[] = ['unit', 'price'];
/** A longer text goes on in the next row, so that a page of the list can hold it at every size. */
const PIECE = 48;

export function PriceItem({ body, ...view }: ScreenProps<'S-PRICE-ITEM'>) {
  const { text, does, layout, screen } = view;
  const { item, edition, isKept, paper } = body;
  const words = text.price;
  const head = item.fields.find(({ field }) => NAMES.includes(field));
  const valueIn = (field: PriceFieldName): string => item.fields.find((one) => one.field === field)?.value ?? '';
  const rest = item.fields.filter(({ field }) => field !== head?.field && !HEAD.includes(field));
  const pricedBy = item.pricedBy === undefined ? [] : [{ label: words.pricedBy, value: item.pricedBy }];
  const rows = [
    ...rest.map(({ field, value }) => ({
      label: words.fields[field],
      value: field === 'level' ? (lookUp(words.levels, value) ?? value) : value,
    })),
    ...pricedBy,
    ...(edition.zeroMarkup && item.kind !== 'service' ? [{ label: '', value: words.zeroMarkup }] : []),
  ].flatMap(({ label, value }) =>
    piecesOf(value).map((piece, at) => (
      <div class="price-field" key={`${label} ${at}`}>
        {at === 0 && label !== '' && <p class="price-label">{label}</p>}
        <p>{piece}</p>
      </div>
    )),
  );
  const { textSize, language } = screen.settings;
  return (
    <Frame
      view={view}
      class="price-item"
      band={<p class="band-title">{words.title}</p>}
      aside={
        <>
          <PaperLine view={view} paper={paper} />
          <EditionLines view={view} edition={edition} />
        </>
      }
      actions={
        <>
          <PrintButton view={view} paper={paper} label="" />
          <BigButton kind="secondary" class="half" does="keep" onPress={() => does({ do: 'priceKeep', keep: !isKept })}>
            {isKept ? words.unkeep : words.keep}
          </BigButton>
          <BigButton kind="secondary" class="half" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {words.toSearch}
          </BigButton>
        </>
      }
    >
      <div class="price-head">
        <p class="price-label">{head && words.fields[head.field]}</p>
        <h1>{head?.value}</h1>
        <p class="price-figure">
          <span class="price-label">{words.fields.price}</span>
          <b>{priceText(text, valueIn('price'))}</b>
          <span class="price-label">{words.fields.unit}</span>
          <b>{valueIn('unit')}</b>
          {item.selfPriced && <span class="self-priced">{words.selfPriced}</span>}
        </p>
      </div>
      <PagedList key={item.code} rows={rows} text={text} look={`${layout} ${textSize} ${language}`} />
    </Frame>
  );
}

/** Whole sentences where they are short enough. */
function piecesOf(value: string): readonly string[] {
  const characters = [...value];
  const pieces: string[] = [];
  while (characters.length > PIECE) {
    const stop = characters.slice(0, PIECE).findLastIndex((one) => /[，。；、,;. ]/.test(one));
    pieces.push(characters.splice(0, stop > PIECE / 2 ? stop + 1 : PIECE).join(''));
  }
  return [...pieces, characters.join('')];
}
