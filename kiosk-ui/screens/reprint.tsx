/** S-REPRINT: the slip that comes out once more, and the e-invoice's code for the phone. */
import { BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TickMark, TriangleMark } from '../parts/marks.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { SlipPicture } from '../parts/scene-pictures.tsx';
import { date, fill, reasonText } from '../text/fill.ts';
import { spokenNumber } from '../text/spoken-number.ts';

export function Reprint({ body, ...view }: ScreenProps<'S-REPRINT'>) {
  const { text, does } = view;
  const words = text.affairs.reprint;
  const { paper, copy, problem, invoiceLink } = body;
  return (
    <Frame
      view={view}
      class={`reprint ${invoiceLink === undefined ? 'plain' : 'coded'}`}
      countdown="always"
      band={<p class="band-title">{text.ways.jobs.reprint}</p>}
      aside={
        <>
          <BigAmount text={text} label={text.total} amountFen={body.totalFen} />
          <p class="number">{fill(text.number, { number: spokenNumber(body.number) })}</p>
        </>
      }
      actions={
        paper !== 'printing' && (
          <>
            <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
              {text.done.finish}
            </BigButton>
            {body.more && (
              <BigButton kind="secondary" does="choose another" onPress={() => does({ do: 'choose', id: 'another' })}>
                {words.another}
              </BigButton>
            )}
          </>
        )
      }
    >
      <h1 class="with-mark">
        {paper === 'ready' ? <TickMark /> : paper !== 'printing' && <TriangleMark />}
        <span>{words[paper]}</span>
      </h1>
      {problem === '' ? (
        <div class={`paper ${paper}`}>
          {invoiceLink === undefined && <SlipPicture moving={paper === 'printing'} />}
          <p class="lead">
            {body.department} {date(text, body.settledOn)}
          </p>
        </div>
      ) : (
        <p class="lead">
          {reasonText(text, problem).what}。{text.affairs.noPaperAct}
        </p>
      )}
      {copy !== undefined && invoiceLink === undefined && <p>{fill(words.copy, { copy })}</p>}
      {invoiceLink !== undefined && (
        <div class="slip-code">
          <QrCode code={invoiceLink} />
          <p>{words.invoice}</p>
        </div>
      )}
    </Frame>
  );
}
