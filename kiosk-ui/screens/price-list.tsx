/** S-PRICE-LIST: what is printed together; a row opens its item, where it can be taken out again. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { EditionLines, PaperLine, PriceRowButton, PrintButton } from '../parts/price-parts.tsx';
import { fill } from '../text/fill.ts';

export function PriceList({ body, ...view }: ScreenProps<'S-PRICE-LIST'>) {
  const { text, does, layout, screen } = view;
  const { textSize, language } = screen.settings;
  return (
    <Frame
      view={view}
      class="price-item price-list"
      band={<p class="band-title">{text.price.title}</p>}
      aside={
        <>
          <PaperLine view={view} paper={body.paper} />
          <EditionLines view={view} edition={body.edition} />
        </>
      }
      actions={
        <>
          <PrintButton view={view} paper={body.paper} label={text.price.printList} />
          <BigButton kind="secondary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.price.toSearch}
          </BigButton>
        </>
      }
    >
      <h1>{fill(text.price.listTitle, { count: body.rows.length })}</h1>
      <PagedList
        rows={body.rows.map((row) => <PriceRowButton key={row.code} view={view} row={row} />)}
        text={text}
        look={`${layout} ${textSize} ${language}`}
      />
    </Frame>
  );
}
