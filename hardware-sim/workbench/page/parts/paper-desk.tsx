/** Paper to read: what is coming out, what waits in the outlet, and the tray of torn slips. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PaperView, SheetView } from '../../workbench-messages.ts';
import type { Ask } from '../hall-line.ts';
import type { Words } from '../text/words.ts';
import { HandButton } from './hand-button.tsx';
import { Title } from './title.tsx';

interface Placed {
  readonly sheet: SheetView;
  readonly place: 'head' | 'outlet' | 'tray';
}

const PLACES: Readonly<Record<Placed['place'], Words>> = {
  head: ['正在出纸', 'coming out'],
  outlet: ['出纸口', 'in the outlet'],
  tray: ['已取', 'taken'],
};

interface PaperDeskProps {
  readonly paper: PaperView;
  readonly ask: Ask;
}

export function PaperDesk({ paper, ask }: PaperDeskProps) {
  const all: readonly Placed[] = [
    ...(paper.atHead ? [{ sheet: paper.atHead, place: 'head' as const }] : []),
    ...paper.outlet.map((sheet) => ({ sheet, place: 'outlet' as const })),
    ...paper.tray.map((sheet) => ({ sheet, place: 'tray' as const })),
  ];
  const newest = Math.max(0, ...all.map(({ sheet }) => sheet.id));
  const [picked, setPicked] = useState<{ readonly id: number; readonly since: number }>();
  // A sheet that came after the choice is what one wants to see.
  const chosen = picked?.since === newest ? picked.id : undefined;
  const shown = all.find(({ sheet }) => sheet.id === (chosen ?? newest)) ?? all[0];
  return (
    <section class="panel paper-desk">
      <Title words={['5 纸', 'Paper']}>
        <nav class="sheets">
          {all.map(({ sheet, place }) => (
            <button
              type="button"
              key={sheet.id}
              class={`${place} ${sheet === shown?.sheet ? 'chosen' : ''}`}
              data-sheet={place}
              onClick={() => setPicked({ id: sheet.id, since: newest })}
            >
              {sheet.id} {PLACES[place][0]}
            </button>
          ))}
        </nav>
      </Title>
      {shown ? <Sheet placed={shown} ask={ask} /> : <NoPaper />}
    </section>
  );
}

function Sheet({ placed: { sheet, place }, ask }: { readonly placed: Placed; readonly ask: Ask }) {
  const area = useRef<HTMLDivElement>(null);
  /** Follows the newest line while it comes out; a slip that is out is read from its top. */
  const toEnd = (): void => {
    if (place === 'head' && area.current) area.current.scrollTop = area.current.scrollHeight;
  };
  useEffect(() => {
    if (place !== 'head' && area.current) area.current.scrollTop = 0;
  }, [sheet.id, place]);
  return (
    <>
      <div class="lying" ref={area}>
        <img
          key={sheet.id}
          class={place}
          data-paper={sheet.id}
          src={`/paper/${sheet.id}.svg?v=${sheet.version}`}
          alt={`${PLACES[place][0]} ${PLACES[place][1]}`}
          onLoad={toEnd}
        />
      </div>
      <footer>
        <span>
          {PLACES[place][0]} <small lang="en">{PLACES[place][1]}</small> · {Math.round(sheet.widthMm)} ×{' '}
          {Math.round(sheet.heightMm)} mm
        </span>
        <a href={`/paper/${sheet.id}.txt`} target="_blank" rel="noreferrer">
          文字 Text
        </a>
        <a href={`/paper/${sheet.id}.svg`} target="_blank" rel="noreferrer">
          SVG
        </a>
        {place !== 'tray' && <HandButton hand="tearPaper" ask={ask} look="calls" />}
      </footer>
    </>
  );
}

function NoPaper() {
  return (
    <p class="nothing">
      还没有凭条：打印时纸从这里出来
      <small lang="en">No paper yet: it rolls out here as it is printed</small>
    </p>
  );
}
