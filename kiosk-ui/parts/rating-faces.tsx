/** Five faces with their words, from very unhappy to very happy; one touch. */
import { BigButton } from './big-button.tsx';
import type { View } from './frame.tsx';
import { FaceMark } from './marks.tsx';

const STARS = [1, 2, 3, 4, 5] as const;

export function RatingFaces({ view: { text, does } }: { readonly view: View }) {
  return (
    <div class="rating-faces">
      {STARS.map((stars) => (
        <BigButton
          key={stars}
          kind="quiet"
          class="rate"
          does={`rate ${stars}`}
          onPress={() => does({ do: 'rate', stars })}
        >
          <FaceMark stars={stars} />
          <span>{text.done.stars[stars - 1]}</span>
        </BigButton>
      ))}
    </div>
  );
}
