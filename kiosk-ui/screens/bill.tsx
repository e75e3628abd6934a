/** S-BILL: what there is to pay, by visit and by kind of charge; all of it is settled together. */
import { AmountRow, BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { date, fill, lookUp } from '../text/fill.ts';

export function Bill({ body, ...view }: ScreenProps<'S-BILL'>) {
  const { text, does, screen, layout } = view;
  const rows = body.bills.flatMap((bill) => [
    <AmountRow
      key={bill.billId}
      text={text}
      kind="head"
      label={bill.department}
      note={`${date(text, bill.visitDate)} · ${fill(text.bill.items, { count: bill.lineCount })}`}
      amountFen={bill.totalFen}
    />,
    ...bill.categories.map(({ category, amountFen }) => (
      <AmountRow
        key={`${bill.billId}/${category}`}
        text={text}
        label={lookUp(text.categories, category) ?? text.otherCategory}
        amountFen={amountFen}
      />
    )),
  ]);
  return (
    <Frame
      view={view}
      aside={<BigAmount text={text} label={text.total} amountFen={body.totalFen} />}
      actions={
        <>
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.bill.confirm}
          </BigButton>
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <h1>{text.bill.title}</h1>
      <PagedList rows={rows} text={text} look={`${layout} ${screen.settings.textSize} ${screen.settings.language}`} />
    </Frame>
  );
}
