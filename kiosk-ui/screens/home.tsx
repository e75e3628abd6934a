/** S-HOME: the jobs as tiles, and the picture that says that no touch is needed to begin. */
import { CardPicture } from '../parts/card-picture.tsx';
import { Frame, type ScreenProps } from '../parts/frame.tsx';
import { JobTiles } from '../parts/job-tiles.tsx';
import { TriangleMark } from '../parts/marks.tsx';
import { Place } from '../parts/notice.tsx';
import { ShowCodePicture } from '../parts/phone-pictures.tsx';
import { CounterPicture } from '../parts/scene-pictures.tsx';

export function Home({ body, ...view }: ScreenProps<'S-HOME'>) {
  const { text } = view;
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
      <Frame
        view={view}
        band={band}
        class="home tiles closed"
        aside={<Place view={view} />}
        actions={<JobTiles view={view} jobs={body.jobs} first="equal" />}
      >
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
      class="home tiles"
      actions={<JobTiles view={view} jobs={body.jobs} first="primary" />}
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
