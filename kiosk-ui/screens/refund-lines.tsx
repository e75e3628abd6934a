/** S-REFUND-LINES: which items go back; what is done already stays and says so. */
import { BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { PickRow } from '../parts/pick-row.tsx';

export function RefundLines({ body, ...view }: ScreenProps<'S-REFUND-LINES'>) {
  const { text, does, screen, layout } = view;
  const words = text.ways.refundLines;
  const taken = body.lines.filter((line) => line.taken);
  const rows = body.lines.map((line) => (
    <PickRow
      key={line.id}
      text={text}
      does={`choose ${line.id}`}
      title={line.name}
      note={line.quantity}
      amountFen={line.amountFen}
      {...(line.off ? { off: words.performed } : { ticked: line.taken })}
      onPress={() => does({ do: 'choose', id: line.id })}
    />
  ));
  return (
    <Frame
      view={view}
      class="choose"
      band={<p class="band-title">{text.ways.jobs.refund}</p>}
      aside={
        <BigAmount text={text} label={words.sum} amountFen={taken.reduce((sum, line) => sum + line.amountFen, 0)} />
      }
      actions={
        <>
          <BigButton
            kind="primary"
            does="confirm"
            disabled={taken.length === 0}
            onPress={() => does({ do: 'confirm' })}
          >
            {words.goOn}
          </BigButton>
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <h1>{words.title}</h1>
      <PagedList rows={rows} text={text} look={`${layout} ${screen.settings.textSize} ${screen.settings.language}`} />
    </Frame>
  );
}
