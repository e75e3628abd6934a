/** S-STOP: a refusal before money moved. */
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { Notice } from '../parts/notice.tsx';
import { RefusalActions, RefusalLines, RefusalPlace, waysOn } from '../parts/refusal.tsx';

export function Stop({ body, ...view }: ScreenProps<'S-STOP'>) {
  return (
    <Frame
      view={view}
      class={waysOn(body.offers)}
      aside={<RefusalPlace view={view} body={body} />}
      actions={<RefusalActions view={view} body={body} />}
    >
      <Notice view={view} mark="failure" heading={view.text.stop.title} reason={body.reason}>
        <RefusalLines view={view} body={body} />
      </Notice>
    </Frame>
  );
}
