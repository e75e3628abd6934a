/** A sign for each tile, so that the job is known before its word is read. Own signs, drawn in the tile's own colour. */
import type { JobName } from '../../firmware/screen/messages.ts';

const LINE = {
  fill: 'none',
  stroke: 'currentColor',
  'stroke-width': 4,
  'stroke-linecap': 'round',
  'stroke-linejoin': 'round',
} as const;

export type TileName = JobName | 'prices';

/** Paths on 48 × 48. */
const PATHS: Readonly<Record<TileName, string>> = {
  // A bill with a tick.
  settleOutpatient: 'M11 4h26v40l-5-4-4 4-4-4-4 4-4-4-5 4zM18 22l5 5 8-10M18 35h12',
  // A numbered ticket.
  registration: 'M5 12h38v8a5 5 0 0 0 0 9v8H5v-8a5 5 0 0 0 0-9zM18 18l5-2v16M31 16v17',
  // A bed.
  inpatient: 'M4 10v32M4 34h40v8M44 34v-8q0-6-6-6H20v14M12 27a4 4 0 1 1 0-8a4 4 0 0 1 0 8',
  // An arrow that turns back round a coin.
  refund: 'M10 8v11h11M10 19a18 18 0 1 1-3 11M24 18v14M19 25h10',
  // A tag with a price.
  prices: 'M4 24L24 4h18v18L22 42zM34 14h.1M15 25l8 8M20 20l8 8',
  // A slip that comes out of a printer.
  reprint: 'M12 18V5h24v13M6 18h36v16h-7M13 34H6M13 27h22v17H13zM19 33h10M19 38h6',
  // A card with a heart line.
  records: 'M4 9h40v30H4zM4 18h40M10 30h6l4-6 5 10 4-6h8',
  // Two people.
  proxy:
    'M16 6a7 7 0 1 1 0 14a7 7 0 0 1 0-14M4 42q0-16 12-16q6 0 9 5M33 18a6 6 0 1 1 0 12a6 6 0 0 1 0-12M22 43q1-11 11-11q11 0 11 11z',
  // An open book.
  guides: 'M24 12q-8-6-18-4v30q10-2 18 4q8-6 18-4V8q-10-2-18 4zM24 12v30',
  // A bubble with a mark of exclamation.
  complaint: 'M5 7h38v27H24l-9 8v-8H5zM24 13v11M24 28h.1',
  // A sheet under a glass.
  papers: 'M36 20V5H8v38h14M15 14h14M15 22h8M32 26a8 8 0 1 1 0 16a8 8 0 0 1 0-16M38 40l7 6',
  // Three dots.
  more: 'M24 4a20 20 0 1 1 0 40a20 20 0 0 1 0-40M14 24h.1M24 24h.1M34 24h.1',
  // A coin under a glass.
  findMoney: 'M21 5a16 16 0 1 1 0 32a16 16 0 0 1 0-32M33 33l11 11M15 14l6 8 6-8M21 22v9M15 24h12',
};

export function JobMark({ job }: { readonly job: TileName }) {
  return (
    <svg class="mark job-mark" viewBox="0 0 48 48" aria-hidden="true">
      <path d={PATHS[job]} {...LINE} />
    </svg>
  );
}
