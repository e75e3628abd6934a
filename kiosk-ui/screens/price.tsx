/**
 * S-PRICE: letters are typed, the three kinds say how many they have, and a kind opens its rows (价格公示).
 *
 * Typing is the page's own, so a key answers at once; what is found comes from the firmware a moment later.
 */
import { useState } from 'preact/hooks';
import type { PriceKind } from '../../firmware/screen/messages.ts';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps, type View } from '../parts/frame.tsx';
import { KeyGrid } from '../parts/key-grid.tsx';
import { TriangleMark } from '../parts/marks.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { EditionLines, PriceRowButton } from '../parts/price-parts.tsx';
import { fill } from '../text/fill.ts';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const DIGITS = [...'1234567890'];
const KINDS: readonly PriceKind[] = ['service', 'drug', 'consumable'];
const LONGEST = 12;

export function Price({ body, ...view }: ScreenProps<'S-PRICE'>) {
  const { text, does } = view;
  const [typed, setTyped] = useState(body.query);
  const type = (now: string): void => {
    setTyped(now);
    does({ do: 'priceSearch', kind: 'none', text: now });
  };
  const showing = body.kind !== 'none';
  return (
    <Frame
      view={view}
      class={`price ${showing ? 'showing' : 'typing'}`}
      band={<p class="band-title">{text.price.title}</p>}
      aside={
        showing ? <EditionLines view={view} edition={body.edition} /> : <p class="price-ways">{text.price.ways}</p>
      }
      actions={
        <>
          {KINDS.map((kind) => (
            <Kind key={kind} kind={kind} view={view} body={body} typed={typed} />
          ))}
          {showing ? (
            <BigButton kind="secondary" class="half" does="again" onPress={() => type('')}>
              {text.price.again}
            </BigButton>
          ) : (
            <BigButton kind="secondary" class="half" does="cancel" onPress={() => does({ do: 'cancel' })}>
              {text.price.leave}
            </BigButton>
          )}
          {body.kept > 0 && (
            <BigButton kind="secondary" class="half" does="priceList" onPress={() => does({ do: 'priceList' })}>
              {fill(text.price.list, { count: body.kept })}
            </BigButton>
          )}
        </>
      }
    >
      {showing ? (
        <Rows view={view} body={body} />
      ) : (
        <>
          {typedLine({ view, typed, back: () => type(typed.slice(0, -1)) })}
          <KeyGrid
            view={view}
            class="price-keys"
            pages={[LETTERS, DIGITS]}
            onKey={(key) => typed.length < LONGEST && type(typed + key)}
            back={{ word: text.price.back, can: typed !== '', act: () => type(typed.slice(0, -1)) }}
          />
        </>
      )}
    </Frame>
  );
}

interface Part {
  readonly view: View;
  readonly body: ScreenProps<'S-PRICE'>['body'];
}

function Kind({
  view: { text, does },
  kind,
  body,
  typed,
}: Part & { readonly kind: PriceKind; readonly typed: string }) {
  const { found, most } = body;
  const count = found[kind] > most ? `${most}+` : String(found[kind]);
  return (
    <BigButton
      kind="quiet"
      class={`kind ${body.kind === kind ? 'chosen' : ''}`}
      does={`kind ${kind}`}
      onPress={() => does({ do: 'priceSearch', kind, text: typed })}
    >
      <span>{text.price.kinds[kind]}</span>
      {typed !== '' && <b>{count}</b>}
    </BigButton>
  );
}

function Rows({ view, body }: Part) {
  const { text, layout, screen } = view;
  if (body.rows.length === 0) {
    return (
      <div class="scene">
        <h1 class="with-mark">
          <TriangleMark />
          <span>{text.price.nothing.title}</span>
        </h1>
        <p class="lead">{text.price.nothing.line}</p>
      </div>
    );
  }
  const { textSize, language } = screen.settings;
  return (
    <PagedList
      key={`${body.kind} ${body.query}`}
      rows={body.rows.map((row) => <PriceRowButton key={row.code} view={view} row={row} />)}
      text={text}
      look={`${layout} ${textSize} ${language}`}
    />
  );
}

interface TypedProps {
  readonly view: View;
  readonly typed: string;
  readonly back: () => void;
}

/** What was typed; the key that takes back stands beside it, or among low keys. */
function typedLine({ view: { text, screen }, typed, back }: TypedProps) {
  const low = screen.settings.reach === 'low';
  return (
    <div class={`price-typed ${low ? 'read' : ''}`}>
      {typed === '' ? (
        <div>
          <h1>{text.price.ask}</h1>
          <p>{text.price.example}</p>
        </div>
      ) : (
        <p class="places">{typed.toUpperCase()}</p>
      )}
      {typed !== '' && !low && (
        <BigButton kind="quiet" does="back" onPress={back}>
          {text.price.back}
        </BigButton>
      )}
    </div>
  );
}
