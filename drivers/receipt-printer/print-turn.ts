/**
 * A print's turn at the printer: look, cut off what an earlier print left, print, and clear up after a failure.
 *
 * One promise: what comes out is one print's alone. The printer is empty and the
 * paper at its head is clean before the first byte of a document leaves.
 */
import { completed, failed } from '../device.ts';
import { type JobCompletion, type PrintJob, runPrintJob } from './print-job.ts';
import { forget } from './printer-upkeep.ts';
import { encodeCutOff, type Remains } from './remains.ts';
import { drawBack } from './slip-outlet.ts';
import { obstacleIn } from './status.ts';

export interface PrintTurn extends PrintJob {
  readonly remains: Remains;
  readonly nextProcessId: () => string;
  /** That a slip goes from the mouth is our doing. */
  readonly retracts: (really: boolean) => void;
  /** The printer may still hold bytes of a print that failed: only a new link makes sure that it does not. */
  readonly onUnsure: () => void;
}

/** With no segments, only what hangs from the head is cut off. */
export async function takePrintTurn(turn: PrintTurn, signal: AbortSignal): Promise<JobCompletion> {
  const { wire, profile, remains, segments } = turn;
  if (profile.realTimeStatus) await wire.askStatus(signal);
  const before = obstacleIn(wire.status);
  if (before) return failed(before, 'found before the first byte: nothing was printed');
  if (remains.hanging) {
    turn.progress.stage = 'cuttingOff';
    if (segments.length === 0) remains.triedAlone();
    // Its own progress: nothing of the document is on paper yet, whatever happens to this cut.
    const progress = { stage: 'waiting', confirmedSegments: 0 } as const;
    const alone = { keepsInside: true, progress: { ...progress }, report: () => undefined };
    const cut = { ...turn, segments: encodeCutOff(turn), ...alone };
    const completion = await send(cut, signal);
    if (!completion.done || segments.length === 0) return completion;
  }
  if (segments.length === 0) return completed({ proof: 'unconfirmed' });
  // Whose slip still hangs there is not known here, only that it is not this document's.
  if (profile.outlet?.kind === 'presenter' && wire.status.slipWaiting) {
    const drawn = await drawBack(turn, signal);
    if (!drawn.done) return failed('mediaJammed', `an older slip is in the way: ${drawn.detail}`);
  }
  // Before the first byte: unless this print ends well, something of it may be on paper.
  remains.suspect();
  return send(turn, signal);
}

async function send(turn: PrintTurn, signal: AbortSignal): Promise<JobCompletion> {
  const completion = await runPrintJob(turn, signal);
  if (completion.done) turn.remains.gone();
  else if (!(await forget({ ...turn, signal }).catch(() => false))) turn.onUnsure();
  return completion;
}
