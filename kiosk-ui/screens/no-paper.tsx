/** S-NOPAPER: it is settled, the slip is a code to keep with the phone. */
import { AmountRow } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TickMark } from '../parts/marks.tsx';
import { NextStep } from '../parts/next-step.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { fill } from '../text/fill.ts';
import { spokenNumber } from '../text/spoken-number.ts';

export function NoPaper({ body, ...view }: ScreenProps<'S-NOPAPER'>) {
  const { text, does, screen } = view;
  return (
    <Frame
      view={view}
      class="no-paper"
      aside={<AmountRow text={text} kind="head" label={text.done.own} amountFen={body.ownFen} />}
      actions={
        <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
          {text.ok}
        </BigButton>
      }
    >
      <h1 class="with-mark">
        <TickMark />
        <span>{text.noPaper.title}</span>
      </h1>
      <div class="slip-code">
        <QrCode code={body.slipCode} />
        <div>
          <p class="lead">{fill(text.noPaper.line, { window: screen.help.window })}</p>
          <p class="number">{fill(text.number, { number: spokenNumber(body.number) })}</p>
        </div>
      </div>
      <NextStep text={text} place={body.nextStep} />
    </Frame>
  );
}
