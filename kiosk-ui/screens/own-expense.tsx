/** S-OWN-EXPENSE: 不用医保, asked on a page of its own; it stands there in Chinese whatever the language (SZ-231, 4.10). */
import { BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { tables } from '../text/fill.ts';

export function OwnExpense({ body, ...view }: ScreenProps<'S-OWN-EXPENSE'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      aside={<BigAmount text={text} label={text.ownExpense.amount} amountFen={body.totalFen} />}
      actions={
        <>
          <BigButton kind="primary" does="decline" onPress={() => does({ do: 'decline' })}>
            {text.ownExpense.disagree}
          </BigButton>
          <BigButton kind="secondary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.ownExpense.agree}
          </BigButton>
        </>
      }
    >
      <h1>{text.ownExpense.title}</h1>
      <p class="lead">{text.ownExpense.line}</p>
      {text !== tables.zh && (
        <p class="legal" lang="zh-CN">
          {tables.zh.ownExpense.line}
        </p>
      )}
      <p>{text.ownExpense.note}</p>
    </Frame>
  );
}
