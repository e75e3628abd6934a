/** S-RESULT: how it ended, each part of the money with its own state; "done" is said only when all of it is. */
import { AmountRow, BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TickMark, TriangleMark } from '../parts/marks.tsx';
import { NextStep } from '../parts/next-step.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { returnRows } from '../parts/return-rows.tsx';
import { SlipPicture } from '../parts/scene-pictures.tsx';
import { fill } from '../text/fill.ts';
import { spokenNumber } from '../text/spoken-number.ts';

export function Result({ body, ...view }: ScreenProps<'S-RESULT'>) {
  const { text, does, screen } = view;
  const words = text.ways.result;
  const { title, line } = body.what === 'deposited' ? words.deposited : words[body.what][body.progress];
  const { window } = screen.help;
  const rows = [
    ...returnRows(text, body.returns),
    ...body.amounts.map(({ label, amountFen }) => (
      <AmountRow key={label} text={text} label={words.labels[label]} amountFen={amountFen} />
    )),
  ];
  return (
    <Frame
      view={view}
      class="result"
      countdown="always"
      band={<p class="band-title">{text.ways.jobs[body.what === 'refunded' ? 'refund' : 'inpatient']}</p>}
      aside={
        <>
          <BigAmount text={text} label={words.labels[body.big.label]} amountFen={body.big.amountFen} />
          <p class="number">{fill(text.number, { number: spokenNumber(body.number) })}</p>
        </>
      }
      actions={
        body.paper !== 'printing' && (
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {body.papersNext ? text.affairs.papers.next : text.done.finish}
          </BigButton>
        )
      }
    >
      <h1 class="with-mark">
        {body.progress === 'done' ? <TickMark /> : <TriangleMark />}
        <span>{title}</span>
      </h1>
      <p class={`lead ${body.progress}`}>{fill(line, { window })}</p>
      <div class={`paper ${body.paper}`}>
        <SlipPicture moving={body.paper === 'printing'} />
        <p class="paper-act">{fill(words.paper[body.paper], { window })}</p>
      </div>
      {body.nextStep !== '' && <NextStep text={text} place={body.nextStep} />}
      <PagedList rows={rows} text={text} />
    </Frame>
  );
}
