/** The recorder's self-test: it records this kiosk's camera, and its clock is the kiosk's. No mark is sent. */
import type { Recorder } from '../../drivers/recorder/recorder.ts';
import { failed, notTested, passed, type SelfTest } from './self-test.ts';

/** Footage that is further apart can’t be matched with what the kiosk did, ms. */
const CLOCK_LIMIT_MS = 5_000;

export function testRecorder(recorder: Recorder): SelfTest {
  const { cameras, clockOffsetMs, owedMarks, lostMarks } = recorder.status();
  const [camera = '', state] = Object.entries(cameras)[0] ?? [];
  if (state === 'inop') {
    return failed(
      `The recorder does not record camera ${camera}.`,
      'Ask the hospital’s monitoring room: disk full, or the camera is away.',
    );
  }
  if (state !== 'ok' || clockOffsetMs === undefined) {
    return notTested(`The recorder has not said yet whether it records camera ${camera}.`, 'Ask again in a moment.');
  }
  const seconds = (Math.abs(clockOffsetMs) / 1_000).toFixed(1);
  const apart = `its clock is ${seconds} s ${clockOffsetMs < 0 ? 'behind' : 'ahead of'} the kiosk’s`;
  if (Math.abs(clockOffsetMs) > CLOCK_LIMIT_MS) {
    return failed(`It records, but ${apart}.`, 'Set both clocks by the hospital’s time server (NTP).');
  }
  const marks = owedMarks + lostMarks === 0 ? '' : ` ${owedMarks} marks wait for it, ${lostMarks} were given up.`;
  return passed(`It records camera ${camera}; ${apart}.${marks}`);
}
