/** S-RECORDS: what the centre knows, covered until the eye is touched. */
import type { RecordRow, RecordValue } from '../../firmware/screen/messages.ts';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps, type View } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { date, fill, lookUp, money } from '../text/fill.ts';

export function Records({ body, ...view }: ScreenProps<'S-RECORDS'>) {
  const { text, does, screen, layout } = view;
  const words = text.affairs.records;
  return (
    <Frame
      view={view}
      class="records"
      band={<p class="band-title">{text.ways.jobs.records}</p>}
      actions={
        <>
          <BigButton
            kind="primary"
            does={body.open ? 'choose hide' : 'choose show'}
            onPress={() => does({ do: 'choose', id: body.open ? 'hide' : 'show' })}
          >
            <EyeMark open={!body.open} />
            <span>{body.open ? words.hide : words.show}</span>
          </BigButton>
          <BigButton kind="secondary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.done.finish}
          </BigButton>
        </>
      }
    >
      <h1>{body.maskedName}</h1>
      <p class="lead">{body.open ? words.open : words.closed}</p>
      <PagedList
        rows={body.rows.map((row) => <Row key={row.label} view={view} row={row} />)}
        text={text}
        look={`${layout} ${screen.settings.textSize} ${screen.settings.language} ${body.open}`}
      />
    </Frame>
  );
}

function Row({ view: { text }, row }: { readonly view: View; readonly row: RecordRow }) {
  const said = (value: RecordValue): string => {
    const words = text.affairs.records;
    switch (value.kind) {
      case 'insurance':
        return fill(value.active ? words.active : words.paused, {
          insurance: lookUp(text.insuranceTypes, value.insuranceType) ?? text.otherInsurance,
        });
      case 'money':
        return money(text, value.amountFen);
      case 'text':
        return value.until === undefined
          ? value.text
          : `${value.text} ${fill(words.until, { date: date(text, value.until) })}`;
      default:
        return words[value.kind];
    }
  };
  return (
    <div class="record">
      <p class="record-label">{text.affairs.records.labels[row.label]}</p>
      <div class="record-values">
        {row.values.length === 0 ? (
          <p class="covered">＊＊＊＊＊＊</p>
        ) : (
          row.values.map((value) => <p key={said(value)}>{said(value)}</p>)
        )}
      </div>
    </div>
  );
}

/** An open eye says "show", a crossed one "cover". */
function EyeMark({ open }: { readonly open: boolean }) {
  return (
    <svg class="mark" viewBox="0 0 48 48" aria-hidden="true">
      <path
        d={`M3 24q21-26 42 0q-21 26-42 0zM24 17a7 7 0 1 1 0 14a7 7 0 0 1 0-14${open ? '' : 'M6 42L42 6'}`}
        fill="none"
        stroke="currentColor"
        stroke-width="4"
        stroke-linecap="round"
      />
    </svg>
  );
}
