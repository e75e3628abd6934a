/** S-RATE: how it was, in one touch, or not at all. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { RatingFaces } from '../parts/rating-faces.tsx';

export function Rate({ body: _, ...view }: ScreenProps<'S-RATE'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      class="rate-page"
      countdown="always"
      actions={
        <BigButton kind="secondary" does="confirm" onPress={() => does({ do: 'confirm' })}>
          {text.ways.rateSkip}
        </BigButton>
      }
    >
      <h1>{text.done.rate}</h1>
      <RatingFaces view={view} />
    </Frame>
  );
}
