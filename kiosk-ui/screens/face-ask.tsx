/**
 * S-FACE-ASK: whether the camera may look at the face once, for one purpose (个人信息保护法 第二十八、二十九条).
 * What is agreed to stands there in Chinese whatever the language of the session; the other way is as large as the yes.
 */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { tables } from '../text/fill.ts';

export function FaceAsk({ body: _body, ...view }: ScreenProps<'S-FACE-ASK'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      actions={
        <>
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.face.agree}
          </BigButton>
          <BigButton kind="secondary" does="decline" onPress={() => does({ do: 'decline' })}>
            {text.face.otherWay}
          </BigButton>
        </>
      }
    >
      <h1>{text.face.ask}</h1>
      <p class="lead">{text.face.what}</p>
      <p class="lead">{text.face.kept}</p>
      {text !== tables.zh && (
        <p class="legal" lang="zh-CN">
          {tables.zh.face.ask}。{tables.zh.face.what}
          {tables.zh.face.kept}
        </p>
      )}
    </Frame>
  );
}
