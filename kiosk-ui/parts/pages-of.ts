/**
 * How many rows stand on each page. Without a pager the whole height is free, with
 * one a little less; a row taller than a page gets a page of its own.
 */
export function pagesOf(rowHeights: readonly number[], wholePx: number, besidePagerPx: number): readonly number[] {
  const total = rowHeights.reduce((sum, height) => sum + height, 0);
  if (total <= wholePx) return [rowHeights.length];
  const pages: number[] = [];
  let count = 0;
  let used = 0;
  for (const height of rowHeights) {
    if (count > 0 && used + height > besidePagerPx) {
      pages.push(count);
      count = 0;
      used = 0;
    }
    count += 1;
    used += height;
  }
  if (count > 0) pages.push(count);
  return pages;
}
