/**
 * What a printer's own words mean: `printer-state`, `printer-state-reasons` and `job-state` (RFC 8011 5.4.11, 5.4.12,
 * 5.3.7; PWG 5100.9 for the reasons of finishers and supplies).
 *
 * Pure. A reason that nobody knows is no obstacle by itself; only a stopped printer is one.
 */
import type { IppAnswer, IppValue } from './ipp-message.ts';
import type { PageFault } from './page-printer.ts';

export type JobState = 'pending' | 'processing' | 'stopped' | 'canceled' | 'aborted' | 'completed';

const JOB_STATES: readonly (JobState | undefined)[] = [
  ...[undefined, undefined, undefined],
  ...(['pending', 'stopped', 'processing', 'stopped', 'canceled', 'aborted', 'completed'] as const),
];

/** In the order in which a person should hear of them. */
const OBSTACLES: readonly (readonly [PageFault, readonly string[]])[] = [
  ['offline', ['offline', 'shutdown', 'timed-out']],
  ['coverOpen', ['cover-open', 'door-open', 'interlock-open']],
  ['mediaJammed', ['media-jam', 'media-path-jam']],
  ['paperOut', ['media-empty', 'media-needed', 'input-tray-missing']],
  ['tonerOut', ['toner-empty', 'marker-supply-empty', 'developer-empty', 'marker-waste-full']],
];

export interface PrinterWord {
  readonly stopped: boolean;
  readonly obstacle: PageFault | undefined;
  readonly paperLow: boolean;
  readonly tonerLow: boolean;
  readonly makeAndModel: string | undefined;
}

export function printerWordIn(answer: IppAnswer): PrinterWord | undefined {
  const printer = answer.groups.find(({ tag }) => tag === 4)?.attributes;
  const state = printer?.get('printer-state')?.[0];
  if (!printer || typeof state !== 'number') return undefined;
  const reasons = words(printer.get('printer-state-reasons'));
  const obstacle = obstacleIn(reasons);
  const model = printer.get('printer-make-and-model')?.[0];
  return {
    stopped: state === 5,
    obstacle: obstacle ?? (state === 5 ? 'offline' : undefined),
    paperLow: reasons.has('media-low'),
    tonerLow: reasons.has('toner-low') || reasons.has('marker-supply-low'),
    makeAndModel: typeof model === 'string' ? model.slice(0, 80) : undefined,
  };
}

export interface JobWord {
  readonly id: number;
  readonly state: JobState;
  readonly pagesOut: number | undefined;
  readonly obstacle: PageFault | undefined;
}

export function jobWordsIn(answer: IppAnswer): readonly JobWord[] {
  return answer.groups.flatMap(({ tag, attributes }) => {
    const id = attributes.get('job-id')?.[0];
    const state = JOB_STATES[Number(attributes.get('job-state')?.[0])];
    if (tag !== 2 || typeof id !== 'number' || !state) return [];
    const out = attributes.get('job-impressions-completed')?.[0] ?? attributes.get('job-media-sheets-completed')?.[0];
    const pagesOut = typeof out === 'number' && out >= 0 ? out : undefined;
    return [{ id, state, pagesOut, obstacle: obstacleIn(words(attributes.get('job-printer-state-reasons'))) }];
  });
}

function obstacleIn(reasons: ReadonlySet<string>): PageFault | undefined {
  return OBSTACLES.find(([, names]) => names.some((name) => reasons.has(name)))?.[0];
}

/**
 * Without the severity that may stand behind them: `media-empty-error` is `media-empty`. A report alone hinders nothing,
 * but for `offline-report`: CUPS has no other word for a printer that does not answer.
 */
function words(values: readonly IppValue[] | undefined): ReadonlySet<string> {
  const all = (values ?? []).filter((value) => typeof value === 'string');
  const meant = all.filter((word) => word === 'offline-report' || !word.endsWith('-report'));
  return new Set(meant.map((word) => word.replace(/-(?:error|warning|report)$/, '')));
}
