/** S-PAPER-WARN: said before the first debit, never after: there will be no paper here. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TriangleMark } from '../parts/marks.tsx';
import { Place } from '../parts/notice.tsx';
import { ScanPicture } from '../parts/phone-pictures.tsx';
import { reasonText } from '../text/fill.ts';

export function PaperWarn({ body, ...view }: ScreenProps<'S-PAPER-WARN'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      aside={<Place view={view} />}
      actions={
        <>
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.paperWarn.goOn}
          </BigButton>
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <div class="scene">
        <ScanPicture />
        <h1 class="with-mark">
          <TriangleMark />
          <span>{reasonText(text, body.problem).what}</span>
        </h1>
        <p class="lead">{text.paperWarn.line}</p>
      </div>
    </Frame>
  );
}
