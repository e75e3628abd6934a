/** S-DONE: it is settled; take the slip, go there next; and one touch to rate. */
import { AmountRow } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Chime } from '../parts/chime.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TickMark } from '../parts/marks.tsx';
import { NextStep } from '../parts/next-step.tsx';
import { RatingFaces } from '../parts/rating-faces.tsx';
import { SlipPicture } from '../parts/scene-pictures.tsx';
import { fill } from '../text/fill.ts';

export function Done({ body, ...view }: ScreenProps<'S-DONE'>) {
  const { text, does, screen } = view;
  const amounts = [
    { key: 'fund', label: text.done.fund, amountFen: body.fundFen },
    { key: 'account', label: text.done.account, amountFen: body.accountFen },
    { key: 'own', label: text.done.own, amountFen: body.ownFen },
  ].filter(({ key, amountFen }) => key === 'own' || amountFen !== 0);
  return (
    <Frame
      view={view}
      class="done"
      countdown="always"
      aside={amounts.map(({ key, label, amountFen }) => (
        <AmountRow key={key} text={text} kind={key === 'own' ? 'head' : 'plain'} label={label} amountFen={amountFen} />
      ))}
      actions={
        body.paper !== 'printing' && (
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.done.finish}
          </BigButton>
        )
      }
    >
      <h1 class="with-mark">
        <TickMark />
        <span>{text.done.title}</span>
      </h1>
      <div class={`paper ${body.paper}`}>
        {body.paper === 'left' && <Chime />}
        {body.paper !== 'taken' && <SlipPicture moving={body.paper === 'printing'} />}
        <p class="paper-act">{fill(text.done.paper[body.paper], { window: screen.help.window })}</p>
      </div>
      <NextStep text={text} place={body.nextStep} />
      {body.rating === 'given' ? (
        <p class="rated with-mark">
          <TickMark />
          <span>{text.done.rated}</span>
        </p>
      ) : (
        <div class="rating">
          <p class="rating-question">{text.done.rate}</p>
          <RatingFaces view={view} />
        </div>
      )}
    </Frame>
  );
}
