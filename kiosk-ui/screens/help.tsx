/** S-HELP: a person, named by place and by phone. */
import { BigButton } from '../parts/big-button.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { HOTLINE } from '../parts/help-bar.tsx';
import { PersonMark } from '../parts/marks.tsx';
import { CounterPicture } from '../parts/scene-pictures.tsx';

export function Help({ body, ...view }: ScreenProps<'S-HELP'>) {
  const { text, does, screen } = view;
  const call = text.affairs.helpCall[body.call];
  const phones = [
    { label: text.bar.hospital, phone: screen.help.hospitalPhone },
    { label: text.help.insurance, phone: screen.help.insurancePhone },
  ].filter(({ phone }) => phone !== HOTLINE);
  return (
    <Frame
      view={view}
      class="help-screen"
      band={<p class="band-title">{text.help.title}</p>}
      aside={
        <div class="facts">
          <p>{text.help.call}</p>
          {phones.map(({ label, phone }) => (
            <p key={label}>
              {label} <b>{phone}</b>
            </p>
          ))}
          <p>
            {text.bar.hotline} <b>{HOTLINE}</b>
          </p>
        </div>
      }
      actions={
        <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
          {text.help.back}
        </BigButton>
      }
    >
      <div class="scene">
        <CounterPicture />
        <h1>{screen.help.window}</h1>
        <p class="lead">{text.help.person}</p>
        {call !== '' && (
          <p class={`with-mark call ${body.call}`}>
            <PersonMark />
            <span>{call}</span>
          </p>
        )}
      </div>
    </Frame>
  );
}
