/** A short recording under the disk-state explorer, as a killing machine. */
import { runCrash } from '../disk/crash-run.ts';
import type { Found } from './killing-child.ts';

/** Promises that only disks can break. */
export const diskPromises: Readonly<Record<string, string>> = {
  'S1 acknowledgedStays': 'What was acknowledged is on every disk that a power cut can leave behind, unchanged.',
};

export async function shortCrash(): Promise<Found> {
  const plan = { seed: 1, flows: ['outpatient'], ledger: 'thisThread', checkpointPages: 30 } as const;
  const recording = { name: 'a short life', plan, random: 1, stride: 7 };
  const { states, findings } = await runCrash({ seed: 1, recordings: [recording], shards: 1 });
  // An effect without its intent says more than the entry that is missing for it, and that more than what follows.
  const first =
    findings.find(({ what }) => what.startsWith('I4')) ??
    findings.find(({ what }) => what.startsWith('an acknowledged')) ??
    findings[0];
  if (!first) return { runs: states, broken: undefined };
  const [named = ''] = first.what.split(':');
  const isOfWorld = /^[IP]\d+ \w+$/.test(named);
  const invariant = first.what.startsWith('I4') ? 'I4 intentFirst' : isOfWorld ? named : 'S1 acknowledgedStays';
  return { runs: states, broken: { invariant, detail: first.what, how: first.how } };
}
