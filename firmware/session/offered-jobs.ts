/**
 * Which tiles can be begun now: by the insurance path, the hospital's system, and what each journey needs.
 *
 * One promise: no tile is shown that would end in a refusal that was known before (product.md 2.9).
 */
import type { JobName, MenuName } from '../screen/screen-parts.ts';
import { HOME_JOBS, isMenu, type Job, MENU_JOBS } from './menus.ts';
import type { ReceptionParts } from './reception-parts.ts';

type Openings = Pick<ReceptionParts, 'journeys' | 'hospitalLine' | 'insuranceOpen'>;

/** A tile that would open only one other gives its place to that one. */
export function jobsAtHome(openings: Openings): readonly JobName[] {
  return HOME_JOBS.flatMap((job): readonly JobName[] => {
    if (!isMenu(job)) return canBegin(openings, job) ? [job] : [];
    const inside = jobsBehind(openings, job);
    return inside.length > 1 ? [job] : inside;
  });
}

export function jobsBehind(openings: Openings, menu: MenuName): readonly Job[] {
  return MENU_JOBS[menu].filter((job) => canBegin(openings, job));
}

/** What needs no credential needs no insurance either. */
function canBegin({ journeys, hospitalLine, insuranceOpen }: Openings, job: Job): boolean {
  if (job === 'findMoney') return true;
  const journey = journeys[job];
  if (hospitalLine?.open === false && !journey.withoutHospital) return false;
  if (journey.asks === 'nothing') return journey.offered?.() ?? true;
  return journey.withoutInsurance === true || insuranceOpen();
}
