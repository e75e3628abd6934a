/** S-DEPOSIT: three amounts with a key of their own, and a key pad for any other within the hospital's limits. */
import { useState } from 'preact/hooks';
import { BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { fill } from '../text/fill.ts';

/** 1-2-3 on top (4.3). */
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

export function Deposit({ body, ...view }: ScreenProps<'S-DEPOSIT'>) {
  const { text, does } = view;
  const words = text.ways.deposit;
  const [typed, setTyped] = useState<string>();
  const typedFen = Number(typed ?? '') * 100;
  const good = typedFen >= body.minFen && typedFen <= body.maxFen;
  const most = String(Math.floor(body.maxFen / 100)).length;
  const limits = { min: Math.ceil(body.minFen / 100), max: Math.floor(body.maxFen / 100) };
  return (
    <Frame
      view={view}
      class="deposit"
      band={<p class="band-title">{text.ways.jobs.inpatient}</p>}
      aside={
        typed === undefined ? (
          <BigAmount
            text={text}
            label={body.balanceFen < 0 ? text.ways.stay.owes : text.ways.stay.balance}
            amountFen={Math.abs(body.balanceFen)}
          />
        ) : (
          <BigAmount text={text} label={words.typed} amountFen={typedFen} />
        )
      }
      actions={
        <>
          {typed !== undefined && (
            <BigButton
              kind="primary"
              does="amount"
              disabled={!good}
              onPress={() => does({ do: 'amount', amountFen: typedFen })}
            >
              {words.pay}
            </BigButton>
          )}
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <h1>{words.title}</h1>
      <p>
        {body.maskedName} {body.bed}
      </p>
      {typed === undefined ? (
        <div class="amount-keys">
          {body.amounts.map((amountFen) => (
            <BigButton
              key={amountFen}
              kind="quiet"
              class="amount-key"
              does={`amount ${amountFen}`}
              onPress={() => does({ do: 'amount', amountFen })}
            >
              {fill(words.yuan, { yuan: amountFen / 100 })}
            </BigButton>
          ))}
          <BigButton kind="quiet" class="amount-key" does="other" onPress={() => setTyped('')}>
            {words.other}
          </BigButton>
        </div>
      ) : (
        <>
          <p>{fill(words.limits, limits)}</p>
          <div class="digits">
            {KEYS.map((key) => (
              <BigButton
                key={key}
                kind="quiet"
                does={`key ${key}`}
                onPress={() =>
                  setTyped((before = '') => (before.length < most ? `${before}${key}`.replace(/^0+/, '') : before))
                }
              >
                {key}
              </BigButton>
            ))}
            <BigButton kind="quiet" class="clear" does="clear" onPress={() => setTyped('')}>
              {words.clear}
            </BigButton>
          </div>
        </>
      )}
    </Frame>
  );
}
