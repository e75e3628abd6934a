/**
 * The tiles of the home screen and what stands behind two of them.
 *
 * One promise: six tiles at home with the prices, four at most behind one of them (product.md 2.0, 4.1). What there is to
 * read is a tile of its own beside them: one touch from home to 医保服务, a second one to the way a bill is settled, which
 * is what the standards ask for (Z-8.1.10, SZ-80).
 */
import { type JobName, MENUS, type MenuName } from '../screen/screen-parts.ts';
import type { Act } from './act.ts';

/** What a tile begins at once. */
export type Job = Exclude<JobName, MenuName>;

/** Six tiles with the prices (product.md 2.0), and what stands behind two of them. */
export const HOME_JOBS = ['settleOutpatient', 'registration', 'inpatient', 'papers', 'more', 'guides'] as const;
export const MENU_JOBS: Readonly<Record<MenuName, readonly Job[]>> = {
  papers: ['reprint', 'records', 'findMoney'],
  more: ['refund', 'proxy', 'complaint'],
};

export function isMenu(job: JobName): job is MenuName {
  return MENUS.some((menu) => menu === job);
}

/** A tile of a menu; 不做了 and time leave it. */
export function jobIn(act: Act): Job | 'leave' | undefined {
  if (act.kind !== 'intent') return undefined;
  switch (act.intent.do) {
    case 'start':
      return act.intent.journey;
    case 'findMoney':
      return 'findMoney';
    case 'cancel':
      return 'leave';
    default:
      return undefined;
  }
}
