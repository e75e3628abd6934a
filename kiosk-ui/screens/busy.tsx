/** S-BUSY: something is being asked of a party; says what, and after a while that it is slow. */
import { BigButton } from '../parts/big-button.tsx';
import { CardPicture } from '../parts/card-picture.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { WaitingPicture } from '../parts/scene-pictures.tsx';

export function Busy({ body, ...view }: ScreenProps<'S-BUSY'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      actions={
        body.slow &&
        body.work !== 'preparingPayment' && (
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        )
      }
    >
      <div class="scene">
        {body.work === 'readingCard' ? <CardPicture motion="insert" /> : <WaitingPicture />}
        <h1>{text.busy[body.work]}</h1>
        <p class="lead">{body.slow ? text.busy.slow[body.work] : text.busy.wait}</p>
      </div>
    </Frame>
  );
}
