/** S-REMIND: things to know before going on (Z-9.1.3); nothing here stops anyone. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { Place } from '../parts/notice.tsx';
import { reasonText } from '../text/fill.ts';

export function Remind({ body, ...view }: ScreenProps<'S-REMIND'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      aside={<Place view={view} />}
      actions={
        <>
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.remind.goOn}
          </BigButton>
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.cancel}
          </BigButton>
        </>
      }
    >
      <h1>{text.remind.title}</h1>
      {body.reasons.map((reason) => (
        <p key={reason} class="lead">
          {reasonText(text, reason).what}
        </p>
      ))}
      {(body.says ?? []).map((words) => (
        <p key={words} lang="zh-CN">
          {words}
        </p>
      ))}
    </Frame>
  );
}
