/** S-PAPERS: what is taken home from a stay, each with its tick; S-PAPER: one of them, by code or on paper. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { PickRow } from '../parts/pick-row.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { SlipPicture } from '../parts/scene-pictures.tsx';
import { fill } from '../text/fill.ts';

export function Papers({ body, ...view }: ScreenProps<'S-PAPERS'>) {
  const { text, does, screen, layout } = view;
  const { language, textSize } = screen.settings;
  const words = text.affairs.papers;
  return (
    <Frame
      view={view}
      class="choose papers"
      countdown="always"
      band={<p class="band-title">{text.ways.jobs.inpatient}</p>}
      actions={
        <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
          {text.done.finish}
        </BigButton>
      }
    >
      <h1>{fill(words.title, { name: body.maskedName })}</h1>
      <PagedList
        rows={body.papers.map(({ paper, state }) => (
          <PickRow
            key={paper}
            text={text}
            does={`choose ${paper}`}
            title={words.names[paper]}
            ticked={state === 'taken'}
            {...(state === 'later'
              ? { off: fill(words.later[paper], { window: screen.help.window }) }
              : { note: words[state] })}
            onPress={() => does({ do: 'choose', id: paper })}
          />
        ))}
        text={text}
        look={`${layout} ${textSize} ${language}`}
      />
    </Frame>
  );
}

export function PaperPage({ body, ...view }: ScreenProps<'S-PAPER'>) {
  const { text, does, screen } = view;
  const words = text.affairs.papers;
  const { paper, code, print } = body;
  const said = print === 'can' || print === 'cannot' ? '' : words.print[print];
  const cannot = code === undefined && (print === 'cannot' || print === 'none');
  return (
    <Frame
      view={view}
      class={`reprint paper-page ${code === undefined ? 'plain' : 'coded'}`}
      countdown="always"
      band={
        <p class="band-title">{paper === 'dayList' ? text.ways.stay.offers.dailyList : text.ways.jobs.inpatient}</p>
      }
      actions={
        print !== 'printing' && (
          <>
            {(print === 'can' || print === 'ready' || print === 'none') && (
              <BigButton
                kind={print === 'can' ? 'primary' : 'secondary'}
                does="print"
                onPress={() => does({ do: 'print' })}
              >
                {print === 'can' ? words.doPrint : words.printAgain}
              </BigButton>
            )}
            <BigButton
              kind={print === 'can' ? 'secondary' : 'primary'}
              does="confirm"
              onPress={() => does({ do: 'confirm' })}
            >
              {words.back}
            </BigButton>
          </>
        )
      }
    >
      <h1>{words.names[paper]}</h1>
      {said !== '' && <p class="lead">{said}</p>}
      {cannot && <p class="lead">{fill(words.atWindow, { window: screen.help.window })}</p>}
      {code === undefined
        ? !cannot && (
            <div class={`paper ${print === 'can' || print === 'none' ? '' : print}`}>
              <SlipPicture moving={print === 'printing'} />
            </div>
          )
        : print !== 'printing' && (
            <div class="slip-code">
              <QrCode code={code} />
              <p>{words.scan}</p>
            </div>
          )}
    </Frame>
  );
}
