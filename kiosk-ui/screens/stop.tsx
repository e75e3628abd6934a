/** S-STOP: a refusal before money moved. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { Notice, Place } from '../parts/notice.tsx';

export function Stop({ body, ...view }: ScreenProps<'S-STOP'>) {
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
      <Notice view={view} mark="failure" heading={text.stop.title} reason={body.reason} />
    </Frame>
  );
}
