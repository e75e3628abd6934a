/** S-SPLIT: who pays what, one line each in plain words; nothing has moved yet. */
import type { DepositOnScreen, SplitLine } from '../../firmware/screen/messages.ts';
import { AmountRow, BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { returnRows } from '../parts/return-rows.tsx';
import type { TextTable } from '../text/text-table.ts';

export function Split({ body, ...view }: ScreenProps<'S-SPLIT'>) {
  const { text, does, screen, layout } = view;
  const { deposit } = body;
  const rows = [
    <AmountRow key="total" text={text} kind="head" label={text.total} amountFen={body.totalFen} />,
    ...body.parts
      .filter(counts)
      .map(({ part, amountFen }) => (
        <AmountRow
          key={part}
          inline
          text={text}
          label={text.parts[part].plain}
          note={text.parts[part].term}
          amountFen={amountFen}
        />
      )),
    ...(deposit ? stayRows(text, body.parts, deposit) : []),
    ...(body.uncovered ?? []).map(({ part, amountFen }) => (
      <AmountRow
        key={part}
        inline
        text={text}
        label={text.uncovered[part].plain}
        note={text.uncovered[part].term}
        amountFen={amountFen}
      />
    )),
  ];
  const { used, mayChange } = body.account;
  return (
    <Frame
      view={view}
      class="split"
      aside={
        deposit ? (
          <StayAmount text={text} deposit={deposit} restFen={body.ownFen} />
        ) : (
          <BigAmount
            text={text}
            label={body.ownFen > 0 ? text.split.own : text.split.ownNothing}
            amountFen={body.ownFen}
          />
        )
      }
      actions={
        <>
          {body.ownFen > 0 ? (
            body.methods.map((method) => (
              <BigButton key={method} kind="primary" does={`pay ${method}`} onPress={() => does({ do: 'pay', method })}>
                {text.split.pay}
              </BigButton>
            ))
          ) : (
            <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
              {text.split.settle}
            </BigButton>
          )}
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <h1>{text.split.title}</h1>
      <PagedList
        rows={rows}
        text={text}
        look={`${layout} ${screen.settings.textSize} ${screen.settings.language} ${mayChange}`}
      />
      {mayChange && (
        <BigButton
          kind="secondary"
          class="account"
          does="useAccount"
          onPress={() => does({ do: 'useAccount', use: !used })}
        >
          {used ? text.split.accountLeave : text.split.accountUse}
        </BigButton>
      )}
    </Frame>
  );
}

/** 出院: the own part, what of it the deposits cover, and by which ways the rest comes back. */
function stayRows(text: TextTable, parts: readonly SplitLine[], { depositFen, ways }: DepositOnScreen) {
  const own = parts.find(({ part }) => part === 'own');
  return [
    <AmountRow key="own" inline text={text} label={text.parts.own.plain} amountFen={own?.amountFen ?? 0} />,
    <AmountRow key="deposit" inline text={text} label={text.ways.splitOfStay.deposit} amountFen={-depositFen} />,
    ...returnRows(text, ways),
  ];
}

interface StayAmountProps {
  readonly text: TextTable;
  readonly deposit: DepositOnScreen;
  readonly restFen: number;
}

function StayAmount({ text, deposit: { backFen }, restFen }: StayAmountProps) {
  const words = text.ways.splitOfStay;
  const label = backFen > 0 ? words.back : restFen > 0 ? words.rest : words.even;
  return <BigAmount text={text} label={label} amountFen={backFen > 0 ? backFen : restFen} />;
}

/** The own part stands beside the list, large. Parts of nothing are left out, but what insurance pays is always said. */
function counts({ part, amountFen }: SplitLine): boolean {
  return part === 'basic' || (part !== 'own' && amountFen !== 0);
}
