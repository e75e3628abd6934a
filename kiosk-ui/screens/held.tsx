/** S-HELD: a bill that can't be settled now. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { Notice, Place } from '../parts/notice.tsx';

export function Held({ body, ...view }: ScreenProps<'S-HELD'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      aside={<Place view={view} staffCode={body.staffCode} />}
      actions={
        <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
          {text.ok}
        </BigButton>
      }
    >
      <Notice view={view} mark="attention" heading={text.held.title} reason={body.reason} />
    </Frame>
  );
}
