/** S-REFUND: old, new and difference before anything is undone, and by which way each part comes back (Z-6.2.3). */
import { AmountRow, BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { returnRows } from '../parts/return-rows.tsx';

export function Refund({ body, ...view }: ScreenProps<'S-REFUND'>) {
  const { text, does, screen, layout } = view;
  const words = text.ways.refund;
  const rows = [
    <AmountRow key="old" text={text} kind="head" label={words.oldOwn} amountFen={body.oldOwnFen} />,
    <AmountRow key="new" text={text} kind="head" label={words.newOwn} amountFen={body.newOwnFen} />,
    ...returnRows(text, body.ways),
    ...(body.accountBackFen === 0
      ? []
      : [<AmountRow key="account" text={text} label={words.account} amountFen={body.accountBackFen} />]),
  ];
  return (
    <Frame
      view={view}
      class="refund"
      band={<p class="band-title">{text.ways.jobs.refund}</p>}
      aside={<BigAmount text={text} label={words.back} amountFen={body.backFen} />}
      actions={
        <>
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {words.agree}
          </BigButton>
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <h1>{words.title}</h1>
      <PagedList rows={rows} text={text} look={`${layout} ${screen.settings.textSize} ${screen.settings.language}`} />
      <p>{words.note}</p>
    </Frame>
  );
}
