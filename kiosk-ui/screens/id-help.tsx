/** S-ID-HELP: the pictures of how to show a credential, led by what went wrong, if anything did. */
import { BigButton } from '../parts/big-button.tsx';
import { CardPicture } from '../parts/card-picture.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { TriangleMark } from '../parts/marks.tsx';
import { Place } from '../parts/notice.tsx';
import { ShowCodePicture } from '../parts/phone-pictures.tsx';
import { lookUp } from '../text/fill.ts';

/** One picture of what to do next; both ways where the problem says nothing about them. */
const PICTURES: Readonly<Record<string, 'turn' | 'card' | 'code'>> = {
  cardUpsideDown: 'turn',
  cardTornOff: 'card',
  cardUnreadable: 'code',
  cardNeedsAuthentication: 'code',
  codeUnreadable: 'code',
  codeExpiredOrUsed: 'code',
  notACredential: 'code',
  nobodyThere: 'code',
};

export function IdHelp({ body, ...view }: ScreenProps<'S-ID-HELP'>) {
  const { text, does } = view;
  const reason = lookUp(text.reasons, body.problem);
  const show = PICTURES[body.problem] ?? 'both';
  return (
    <Frame
      view={view}
      class="id-help"
      aside={<Place view={view} staffCode={reason ? body.staffCode : ''} />}
      actions={
        <>
          {body.withoutCard && (
            <BigButton kind="secondary" does="withoutCard" onPress={() => does({ do: 'withoutCard' })}>
              {text.affairs.withoutCard.way}
            </BigButton>
          )}
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.backHome}
          </BigButton>
        </>
      }
    >
      {reason ? (
        <div class="trouble">
          <h1 class="with-mark">
            <TriangleMark />
            <span>{reason.what}</span>
          </h1>
          <p class="lead">{reason.act}</p>
        </div>
      ) : (
        <h1>{body.whose ? text.affairs.proxy[body.whose] : text.idHelp.title}</h1>
      )}
      <div class="ways">
        {show !== 'code' && (
          <div class="way">
            <CardPicture motion={show === 'turn' ? 'turn' : 'insert'} />
            <p class="way-title">{text.home.card.title}</p>
            {!reason && <p class="way-line">{text.idHelp.face}</p>}
          </div>
        )}
        {(show === 'code' || show === 'both') && (
          <div class="way">
            <ShowCodePicture />
            <p class="way-title">{text.home.code.title}</p>
            {!reason && <p class="way-line">{text.idHelp.tip}</p>}
          </div>
        )}
      </div>
    </Frame>
  );
}
