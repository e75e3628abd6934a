/** The recorder port on the bench's recorder. */
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LinkLostError } from '../../../drivers/ports.ts';
import { LineRecorder } from '../../../drivers/recorder/line-recorder.ts';
import { MOST_OWED } from '../../../drivers/recorder/owed-marks.ts';
import type { RecorderEvent } from '../../../drivers/recorder/recorder.ts';
import { parseRecorderLine, recorderLine } from '../../../drivers/recorder/recorder-line.ts';
import { crcOf, recorderAnswer } from '../../../hardware-sim/devices/recorder/recorder-wire.ts';
import { VirtualRecorder } from '../../../hardware-sim/devices/recorder/virtual-recorder.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { busTo, pass, settle } from '../cabinet/cabinet-bench.ts';
import {
  DISTURBANCES,
  type Disturbance,
  type DisturbedLine,
  disturbedLine,
  passUntil,
  untilQuiet,
} from '../cabinet/disturbed-line.ts';

const SOON = { timeoutMs: 1_000 };

async function onBench(options: { readonly aheadMs?: number; readonly camera?: string } = {}) {
  const clock = new ManualClock();
  const twin = new VirtualRecorder({ clock, aheadMs: options.aheadMs ?? 0 });
  const lines: DisturbedLine[] = [];
  const bus = busTo(async (signal) => {
    const inner = await twin.openByteLink(signal);
    const line = disturbedLine(
      inner,
      clock,
      () => twin.unplug(),
      () => twin.plugIn(),
    );
    lines.push(line);
    return line.link;
  });
  const recorder = new LineRecorder({
    id: 'recorder',
    address: 'tcp://recorder:7070',
    bus,
    clock,
    kioskId: 'K-0001',
    camera: options.camera ?? 'entrance-1',
    bootId: 'b00t1',
  });
  onTestFinished(() => recorder.close());
  const heard: RecorderEvent[] = [];
  recorder.onRecorderEvent((event) => heard.push(event));
  await untilQuiet(clock, lines);
  const mark = async (kind: 'start' | 'end', interval = 'ivl_8f3k2m9q') => {
    let ended = false;
    const marking = recorder.mark(interval, kind, SOON).finally(() => {
      ended = true;
    });
    await passUntil(clock, lines, () => ended, 1_250);
    return marking;
  };
  return { clock, twin, recorder, heard, lines, mark };
}

describe('marks', () => {
  test('[part of Y3-20a] start and end of an interval are acknowledged with camera, both clocks and the offset', async () => {
    const { twin, recorder, mark } = await onBench({ aheadMs: 61_500 });
    expect(recorder.state).toBe('online');
    expect(recorder.identity).toBe('bench-nvr');
    expect(recorder.status()).toMatchObject({
      cameras: { 'entrance-1': 'ok' },
      clockOffsetMs: 61_500,
      clockUncertaintyMs: 0,
    });
    expect(await mark('start')).toMatchObject({ done: true, value: { clockOffsetMs: 61_500 } });
    expect(await mark('end')).toMatchObject({ done: true });
    expect(twin.marks).toMatchObject([
      { kiosk: 'K-0001', interval: 'ivl_8f3k2m9q', kind: 'start', camera: 'entrance-1', late: false },
      { kind: 'end', late: false },
    ]);
    const [start] = twin.marks;
    expect((start?.recorderWallMs ?? 0) - (start?.kioskWallMs ?? 0)).toBe(61_500);
  });

  test.each(['ivl_11010519491231002X', 'ivl_13800138000', '測試甲', 'ivl_6222021234567890123', 'ivl', ''])(
    '[part of Y3-20a] a mark can not carry a number of a person: %s',
    async (interval) => {
      const { recorder, twin } = await onBench();
      await expect(recorder.mark(interval, 'start', SOON)).rejects.toBeInstanceOf(TypeError);
      expect(twin.marks).toEqual([]);
    },
  );

  test('a camera that does not record is named, and the mark is not called good', async () => {
    const { twin, recorder, heard, mark } = await onBench();
    heard.length = 0;
    twin.stopRecording();
    expect(await mark('start')).toMatchObject({ done: false, fault: 'cameraInoperable' });
    expect(heard).toEqual([{ event: 'statusChanged', changed: { cameras: { 'entrance-1': 'inop' } } }]);
    expect(recorder.status().owedMarks).toBe(0);
    twin.startRecording();
    expect(await mark('start')).toMatchObject({ done: true });
  });

  test('a camera that the recorder has not got, and a full disk, are each named', async () => {
    const other = await onBench({ camera: 'nowhere' });
    expect(await other.mark('start')).toMatchObject({ fault: 'cameraNotSupported' });
    const full = await onBench();
    full.twin.fillDisk();
    expect(await full.mark('start')).toMatchObject({ fault: 'mediaFull' });
  });
});

