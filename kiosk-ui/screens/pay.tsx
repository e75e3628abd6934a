/** S-PAY: one code, one amount, one way back until the phone is paying. */
import { BigAmount } from '../parts/amount-table.tsx';
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { WaitingPicture } from '../parts/scene-pictures.tsx';

export function Pay({ body, ...view }: ScreenProps<'S-PAY'>) {
  const { text, does } = view;
  const waiting = body.status === 'waiting';
  return (
    <Frame
      view={view}
      countdown="always"
      aside={<BigAmount text={text} label={text.pay.amount} amountFen={body.ownFen} />}
      actions={
        waiting && (
          <BigButton kind="secondary" does="cancel" onPress={() => does({ do: 'cancel' })}>
            {text.pay.cancel}
          </BigButton>
        )
      }
    >
      {waiting ? (
        <div class="scene">
          <h1>{text.pay.title}</h1>
          <QrCode code={body.payCode} />
          <div>
            <p class="lead">{text.pay.scan}</p>
            <p class="lead pay-apps">{text.pay.apps}</p>
          </div>
        </div>
      ) : (
        <div class="scene">
          <WaitingPicture />
          <h1>{text.pay.paying.title}</h1>
          <p class="lead">{text.pay.paying.line}</p>
        </div>
      )}
    </Frame>
  );
}
