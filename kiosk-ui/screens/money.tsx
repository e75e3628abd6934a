/** S-MONEY: where the money is, said in one sentence, with what to do next; nothing of a person stands here. */
import { BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TickMark, TriangleMark } from '../parts/marks.tsx';
import { Place } from '../parts/notice.tsx';
import { CounterPicture, SlipPicture, WaitingPicture } from '../parts/scene-pictures.tsx';
import { fill } from '../text/fill.ts';
import { spokenNumber } from '../text/spoken-number.ts';

type Word = ScreenProps<'S-MONEY'>['body']['word'];

/** Nothing is open any more. */
const SETTLED: readonly Word[] = ['nothingTaken', 'parked', 'kept', 'returned', 'closedByPerson'];
/** Here a person at a window is the next step. */
const TO_PERSON: readonly Word[] = ['parked', 'atCashier', 'withPerson', 'closedByPerson', 'cannotAsk'];

export function Money({ body, ...view }: ScreenProps<'S-MONEY'>) {
  const { text, does } = view;
  const { word, amountFen = 0 } = body;
  const words = text.whereMoney;
  const label = words.amounts[word];
  return (
    <Frame
      view={view}
      class="money"
      band={<p class="band-title">{text.findMoney}</p>}
      aside={
        amountFen > 0 && label !== '' ? (
          <BigAmount text={text} label={label} amountFen={amountFen} />
        ) : (
          TO_PERSON.includes(word) && <Place view={view} />
        )
      }
      actions={
        <>
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.ok}
          </BigButton>
          <BigButton kind="secondary" does="findMoney" onPress={() => does({ do: 'findMoney' })}>
            {words.another}
          </BigButton>
        </>
      }
    >
      <div class="scene">
        <Picture word={word} />
        <h1 class="with-mark">
          {SETTLED.includes(word) ? <TickMark /> : <TriangleMark />}
          <span>{words.places[word].title}</span>
        </h1>
        <p class="lead">{fill(words.places[word].line, { window: view.screen.help.window })}</p>
        <p class="number">{fill(text.number, { number: spokenNumber(body.number) })}</p>
        {body.toldAt !== undefined && <p>{fill(words.toldAt, { time: body.toldAt.slice(5, 16) })}</p>}
      </div>
    </Frame>
  );
}

/** A person at the counter, a wait, or the slip of something that is over. */
function Picture({ word }: { readonly word: Word }) {
  if (TO_PERSON.includes(word)) return <CounterPicture />;
  return SETTLED.includes(word) ? <SlipPicture moving={false} /> : <WaitingPicture />;
}
