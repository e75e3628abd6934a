/** S-HOME: the jobs as tiles, and the picture that says that no touch is needed to begin. */
import type { JobName } from '../../firmware/screen/messages.ts';
import { BigButton } from '../parts/big-button.tsx';
import { CardPicture } from '../parts/card-picture.tsx';
import { Frame, type ScreenProps, type View } from '../parts/frame.tsx';
import { HomeNotice, Station } from '../parts/home-news.tsx';
import { JobTiles } from '../parts/job-tiles.tsx';
import { PersonMark, TriangleMark } from '../parts/marks.tsx';
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
  if (body.hospital === 'closed' || body.insurance === 'closed') {
    const closed = body.hospital === 'closed' ? text.home.hospitalClosed : text.home.closed;
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
          <HomeNotice body={body} {...view} />
        </div>
      </Frame>
    );
  }
  if (view.screen.settings.home === 'care') {
    return (
      <Frame view={view} band={band} class="home tiles care" actions={<CareTiles view={view} jobs={body.jobs} />}>
        <h1 class="hero-line">{invitation(body.media, text.home)}</h1>
        <HomeNotice body={body} {...view} />
        <div class="ways">
          {body.media.card ? (
            <Way {...text.home.card}>
              <CardPicture motion="insert" />
            </Way>
          ) : (
            body.media.code && (
              <Way {...text.home.code}>
                <ShowCodePicture />
              </Way>
            )
          )}
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
        {body.media.card && (
          <Way {...text.home.card}>
            <CardPicture motion="insert" />
          </Way>
        )}
        {body.media.code && (
          <Way {...text.home.code}>
            <ShowCodePicture />
          </Way>
        )}
      </div>
      <HomeNotice body={body} {...view} />
      <Station body={body} {...view} />
    </Frame>
  );
}

/** 关爱版: what most older patients come for: 缴费, 取号, 打印; with the next ones where one of them is not to be had. */
const CARE_JOBS: readonly JobName[] = ['settleOutpatient', 'registration', 'papers', 'inpatient', 'more'];

/** Three jobs and a person (4.12). */
function CareTiles({ view, jobs }: { readonly view: View; readonly jobs: readonly JobName[] }) {
  const { text, does } = view;
  const kept = CARE_JOBS.flatMap((name) => jobs.filter((job) => job === name)).slice(0, 3);
  return (
    <>
      <JobTiles view={view} jobs={kept} first="equal" withPrices={false} />
      <BigButton kind="secondary" class="tile" does="help" onPress={() => does({ do: 'help' })}>
        <PersonMark />
        <span>{text.ways.looks.helpTile}</span>
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
  if (media.code) return home.codeOnly;
  return media.idCard ? home.idCardOnly : home.noMedia;
}

interface WayProps {
  readonly title: string;
  readonly line: string;
  readonly children: preact.ComponentChildren;
}

/** A way in that works now: one that does not is not on the page (SZ-266a). */
function Way({ title, line, children }: WayProps) {
  return (
    <div class="way">
      {children}
      <p class="way-title">{title}</p>
      <p class="way-line">{line}</p>
    </div>
  );
}
