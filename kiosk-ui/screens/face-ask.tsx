/**
 * S-FACE-ASK: whether the camera may look at the face once, for one purpose (个人信息保护法 第二十八、二十九条).
 * What is agreed to stands there in Chinese whatever the language of the session; the other way is as large as the yes.
 */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { tables } from '../text/fill.ts';
import type { TextTable } from '../text/text-table.ts';

export function FaceAsk({ body, ...view }: ScreenProps<'S-FACE-ASK'>) {
  const { text, does } = view;
  const said = ({ face }: TextTable): readonly string[] => [face.what[body.place], face.kept[body.place]];
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
      {said(text).map((sentence) => (
        <p key={sentence} class="lead">
          {sentence}
        </p>
      ))}
      {text !== tables.zh && (
        <p class="legal" lang="zh-CN">
          {tables.zh.face.ask}。{said(tables.zh)}
        </p>
      )}
    </Frame>
  );
}
