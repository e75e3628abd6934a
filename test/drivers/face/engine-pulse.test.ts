/** When the kiosk takes its face engine for hung, on virtual time: the process and its libraries are scripted. */
import { describe, expect, test } from 'vitest';
import { type AliveReply, EnginePulse } from '../../../drivers/face/engine-pulse.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const BEAT_MS = 160;

type Look = AliveReply['look'];

/** An engine whose look is scripted by beat; `undefined` from `answers`: it says nothing. */
async function sickAfter(
  beats: number,
  answers: (beat: number) => { readonly look: Look; readonly lateMs?: number } | undefined,
) {
  const clock = new ManualClock();
  let beat = 0;
  let sick: { readonly why: string; readonly beat: number } | undefined;
  const pulse = new EnginePulse({
    clock,
    ask: () =>
      new Promise((resolve) => {
        beat += 1;
        const answer = answers(beat);
        const reply = { tell: 'alive', id: beat, rssBytes: 1, look: answer?.look } as const;
        if (answer) clock.timer(answer.lateMs ?? 0, () => resolve(reply));
      }),
    onSick: (why) => {
      sick ??= { why, beat };
      pulse.stop();
    },
  });
  for (let at = 0; at < beats * BEAT_MS && !sick; at += 20) await clock.pass(20);
  pulse.stop();
  return sick;
}

describe('a face engine', () => {
  test('that answers nothing is hung after five beats', async () => {
    expect(await sickAfter(20, () => undefined)).toMatchObject({ why: 'the face engine hangs' });
  });

  test('whose look takes no processor time from beat to beat is hung, within a second', async () => {
    const sick = await sickAfter(20, () => ({ look: { id: 1, processorMs: 4 } }));
    expect(sick).toEqual({ why: 'a call hangs in the face engine', beat: 5 });
  });

  test('whose look takes more processor time than any is hung, within a second', async () => {
    const sick = await sickAfter(20, (beat) => ({ look: { id: 1, processorMs: beat * BEAT_MS } }));
    expect(sick).toEqual({ why: 'a call hangs in the face engine', beat: 5 });
  });

  test('whose look gets a twentieth of a processor is waited for', async () => {
    expect(await sickAfter(60, (beat) => ({ look: { id: 1, processorMs: beat * 8 } }))).toBeUndefined();
  });

  test('that looks at one picture after the other is well', async () => {
    expect(await sickAfter(60, (beat) => ({ look: { id: beat, processorMs: 1 } }))).toBeUndefined();
  });

  test('that has nothing to look at is well', async () => {
    expect(await sickAfter(60, () => ({ look: undefined }))).toBeUndefined();
  });

  test('on a machine that answers each beat late is not judged by its look’s stillness', async () => {
    expect(await sickAfter(60, () => ({ look: { id: 1, processorMs: 4 }, lateMs: 60 }))).toBeUndefined();
  });
});
