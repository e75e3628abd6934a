/** S-DAY-LIST: what one day in hospital cost, kind by kind; the day before and the day after are a touch away. */
import { AmountRow } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { date, lookUp, money } from '../text/fill.ts';

export function DayList({ body, ...view }: ScreenProps<'S-DAY-LIST'>) {
  const { text, does, screen, layout } = view;
  const words = text.affairs.dayList;
  const rows = body.groups.flatMap(({ category, amountFen, lines }) => [
    <AmountRow
      key={category}
      text={text}
      kind="head"
      label={lookUp(text.categories, category) ?? text.otherCategory}
      amountFen={amountFen}
    />,
    ...lines.map((line, place) => (
      <div class="day-line" key={`${category}${place}`}>
        <p>{line.name}</p>
        <p class="day-figures">
          <span>{line.quantity}</span> <span>{money(text, line.amountFen)}</span>
        </p>
      </div>
    )),
  ]);
  return (
    <Frame
      view={view}
      class="day-list"
      band={<p class="band-title">{text.ways.stay.offers.dailyList}</p>}
      actions={
        body.paper !== 'printing' && (
          <>
            {body.groups.length > 0 && (
              <BigButton kind="primary" does="print" onPress={() => does({ do: 'print' })}>
                {words.print}
              </BigButton>
            )}
            {body.phone && (
              <BigButton kind="secondary" does="choose phone" onPress={() => does({ do: 'choose', id: 'phone' })}>
                {words.phone}
              </BigButton>
            )}
            {body.hasEarlier && (
              <BigButton kind="secondary" does="choose earlier" onPress={() => does({ do: 'choose', id: 'earlier' })}>
                {words.earlier}
              </BigButton>
            )}
            {body.hasLater && (
              <BigButton kind="secondary" does="choose later" onPress={() => does({ do: 'choose', id: 'later' })}>
                {words.later}
              </BigButton>
            )}
            <BigButton kind="secondary" does="confirm" onPress={() => does({ do: 'confirm' })}>
              {text.done.finish}
            </BigButton>
          </>
        )
      }
    >
      <h1>
        {body.maskedName} {date(text, body.day)}
      </h1>
      {words.paper[body.paper] !== '' && <p class="lead">{words.paper[body.paper]}</p>}
      {rows.length === 0 ? (
        <p class="lead">{words.none}</p>
      ) : (
        <PagedList
          rows={[
            <AmountRow key="total" text={text} kind="head" label={text.total} amountFen={body.totalFen} />,
            ...rows,
          ]}
          text={text}
          look={`${layout} ${screen.settings.textSize} ${screen.settings.language} ${body.paper} ${body.day}`}
        />
      )}
    </Frame>
  );
}
