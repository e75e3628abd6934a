/** S-CONFIRMING: money is moving. No way out until it is known, and no count-down. */
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { WaitingPicture } from '../parts/scene-pictures.tsx';
import { fill } from '../text/fill.ts';
import { spokenNumber } from '../text/spoken-number.ts';

export function Confirming({ body, ...view }: ScreenProps<'S-CONFIRMING'>) {
  const { text } = view;
  return (
    <Frame view={view}>
      <div class="scene">
        <WaitingPicture />
        <h1>{text.confirming.title}</h1>
        <p class="lead">{text.confirming.line}</p>
        <p class="number">{fill(text.number, { number: spokenNumber(body.number) })}</p>
      </div>
    </Frame>
  );
}
