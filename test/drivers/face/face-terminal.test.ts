/** The insurance platform's face check over its terminal's line, against the platform's desk: driver and twin. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnswerLines, LONGEST_ANSWER_LINE } from '../../../drivers/face/terminal-lines.ts';
import { FaceAuthDesk } from '../../../hardware-sim/parties/people/face-auth-desk.ts';
import { SeededStream } from '../../../hardware-sim/parties/seeded-stream.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { LI, LONGEST_MS, onTerminalBench, ZHANG } from './terminal-bench.ts';

describe('the platform’s terminal', () => {
  test('whom the platform recognises is accepted when it is who put the card down, and rejected when not', async () => {
    for (const dataAsText of [false, true]) {
      const { twin, verify } = await onTerminalBench();
      twin.faults.dataAsText = dataAsText;
      twin.before = { patient: ZHANG };
      expect(await verify()).toMatchObject({ value: { decision: 'accept', decidedBy: 'platform', padLevel: 'none' } });
      twin.before = { patient: LI };
      expect(await verify()).toMatchObject({ value: { decision: 'reject', next: 'useAnotherWay' } });
    }
  });

  test('a picture held up, a platform that is away, nobody there: a fault, never an accept', async () => {
    const { twin, verify } = await onTerminalBench();
    twin.before = { patient: ZHANG, spoof: true };
    expect(await verify()).toMatchObject({ done: false, fault: 'readFailed' });
    twin.before = { patient: ZHANG };
    twin.faults.platformDown = true;
    expect(await verify()).toMatchObject({ done: false, fault: 'readFailed' });
    twin.before = undefined;
    expect(await verify()).toMatchObject({ done: false, fault: 'timeOut' });
  });

  test('the answer to a check that was given up is not the answer to the next one', async () => {
    const { twin, clock, face, asked, verify } = await onTerminalBench();
    twin.before = { patient: ZHANG };
    const gaveUp = new AbortController();
    const first = face.verify(asked(), { timeoutMs: LONGEST_MS, signal: gaveUp.signal });
    await clock.pass(500);
    gaveUp.abort();
    twin.before = { patient: LI };
    await clock.pass(2_000);
    expect(await first).toMatchObject({ fault: 'canceled' });
    expect(face.state).toBe('online');
    expect(await verify(LI)).toMatchObject({ value: { decision: 'accept' } });
    // And somebody else's answer, held back by a serial server, is nobody's.
    const stale = Buffer.from('{"code":0,"transType":"cn.nhsa.ec.auth","data":{"authNo":"ano1","outBizNo":"00"}}\n');
    twin.before = { patient: LI };
    const checking = face.verify(asked(ZHANG), { timeoutMs: LONGEST_MS });
    twin.plug.say(stale);
    await clock.pass(LONGEST_MS);
    expect(await checking).toMatchObject({ value: { decision: 'reject' } });
  });

  test('a number of a look works once, and only in its own check', () => {
    const clock = new ManualClock();
    const desk = new FaceAuthDesk(clock, new SeededStream(1, 'desk'));
    const authNo = desk.authenticate(ZHANG, 'a');
    expect(authNo).toMatch(/^ano\d{25}$/);
    expect(desk.check(desk.authenticate(ZHANG, 'a'), 'b')).toBeUndefined();
    expect(desk.check(authNo, 'a')).toBe(ZHANG);
    expect(desk.check(authNo, 'a')).toBeUndefined();
  });
});

test('whatever comes on its line, nothing throws or piles up, and the next whole answer is read', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((text) => Buffer.from(`${text}\n`)),
        ),
      ),
      (pieces) => {
        const lines = new AnswerLines();
        for (const piece of pieces) {
          lines.push(Uint8Array.from(piece));
          expect(lines.held).toBeLessThanOrEqual(LONGEST_ANSWER_LINE);
        }
        lines.push(Uint8Array.of(0x0a));
        expect(lines.push(Buffer.from('{"code":0,"data":"{\\"a\\":1}"}\n'))).toEqual([{ code: 0, data: { a: 1 } }]);
      },
    ),
  );
  const lines = new AnswerLines();
  const endless = new Uint8Array(LONGEST_ANSWER_LINE * 3).fill(0x20);
  expect(lines.push(endless)).toEqual([]);
  expect(lines.push(Buffer.from('{"code":1}\n{"code":2}\n'))).toEqual([{ code: 2, data: undefined }]);
});
