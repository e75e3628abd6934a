/** S-HELD: a bill that can't be settled now, with the number under which the desk finds the case. */
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { Notice } from '../parts/notice.tsx';
import { RefusalActions, RefusalLines, RefusalPlace, waysOn } from '../parts/refusal.tsx';

export function Held({ body, ...view }: ScreenProps<'S-HELD'>) {
  return (
    <Frame
      view={view}
      class={waysOn(body.offers)}
      aside={<RefusalPlace view={view} body={body} />}
      actions={<RefusalActions view={view} body={body} />}
    >
      <Notice view={view} mark="attention" heading={view.text.held.title} reason={body.reason}>
        <RefusalLines view={view} body={body} />
      </Notice>
    </Frame>
  );
}
