/** S-WHO: whom the kiosk has recognised, masked (SZ-261). Goes on by itself; one button says it is someone else. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { PersonMark } from '../parts/marks.tsx';
import { lookUp } from '../text/fill.ts';

export function Who({ body, ...view }: ScreenProps<'S-WHO'>) {
  const { text, does } = view;
  const province = lookUp(text.provinces, body.insuredArea.slice(0, 2));
  const here = body.local ? text.who.local : text.who.elsewhere;
  // "Insured here" needs no name of the place; "insured elsewhere" without one sends to the window.
  const place = province ?? (body.local ? undefined : text.otherProvince);
  return (
    <Frame
      view={view}
      countdown="always"
      actions={
        <BigButton kind="secondary" does="decline" onPress={() => does({ do: 'decline' })}>
          {text.who.notMe}
        </BigButton>
      }
    >
      <div class="scene">
        <div class="person">
          <div class="portrait-circle">
            <PersonMark />
          </div>
          <div>
            <p class="lead">{text.who.title}</p>
            <p class="person-name">{body.maskedName}</p>
          </div>
        </div>
        <div class="facts">
          <p>{lookUp(text.insuranceTypes, body.insuranceType) ?? text.otherInsurance}</p>
          <p>{place === undefined ? here : `${place} · ${here}`}</p>
        </div>
        <p class="lead">{text.who.going}</p>
      </div>
    </Frame>
  );
}
