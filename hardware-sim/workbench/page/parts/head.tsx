/** The top of the bench: what this is, the way through a visit with the next step lit, and the last news. */
import type { Snapshot } from '../../workbench-messages.ts';
import type { Note } from '../hall-line.ts';
import { handWords } from '../text/hand-words.ts';
import type { Words } from '../text/words.ts';

const STEPS: readonly Words[] = [
  ['选人', 'Pick a person'],
  ['插卡或出示医保码', 'Card or 医保码'],
  ['看屏幕，点按', 'Touch the screen'],
  ['手机付款', 'Pay by phone'],
  ['取凭条、取卡', 'Take slip and card'],
];

interface HeadProps {
  readonly snapshot: Snapshot;
  readonly open: boolean;
  readonly note: Note | undefined;
}

export function Head({ snapshot, open, note }: HeadProps) {
  const now = stepNow(snapshot);
  return (
    <header class="top">
      <div class="name">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="8" fill="#fff" />
          <path d="M13 6h6v7h7v6h-7v7h-6v-7H6v-6h7z" fill="#0f6b66" />
        </svg>
        <h1>
          医站 · 工作台 <small lang="en">Workbench</small>
        </h1>
      </div>
      <ol class="steps">
        {STEPS.map(([zh, en], index) => (
          <li key={zh} class={index === now ? 'now' : ''}>
            <b>{index + 1}</b>
            <span>
              {zh}
              <small lang="en">{en}</small>
            </span>
          </li>
        ))}
      </ol>
      <a class="cashier-door" href="#cashier">
        收费处 <small lang="en">Cashier</small>
        {snapshot.openMoney.length > 0 && <b>{snapshot.openMoney.length}</b>}
      </a>
      <div class="invented">
        <b>模拟器</b>
        <span>
          人和钱都是虚构的<small lang="en">Simulator: everybody and all money is invented</small>
        </span>
      </div>
      {open ? note?.why !== undefined && <Cannot key={note.count} note={note} /> : <Lost />}
    </header>
  );
}

function stepNow({ cabinet, paper, payableFen, people }: Snapshot): number {
  if (paper.outlet.length > 0) return 4;
  if (payableFen !== undefined || people.some((person) => person.askedForPassword)) return 3;
  return cabinet.reader.card ? 2 : 1;
}

function Cannot({ note }: { readonly note: Note }) {
  const words = Object.hasOwn(handWords, note.what) ? handWords[note.what as keyof typeof handWords] : undefined;
  return (
    <p class="cannot passing" role="status">
      <b>{words?.[0] ?? note.what}：做不到</b>
      <span lang="en">{note.why}</span>
    </p>
  );
}

function Lost() {
  return (
    <p class="cannot" role="status">
      <b>与模拟器断开，正在重连…</b>
      <span lang="en">The simulator is gone; trying again.</span>
    </p>
  );
}
