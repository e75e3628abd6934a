/** S-STILL-THERE: nobody has touched anything for a while; one touch goes on. */
import { BigButton } from '../parts/big-button.tsx';
import { SecondsLeft } from '../parts/countdown.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { HandPicture } from '../parts/scene-pictures.tsx';

export function StillThere(view: ScreenProps<'S-STILL-THERE'>) {
  const { text, does, screen } = view;
  return (
    <Frame
      view={view}
      countdown="always"
      actions={
        <>
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.stillThere.goOn}
          </BigButton>
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <div class="scene">
        <HandPicture />
        <h1>{text.stillThere.title}</h1>
        {screen.deadline && <SecondsLeft deadline={screen.deadline} text={text} />}
        <p class="lead">{text.stillThere.line}</p>
      </div>
    </Frame>
  );
}
