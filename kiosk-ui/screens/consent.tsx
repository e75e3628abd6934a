/**
 * S-CONSENT: items that insurance does not pay, with prices, before they are charged (Z-6.2.4, SZ-255).
 * What is agreed to stands there in Chinese whatever the language of the session (4.10).
 */
import type { Signer } from '../../firmware/screen/messages.ts';
import { AmountRow, BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { fill, money, tables } from '../text/fill.ts';
import type { TextTable } from '../text/text-table.ts';

/** In this order, whatever the order in the rules of the place. */
const SIGNERS = ['patient', 'relative', 'guardian'] as const;

export function Consent({ body, ...view }: ScreenProps<'S-CONSENT'>) {
  const { text, does, screen, layout } = view;
  const rows = body.items.map((item, index) => (
    <AmountRow
      key={index}
      text={text}
      kind="duty"
      label={item.name}
      note={fill(text.consent.quantity, { price: money(text, item.unitPriceFen), quantity: item.quantity })}
      amountFen={item.amountFen}
    />
  ));
  const signing = body.signature === 'required';
  const maySign = (signer: Signer): boolean => body.signers?.includes(signer) ?? true;
  const said = (words: TextTable): string => (signing ? words.consent.sign : words.consent.why);
  return (
    <Frame
      view={view}
      class={signing ? 'signing' : ''}
      // Four buttons fill the landscape column: beside them the sum stands a little smaller.
      aside={
        signing ? (
          <AmountRow text={text} kind="head" label={text.consent.total} amountFen={body.totalFen} />
        ) : (
          <BigAmount text={text} label={text.consent.total} amountFen={body.totalFen} />
        )
      }
      actions={
        <>
          {signing ? (
            SIGNERS.filter(maySign).map((signer) => (
              <BigButton
                key={signer}
                kind="primary"
                does={`sign ${signer}`}
                onPress={() => does({ do: 'sign', signer })}
              >
                {text.consent.signers[signer]}
              </BigButton>
            ))
          ) : (
            <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
              {text.consent.agree}
            </BigButton>
          )}
          <BigButton kind="secondary" does="decline" onPress={() => does({ do: 'decline' })}>
            {text.consent.disagree}
          </BigButton>
        </>
      }
    >
      <h1>{text.consent.title}</h1>
      <p class={signing ? 'sign-line' : ''}>{said(text)}</p>
      {text !== tables.zh && (
        <p class="legal" lang="zh-CN">
          {tables.zh.consent.title}。{said(tables.zh)}
        </p>
      )}
      <PagedList rows={rows} text={text} look={`${layout} ${screen.settings.textSize} ${screen.settings.language}`} />
    </Frame>
  );
}
