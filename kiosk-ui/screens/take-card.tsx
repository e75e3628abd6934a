/** S-TAKE-CARD: one picture, one sentence; ends when the card has left. */
import { CardPicture } from '../parts/card-picture.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';

export function TakeCard(view: ScreenProps<'S-TAKE-CARD'>) {
  const { text } = view;
  return (
    <Frame view={view} class="big-picture">
      <div class="scene">
        <CardPicture motion="remove" />
        <h1>{text.takeCard.title}</h1>
        <p class="lead">{text.takeCard.line}</p>
      </div>
    </Frame>
  );
}