describe('a recorder that stops', () => {
  test.each<[string, (twin: VirtualRecorder) => void]>([
    ['is pulled', (twin) => twin.unplug()],
    ['hangs', (twin) => twin.hang()],
    ['stops recording', (twin) => twin.stopRecording()],
  ])('[part of Y3-20a] that it %s is known within five seconds', async (_how, hand) => {
    const { clock, twin, recorder } = await onBench();
    hand(twin);
    await pass(clock, 4_999);
    expect(recorder.state !== 'online' || recorder.status().cameras['entrance-1'] === 'inop').toBe(true);
  });

  test('marks of that time are owed, and told as late ones with their own time when it is back', async () => {
    const { clock, twin, recorder, heard, mark } = await onBench();
    twin.unplug();
    const dueMs = clock.wallMs();
    expect(await mark('start')).toMatchObject({ done: false, fault: 'deviceNotReady' });
    expect(recorder.status().owedMarks).toBe(1);
    twin.plugIn();
    await pass(clock, 5_000);
    expect(twin.marks).toMatchObject([{ interval: 'ivl_8f3k2m9q', kind: 'start', late: true, kioskWallMs: dueMs }]);
    expect(recorder.status().owedMarks).toBe(0);
    expect(heard).toContainEqual({ event: 'lateMarkAcknowledged', interval: 'ivl_8f3k2m9q', kind: 'start' });
  });

  test('[part of Y3-20a] a mark whose acknowledgement was lost is in the footage once', async () => {
    const { clock, twin, recorder, lines, mark } = await onBench();
    // The line of the mark passes, its answer does not.
    lines[0]?.disturbAfter(
      recorderLine('MARK', {
        seq: 1,
        kind: 'start',
        ivl: 'ivl_8f3k2m9q',
        cam: 'entrance-1',
        at: 1_764_379_373_123,
        late: 0,
      }).length,
      'hung',
    );
    expect(await mark('start')).toMatchObject({ fault: 'timeOut' });
    await pass(clock, 10_000);
    expect(recorder.state).toBe('online');
    expect(recorder.status().owedMarks).toBe(0);
    expect(twin.marks).toHaveLength(1);
  });

  test('a recorder that is away for long: the oldest marks are given up, counted, and it is told how many', async () => {
    const { clock, twin, recorder } = await onBench();
    twin.unplug();
    for (let at = 0; at < MOST_OWED + 7; at += 1) await recorder.mark(`ivl_aaaaaa${at}`, 'start', SOON);
    expect(recorder.status()).toMatchObject({ owedMarks: MOST_OWED, lostMarks: 7 });
    twin.plugIn();
    await pass(clock, 20_000);
    expect(twin.lostMarks).toBe(7);
    expect(twin.marks).toHaveLength(MOST_OWED);
    expect(twin.marks[0]?.interval).toBe('ivl_aaaaaa7');
    expect(recorder.status()).toMatchObject({ owedMarks: 0, lostMarks: 7 });
  });

  test('closing leaves nothing running', async () => {
    const { clock, recorder } = await onBench();
    await recorder.close();
    expect(recorder.state).toBe('offline');
    expect(clock.waiting).toBe(0);
  });
});

