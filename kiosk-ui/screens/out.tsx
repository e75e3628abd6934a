/** S-OUT: this kiosk rests; why in plain words, and where it goes on. */
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TriangleMark } from '../parts/marks.tsx';
import { Place } from '../parts/notice.tsx';
import { CounterPicture } from '../parts/scene-pictures.tsx';
import { reasonText } from '../text/fill.ts';

export function Out({ body, ...view }: ScreenProps<'S-OUT'>) {
  const { text } = view;
  const { what, act } = reasonText(text, body.reason);
  return (
    <Frame view={view} aside={<Place view={view} staffCode={body.staffCode} care />}>
      <div class="scene">
        <CounterPicture />
        <h1 class="with-mark">
          <TriangleMark />
          <span>{text.out.title}</span>
        </h1>
        <p class="lead">{what}</p>
        <p class="lead">{act}</p>
      </div>
    </Frame>
  );
}
