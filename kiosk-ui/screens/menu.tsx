/** S-MENU: there is nothing to pay; what else somebody may have come for, the likeliest first. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { JobTiles } from '../parts/job-tiles.tsx';
import { CounterPicture } from '../parts/scene-pictures.tsx';

export function Menu({ body, ...view }: ScreenProps<'S-MENU'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      class="tiles menu"
      band={<p class="band-title">{body.of === 'nothingToPay' ? text.journey : text.ways.jobs[body.of]}</p>}
      actions={
        <>
          <JobTiles view={view} jobs={body.jobs} first="equal" />
          <BigButton kind="primary" class="leave" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.backHome}
          </BigButton>
        </>
      }
    >
      <div class="scene">
        <CounterPicture />
        <h1>{text.ways.menu[body.of].title}</h1>
        <p class="lead">{text.ways.menu[body.of].line}</p>
      </div>
    </Frame>
  );
}
