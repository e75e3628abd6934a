/**
 * One print, segment by segment, to its proof.
 *
 * At most one segment is on its way, and the next one goes only when the
 * printer has said that the last one is on paper. A printer that can't say so
 * is given the time the paper needs, asked in between, and never believed.
 */
import { type Completion, completed, failed } from '../device.ts';
import type { Clock } from '../ports.ts';
import type { Segment } from './encoder.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { type PrinterWire, untilAborted } from './printer-wire.ts';
import type { PrintFault, PrintJobState } from './receipt-printer.ts';
import { lookAtMouth, slipComes } from './slip-outlet.ts';
import { obstacleIn, type PrinterStatus } from './status.ts';

export type JobCompletion = Completion<{ readonly proof: 'printed' | 'unconfirmed' }, PrintFault>;

/** How far a job came; read when it failed. */
export interface JobProgress {
  /** In the queue, asking the printer how it is, cutting off what an earlier print left, or past its first byte. */
  stage: 'waiting' | 'asking' | 'cuttingOff' | 'begun';
  confirmedSegments: number;
}

export interface PrintJob {
  readonly segments: readonly Segment[];
  readonly wire: PrinterWire;
  readonly clock: Clock;
  readonly profile: PrinterProfile;
  readonly progress: JobProgress;
  readonly report: (state: PrintJobState) => void;
  /** What is cut goes into the machine, not to the mouth. */
  readonly keepsInside?: boolean;
}

/** How often to ask while a job waits, ms: often when nothing is pushed, else only to catch a lost push. */
const ASK_MS = { pushed: 1_000, askedOnly: 250 };

class Obstacle extends Error {
  override readonly name = 'Obstacle';
  readonly fault: PrintFault | 'hardwareError';
  constructor(fault: Obstacle['fault']) {
    super(fault);
    this.fault = fault;
  }
}

export async function runPrintJob(job: PrintJob, signal: AbortSignal): Promise<JobCompletion> {
  const { wire, profile, progress } = job;
  const stop = new AbortController();
  // A slip that comes to an empty mouth is this job's: everything before its cut is on it.
  const mouthWasEmpty = wire.status.slipWaiting === false;
  const stopAsIfTold = (): void => stop.abort(signal.reason);
  signal.addEventListener('abort', stopAsIfTold, { once: true });
  const releases = [
    () => signal.removeEventListener('abort', stopAsIfTold),
    wire.onStatus((status) => {
      const fault = stopsTheJob(status);
      if (fault) stop.abort(new Obstacle(fault));
    }),
    keepAsking(job, stop.signal),
  ];
  try {
    job.report('sending');
    for (const [index, segment] of job.segments.entries()) {
      const lastOfContent = segment.part === 'content' && job.segments[index + 1]?.part !== 'content';
      progress.stage = 'begun';
      await sendSegment(job, segment, { signal: stop.signal, sent: () => lastOfContent && job.report('sent') });
      if (segment.processId === undefined) continue;
      progress.confirmedSegments += 1;
      job.report(segment.part === 'cut' ? 'cut' : lastOfContent ? 'printed' : 'sending');
    }
    const last = job.segments.at(-1);
    if (last?.processId !== undefined) {
      if (profile.outlet) await lookAtMouth(job, stop.signal);
      return completed({ proof: 'printed' });
    }
    const presents = profile.outlet?.kind === 'presenter' && last?.part === 'cut' && !job.keepsInside;
    if (presents && mouthWasEmpty && (await slipComes(job, stop.signal))) {
      job.report('presented');
      return completed({ proof: 'printed' });
    }
    if (profile.realTimeStatus) await wire.askStatus(stop.signal);
    stop.signal.throwIfAborted();
    job.report('unconfirmed');
    return completed({ proof: 'unconfirmed' });
  } catch (error) {
    const where = `after ${progress.confirmedSegments} of ${job.segments.length} segments were confirmed`;
    if (error instanceof Obstacle) return failed(error.fault, where);
    // It stopped by itself and would have gone on: the precise word is not lost in a general one.
    if (signal.aborted && wire.status.headHot) return failed('headHot', where);
    throw error;
  } finally {
    for (const release of releases) release();
  }
}

/** A hot head cools and an unnamed offline passes; the rest waits for a person, so the job is over. */
function stopsTheJob(status: PrinterStatus): Obstacle['fault'] | undefined {
  const obstacle = obstacleIn({ ...status, headHot: false, offline: false });
  return obstacle === 'deviceNotReady' ? 'hardwareError' : obstacle;
}

async function sendSegment(
  job: PrintJob,
  segment: Segment,
  options: { signal: AbortSignal; sent: () => void },
): Promise<void> {
  const { signal } = options;
  const { processId } = segment;
  if (processId === undefined) {
    await job.wire.write(segment.bytes, signal);
    options.sent();
    await pause(job.clock, segment.lines * job.profile.lineMs, signal);
    return;
  }
  // Waits before it writes: a fast printer answers before the write is reported done.
  const confirmed = job.wire.next(
    (answer) => (answer.kind === 'processId' && answer.id === processId ? true : undefined),
    signal,
  );
  confirmed.catch(() => undefined);
  await job.wire.write(segment.bytes, signal);
  options.sent();
  await confirmed;
}

function keepAsking(job: PrintJob, signal: AbortSignal): () => void {
  const { clock, profile, wire } = job;
  if (!profile.realTimeStatus) return () => undefined;
  const everyMs = profile.automaticStatus === undefined ? ASK_MS.askedOnly : ASK_MS.pushed;
  let cancel = (): void => undefined;
  const later = (): void => {
    cancel = clock.timer(everyMs, () => {
      // No answer is no verdict: the job's own deadline judges a silent printer.
      wire.askStatus(signal).catch(() => undefined);
      later();
    });
  };
  later();
  return () => cancel();
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let cancel = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    cancel = clock.timer(ms, resolve);
  });
  return untilAborted(passed, signal).finally(() => cancel());
}

/** What a person may find in the outlet after a job failed. */
export function onPaperAfter(fault: string, progress: JobProgress): 'nothing' | 'partial' | 'unknown' {
  if (progress.stage !== 'begun') return 'nothing';
  if (progress.confirmedSegments > 0) return 'partial';
  // The printer itself named a cause while it was printing; else nobody can say what it did.
  const named = fault === 'paperOut' || fault === 'mediaJammed' || fault === 'coverOpen' || fault === 'headHot';
  return named ? 'partial' : 'unknown';
}
