/** S-PARKED: 补记账. Nothing was taken; the number, and until when it leads to the bill. */
import { BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TickMark } from '../parts/marks.tsx';
import { date, fill } from '../text/fill.ts';
import { spokenNumber } from '../text/spoken-number.ts';

export function Parked({ body, ...view }: ScreenProps<'S-PARKED'>) {
  const { text, does, screen } = view;
  const words = text.parked;
  return (
    <Frame
      view={view}
      class="parked"
      aside={<BigAmount text={text} label={words.amount} amountFen={body.totalFen} />}
      actions={
        <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
          {text.ok}
        </BigButton>
      }
    >
      <div class="scene">
        <h1 class="with-mark">
          <TickMark />
          <span>{words.title}</span>
        </h1>
        <p class="lead">{fill(words.line, { window: screen.help.window })}</p>
        {body.until !== undefined && <p>{fill(words.until, { date: date(text, body.until) })}</p>}
        <p class="number">{fill(text.number, { number: spokenNumber(body.number) })}</p>
        <p>{words.slip[body.paper]}</p>
      </div>
    </Frame>
  );
}