describe.each(DISTURBANCES)('%s', (how: Disturbance) => {
  test('a mark, disturbed after every byte, ends with a word and is in the footage once', async () => {
    const measured = await onBench();
    const before = measured.lines[0]?.passed() ?? 0;
    await measured.recorder.mark('ivl_8f3k2m9q', 'start', SOON);
    const length = (measured.lines[0]?.passed() ?? 0) - before;
    expect(length).toBeGreaterThan(60);
    const wrong: string[] = [];
    for (let at = 0; at < length; at += 1) {
      const { clock, twin, recorder, lines } = await onBench();
      lines[0]?.disturbAfter(at, how);
      let ended: string | undefined;
      void recorder.mark('ivl_8f3k2m9q', 'start', SOON).then((done) => {
        ended = done.done ? 'done' : done.fault;
      });
      await passUntil(clock, lines, () => ended !== undefined, 1_250);
      if (!['done', 'deviceNotReady', 'timeOut'].includes(ended ?? '')) wrong.push(`after byte ${at}: ${ended}`);
      twin.plugIn();
      const taken = (): boolean => recorder.state === 'online' && recorder.status().owedMarks === 0;
      await passUntil(clock, lines, () => taken() && twin.marks.length === 1, 12_000);
      await passUntil(clock, lines, () => false, 500);
      if (recorder.state !== 'online') wrong.push(`after byte ${at}: ${recorder.state}`);
      if (twin.marks.length !== 1) wrong.push(`after byte ${at}: ${twin.marks.length} marks in the footage`);
      if (recorder.status().owedMarks !== 0) wrong.push(`after byte ${at}: still owed`);
      await recorder.close();
    }
    expect(wrong).toEqual([]);
  });
});

describe('lines', () => {
  test('the checksum is CRC-16/CCITT-FALSE: 29B1 for 123456789 (catalogue of parametrised CRC algorithms)', () => {
    expect(crcOf('123456789')).toBe('29B1');
    expect(parseRecorderLine(`TIME id=1 at=2 *${crcOf('TIME id=1 at=2')}`)).toEqual({
      says: 'TIME',
      id: 1,
      recorderWallMs: 2,
    });
  });

  test('any bytes are a line or nothing, and the recorder’s next word is heard', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        parseRecorderLine(Buffer.from(bytes).toString('latin1'));
        const good = new TextDecoder().decode(recorderAnswer('STATE', { cam: 'entrance-1', rec: 1 })).trimEnd();
        expect(parseRecorderLine(good)).toEqual({ says: 'STATE', camera: 'entrance-1', recording: true });
      }),
    );
  });

  test('one letter changed in a line is no line', () => {
    const good = new TextDecoder().decode(recorderAnswer('ACK', { seq: 12, rec: 1, at: 1_764_379_373_123 })).trimEnd();
    expect(parseRecorderLine(good)).toMatchObject({ says: 'ACK', seq: 12, recording: true });
    for (let at = 0; at < good.length; at += 1) {
      expect(parseRecorderLine(`${good.slice(0, at)}#${good.slice(at + 1)}`)).toBeUndefined();
    }
  });

  test('noise without end is no recorder', async () => {
    const { clock, twin, recorder } = await onBench();
    for (let sent = 0; sent < 300; sent += 1) twin.garbage(new TextEncoder().encode('what is this\n'));
    await settle(clock);
    expect(recorder.lastFault?.detail).toContain('noise');
    await pass(clock, 1_000);
    expect(recorder.state).toBe('online');
  });

  test('a port without a recorder is tried again and says why', async () => {
    const clock = new ManualClock();
    const bus = busTo(() => Promise.reject(new LinkLostError('nobody there')));
    const recorder = new LineRecorder({
      id: 'recorder',
      address: 'tcp://none:1',
      bus,
      clock,
      kioskId: 'K-1',
      camera: 'c',
      bootId: 'b00t',
    });
    await pass(clock, 3_000);
    expect(recorder.lastFault?.detail).toBe('nobody there');
    expect(recorder.status().cameras).toEqual({ c: 'unknown' });
    await recorder.close();
  });
});
