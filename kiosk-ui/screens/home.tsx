/** S-HOME: what to do is the picture; no touch is needed to begin. */
import { BigButton } from '../parts/big-button.tsx';
import { CardPicture } from '../parts/card-picture.tsx';
import { Frame, type ScreenProps, type View } from '../parts/frame.tsx';
import { TriangleMark } from '../parts/marks.tsx';
import { Place } from '../parts/notice.tsx';
import { ShowCodePicture } from '../parts/phone-pictures.tsx';
import { CounterPicture } from '../parts/scene-pictures.tsx';

export function Home({ body, ...view }: ScreenProps<'S-HOME'>) {
  const { text, does } = view;
  // Sign and slogan belong to a designated institution only (SZ-75, Z-8.2.2.1).
  const band =
    body.plate === undefined ? undefined : (
      <>
        <p class="plate">{body.plate}</p>
        <p class="slogan">{body.slogan}</p>
      </>
    );
  if (body.insurance === 'closed') {
    const { closed } = text.home;
    return (
      <Frame view={view} band={band} class="home" aside={<Place view={view} />} actions={<ForAnybody view={view} />}>
        <div class="scene">
          <CounterPicture />
          <h1 class="with-mark">
            <TriangleMark />
            <span>{closed.title}</span>
          </h1>
          <p class="lead">{closed.line}</p>
        </div>
      </Frame>
    );
  }
  return (
    <Frame
      view={view}
      band={band}
      class="home"
      actions={
        <>
          <BigButton
            kind="primary"
            class="tile"
            does="start"
            onPress={() => does({ do: 'start', journey: 'settleOutpatient' })}
          >
            {text.home.tile}
          </BigButton>
          <ForAnybody view={view} />
        </>
      }
    >
      <h1 class="hero-line">{invitation(body.media, text.home)}</h1>
      <div class="ways">
        <Way on={body.media.card} resting={text.home.resting} {...text.home.card}>
          <CardPicture motion="insert" />
        </Way>
        <Way on={body.media.code} resting={text.home.resting} {...text.home.code}>
          <ShowCodePicture />
        </Way>
      </div>
    </Frame>
  );
}

/** Needs no card and no insurance, so it is always there. */
function ForAnybody({ view: { text, does, screen } }: { readonly view: View }) {
  return (
    <>
      {screen.prices && (
        <BigButton kind="secondary" does="prices" onPress={() => does({ do: 'prices' })}>
          {text.price.title}
        </BigButton>
      )}
      <BigButton kind="secondary" does="findMoney" onPress={() => does({ do: 'findMoney' })}>
        {text.findMoney}
      </BigButton>
    </>
  );
}

function invitation(
  media: ScreenProps<'S-HOME'>['body']['media'],
  home: ScreenProps<'S-HOME'>['text']['home'],
): string {
  if (media.card && media.code) return home.cardAndCode;
  if (media.card) return home.cardOnly;
  return media.code ? home.codeOnly : home.noMedia;
}

interface WayProps {
  readonly on: boolean;
  readonly title: string;
  readonly line: string;
  readonly resting: string;
  readonly children: preact.ComponentChildren;
}

function Way({ on, title, line, resting, children }: WayProps) {
  return (
    <div class={`way ${on ? '' : 'resting'}`}>
      {children}
      <p class="way-title">{title}</p>
      <p class="way-line">{on ? line : resting}</p>
    </div>
  );
}
