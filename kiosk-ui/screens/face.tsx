/** S-FACE: what the person should do while the camera looks; no picture of them is shown. The other way is always there. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PersonMark } from '../parts/marks.tsx';

export function Face({ body, ...view }: ScreenProps<'S-FACE'>) {
  const { text, does } = view;
  const { guidance, turn } = body;
  return (
    <Frame
      view={view}
      actions={
        <BigButton kind="secondary" does="decline" onPress={() => does({ do: 'decline' })}>
          {text.face.otherWay}
        </BigButton>
      }
    >
      <div class="scene">
        <div class="portrait-circle">
          <PersonMark />
        </div>
        <h1>{turn === 'none' ? text.face.guidance[guidance] : text.face.turn[turn]}</h1>
        <p class="lead">{text.face.looking}</p>
      </div>
    </Frame>
  );
}
