/** S-RECOVER: the result is not known yet and will be found out without the patient. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { Place } from '../parts/notice.tsx';
import { WaitingPicture } from '../parts/scene-pictures.tsx';
import { fill } from '../text/fill.ts';
import { spokenNumber } from '../text/spoken-number.ts';

export function Recover({ body, ...view }: ScreenProps<'S-RECOVER'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      aside={<Place view={view} />}
      actions={
        <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
          {text.ok}
        </BigButton>
      }
    >
      <div class="scene">
        <WaitingPicture />
        <h1>{text.recover.title}</h1>
        <p class="lead">{text.recover.line}</p>
        <p class="number">{fill(text.number, { number: spokenNumber(body.number) })}</p>
      </div>
    </Frame>
  );
}
