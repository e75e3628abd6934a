/** S-TICKET: the number as it will be called, larger than anything else, and where to go with it. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { NextStep } from '../parts/next-step.tsx';
import { SlipPicture } from '../parts/scene-pictures.tsx';
import { fill } from '../text/fill.ts';

export function Ticket({ body, ...view }: ScreenProps<'S-TICKET'>) {
  const { text, does } = view;
  const words = text.ways.ticket;
  return (
    <Frame
      view={view}
      class="ticket"
      countdown="always"
      band={<p class="band-title">{text.ways.jobs.registration}</p>}
      aside={<NextStep text={text} place={body.place} />}
      actions={
        body.paper !== 'printing' && (
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.done.finish}
          </BigButton>
        )
      }
    >
      <h1>{words.title}</h1>
      <p class="queue-number">{body.ticket}</p>
      <p class="lead">
        {fill(words.waiting, { count: body.waitingBefore })}
        {body.expectedMinutes !== undefined && <br />}
        {body.expectedMinutes !== undefined && fill(words.minutes, { minutes: body.expectedMinutes })}
      </p>
      <div class={`paper ${body.paper}`}>
        <SlipPicture moving={body.paper === 'printing'} />
        <p class="paper-act">{text.ways.result.paper[body.paper]}</p>
      </div>
    </Frame>
  );
}
