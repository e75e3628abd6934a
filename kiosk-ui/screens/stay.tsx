/** S-STAY: the bed, what is left of the deposits, the ticks of a discharge, and what can be done now. */
import { AmountRow, BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TickMark, TriangleMark } from '../parts/marks.tsx';
import { date, fill } from '../text/fill.ts';

export function Stay({ body, ...view }: ScreenProps<'S-STAY'>) {
  const { text, does } = view;
  const words = text.ways.stay;
  const { ticks } = body;
  // Three ways and 不做了 need the room of the amount, which then stands among the others.
  const crowded = body.offers.length > 2;
  const label = body.balanceFen < 0 ? words.owes : words.balance;
  const waits = ticks && !(ticks.feesPosted && ticks.coded && ticks.undisputed);
  return (
    <Frame
      view={view}
      class="stay"
      band={<p class="band-title">{text.ways.jobs.inpatient}</p>}
      aside={!crowded && <BigAmount text={text} label={label} amountFen={Math.abs(body.balanceFen)} />}
      actions={
        <>
          {body.offers.map((offer, place) => (
            <BigButton
              key={offer}
              kind={place === 0 ? 'primary' : 'secondary'}
              does={`choose ${offer}`}
              onPress={() => does({ do: 'choose', id: offer })}
            >
              {words.offers[offer]}
            </BigButton>
          ))}
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <h1>
        {body.maskedName} {body.ward} {body.bed}
      </h1>
      <p>{fill(words.admitted, { date: date(text, body.admittedOn) })}</p>
      {ticks && (
        <div class="ticks read">
          {(['ordered', 'feesPosted', 'coded', 'undisputed'] as const).map((tick) => (
            <p key={tick} class={`with-mark ${ticks[tick] ? 'there' : 'missing'}`}>
              {ticks[tick] ? <TickMark /> : <TriangleMark />}
              <span>{words.ticks[tick][ticks[tick] ? 'there' : 'missing']}</span>
            </p>
          ))}
        </div>
      )}
      {waits && <p class="lead">{words.waits}</p>}
      <AmountRow text={text} label={words.fees} amountFen={body.feesFen} />
      {crowded && <AmountRow text={text} label={label} amountFen={Math.abs(body.balanceFen)} />}
    </Frame>
  );
}
