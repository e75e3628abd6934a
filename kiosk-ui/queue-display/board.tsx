/** The second screen: the number first and from far away, then where to go, then a masked name. */
import type { BoardView } from '../../firmware/screen/messages.ts';
import { WallClock } from '../parts/wall-clock.tsx';
import type { Board } from './board-line.ts';
import { boardWords as words } from './board-words.ts';

export function QueueBoard({ board }: { readonly board: Board }) {
  return (
    <>
      <header class="top">
        <p class="slogan">{words.slogan}</p>
        <WallClock />
      </header>
      {board.kind === 'view' ? <Standing view={board.view} /> : <Plain kind={board.kind} />}
    </>
  );
}

function Standing({ view }: { readonly view: BoardView }) {
  const { call, earlier, notice } = view;
  if (notice) {
    return (
      <main class="plain notice">
        {notice.map((row, at) => (at === 0 ? <h1 key={row}>{row}</h1> : <p key={row}>{row}</p>))}
      </main>
    );
  }
  return (
    <main class={earlier.length > 0 ? 'hall with-earlier' : 'hall'}>
      {call ? (
        <section class="calling" aria-live="assertive">
          <h1 class="label">
            {words.title} <span lang="en">{words.titleEn}</span>
          </h1>
          {/* A new round is a new element, so its three beats of light begin again. */}
          <p class={call.number.length > 5 ? 'number long' : 'number'} key={`${call.number}-${call.time}`}>
            {call.number}
          </p>
          <p class="place">
            <span class="go">{words.goTo}</span> {call.place}
          </p>
          <p class="under">
            {call.maskedName !== undefined && <span class="name">{call.maskedName}</span>}
            <span class="time">{words.time.replace('{time}', String(call.time))}</span>
          </p>
        </section>
      ) : (
        <section class="calling nobody">
          <h1>{words.nobody}</h1>
          <p lang="en">{words.nobodyEn}</p>
        </section>
      )}
      {earlier.length > 0 && (
        <section class="earlier">
          <h2 class="label">
            {words.earlier} <span lang="en">{words.earlierEn}</span>
          </h2>
          <ul>
            {earlier.map(({ number, place }) => (
              <li key={number}>
                <span class="small-number">{number}</span>
                <span class="small-place">{place}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}

function Plain({ kind }: { readonly kind: 'starting' | 'lost' }) {
  if (kind === 'starting') {
    return (
      <main class="plain">
        <h1>正在启动</h1>
        <p lang="en">Starting</p>
      </main>
    );
  }
  return (
    <main class="plain lost">
      <h1>{words.lost}</h1>
      <p lang="en">{words.lostEn}</p>
      <p class="act">{words.lostAct}</p>
      <p lang="en">{words.lostActEn}</p>
    </main>
  );
}
