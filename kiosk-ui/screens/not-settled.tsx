/** S-NOT-SETTLED: nothing was settled; whether money was taken, and where it is, comes first. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { MoneyLine, Notice, Place } from '../parts/notice.tsx';
import { waysOn } from '../parts/refusal.tsx';

export function NotSettled({ body, ...view }: ScreenProps<'S-NOT-SETTLED'>) {
  const { text, does } = view;
  return (
    <Frame
      view={view}
      class={waysOn(body.offers)}
      aside={<Place view={view} staffCode={body.staffCode} number={body.number} care />}
      actions={
        <>
          <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
            {text.ok}
          </BigButton>
          {body.offers?.includes('park') && (
            <BigButton kind="secondary" does="park" onPress={() => does({ do: 'park' })}>
              {text.refusal.offers.park}
            </BigButton>
          )}
        </>
      }
    >
      <Notice view={view} mark="attention" heading={text.notSettled.title} reason={body.reason}>
        <MoneyLine>{text.notSettled.refund[body.refund]}</MoneyLine>
      </Notice>
    </Frame>
  );
}
