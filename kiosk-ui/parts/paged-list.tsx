/**
 * A list that never scrolls: as many whole rows as fit, and two big buttons for
 * the rest. Rows are measured, because names wrap differently at each text size.
 */
import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { fill } from '../text/fill.ts';
import type { TextTable } from '../text/text-table.ts';
import { BigButton } from './big-button.tsx';
import { pagesOf } from './pages-of.ts';

interface PagedListProps {
  readonly rows: readonly VNode[];
  readonly text: TextTable;
  /** Changes whenever sizes may have changed; rows are measured at every drawing, whatever it says. */
  readonly look?: string;
}

export function PagedList({ rows, text }: PagedListProps) {
  const box = useRef<HTMLDivElement>(null);
  const [pages, setPages] = useState<readonly number[]>([rows.length]);
  const [page, setPage] = useState(0);
  const [turning, setTurning] = useState(false);
  const [, setFonts] = useState(document.fonts.status);

  useLayoutEffect(() => {
    const list = box.current;
    const whole = list?.parentElement;
    if (!list || !whole) return;
    // Rows of other pages have no height until they are laid out too.
    whole.classList.add('measuring');
    const heights = [...list.children].map((row) => (row as HTMLElement).offsetHeight);
    const pager = whole.querySelector<HTMLElement>('.pager')?.offsetHeight ?? 0;
    whole.classList.remove('measuring');
    // 低位: the pager stands beside the rows and takes none of their height.
    const beside = getComputedStyle(whole).flexDirection === 'row';
    setTurning(beside);
    const next = pagesOf(heights, whole.clientHeight, whole.clientHeight - (beside ? 0 : pager));
    setPages((now) => (now.join() === next.join() ? now : next));
    setPage((now) => Math.min(now, next.length - 1));
  });
  useLayoutEffect(() => {
    let here = true;
    document.fonts.ready.then(
      () => here && setFonts('loaded'),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, []);

  const first = pages.slice(0, page).reduce((sum, count) => sum + count, 0);
  const last = first + (pages[page] ?? rows.length);
  return (
    <div class="paged">
      <div class="paged-rows" ref={box}>
        {rows.map((row, index) => (
          <div class="paged-row" data-off={index < first || index >= last} key={row.key ?? index}>
            {row}
          </div>
        ))}
      </div>
      <div class="pager" data-off={pages.length < 2}>
        {!turning && (
          <BigButton kind="secondary" does="previousPage" disabled={page === 0} onPress={() => setPage(page - 1)}>
            {text.previousPage}
          </BigButton>
        )}
        <p>{fill(text.pageOf, { page: page + 1, pages: pages.length })}</p>
        <BigButton
          kind="secondary"
          does="nextPage"
          disabled={!turning && page >= pages.length - 1}
          // With one button only, the first page follows the last one.
          onPress={() => setPage((page + 1) % pages.length)}
        >
          {text.nextPage}
        </BigButton>
      </div>
    </div>
  );
}
