/** S-TAKE-CARD: one picture, one sentence; ends when the card has left. */
import { CardPicture } from '../parts/card-picture.tsx';
import { Chime } from '../parts/chime.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';

/** T-TAKE: a chime after three seconds, and every three seconds, ms. */
const CHIME_MS = 3_000;

export function TakeCard(view: ScreenProps<'S-TAKE-CARD'>) {
  const { text } = view;
  return (
    <Frame view={view} class="big-picture">
      <Chime afterMs={CHIME_MS} everyMs={CHIME_MS} />
      <div class="scene">
        <CardPicture motion="remove" />
        <h1>{text.takeCard.title}</h1>
        <p class="lead">{text.takeCard.line}</p>
      </div>
    </Frame>
  );
}
