/** The words of the kernel's usblp (drivers/usb/class/usblp.c), said by a script: this machine has no USB bus. */
import { describe, expect, test } from 'vitest';
import { type DeviceFile, usblpLink } from '../../../drivers/byte-link/usblp-link.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const never = new AbortController().signal;
const systemError = (code: string): Error => Object.assign(new Error(code), { code });

class ScriptedFile implements DeviceFile {
  /** How many bytes each write takes, or its error; when empty, EAGAIN while `stalled`, else everything. */
  readonly writes: (number | string)[] = [];
  readonly answers: (Uint8Array | string)[] = [];
  readonly taken: number[] = [];
  stalled: string | undefined;
  idle = 'EAGAIN';
  reads = 0;
  closed = 0;

  async write(bytes: Uint8Array): Promise<number> {
    const next = this.writes.shift() ?? this.stalled ?? bytes.length;
    if (typeof next === 'string') throw systemError(next);
    this.taken.push(...bytes.subarray(0, next));
    return Math.min(next, bytes.length);
  }

  async read(): Promise<Uint8Array> {
    this.reads += 1;
    const next = this.answers.shift() ?? this.idle;
    if (typeof next === 'string') throw systemError(next);
    return next;
  }

  async close(): Promise<void> {
    this.closed += 1;
  }
}

function onFile() {
  const clock = new ManualClock();
  const file = new ScriptedFile();
  const link = usblpLink(file, clock);
  const heard: number[] = [];
  const lost: string[] = [];
  link.onData((bytes) => heard.push(...bytes));
  link.onLost((error) => lost.push(error.message));
  return { clock, file, link, heard, lost };
}

describe('the kernel’s printer device', () => {
  test.each(['EAGAIN', 'ENOSPC', 'EINTR'])(
    '%s is a stalled printer: the rest goes out when it takes bytes again',
    async (word) => {
      const { clock, file, link, lost } = onFile();
      file.writes.push(2);
      file.stalled = word;
      let done = false;
      const write = link.write(Uint8Array.of(1, 2, 3), never).then(() => {
        done = true;
      });
      await clock.pass(60_000);
      expect([file.taken, done, lost]).toEqual([[1, 2], false, []]);
      file.stalled = undefined;
      await clock.pass(20);
      await write;
      expect(file.taken).toEqual([1, 2, 3]);
      await link.close();
    },
  );

  test('a write that is given up leaves nothing behind that goes out later', async () => {
    const { clock, file, link } = onFile();
    file.stalled = 'EAGAIN';
    const controller = new AbortController();
    const write = link.write(Uint8Array.of(1), controller.signal);
    await clock.pass(100);
    controller.abort(new Error('given up'));
    await expect(write).rejects.toThrow('given up');
    file.stalled = undefined;
    await link.write(Uint8Array.of(9), never);
    expect(file.taken).toEqual([9]);
    await link.close();
  });

  test.each(['ENODEV', 'EIO', 'ENXIO'])('%s on a write is a pulled cable, told once', async (word) => {
    const { clock, file, link, lost } = onFile();
    file.writes.push(word);
    await expect(link.write(Uint8Array.of(1), never)).rejects.toBeInstanceOf(LinkLostError);
    file.answers.push(word);
    await clock.pass(1_000);
    expect([lost, file.closed]).toEqual([[`the printer device went away (${word})`], 1]);
    expect(clock.waiting).toBe(0);
  });

  test('a cable pulled from an idle printer is noticed within a quarter of a second', async () => {
    const { clock, file, lost } = onFile();
    await clock.pass(1_000);
    file.idle = 'ENODEV';
    await clock.pass(250);
    expect(lost).toEqual(['the printer device went away (ENODEV)']);
  });

  test('an answer during a job is read at once, an idle printer is looked at four times a second', async () => {
    const { clock, file, link, heard } = onFile();
    await clock.pass(10_000);
    expect(file.reads).toBeLessThanOrEqual(41);
    await link.write(Uint8Array.of(0x10, 0x04, 0x01), never);
    file.answers.push(Uint8Array.of(0x12));
    await clock.pass(10);
    expect(heard).toEqual([0x12]);
    await link.close();
  });

  test('packets of length zero are nothing said, and do not keep the processor', async () => {
    const { clock, file, link, heard, lost } = onFile();
    file.answers.push(...Array.from({ length: 500 }, () => new Uint8Array(0)));
    await clock.pass(1_000);
    expect(file.reads).toBeLessThanOrEqual(101);
    expect([heard, lost]).toEqual([[], []]);
    await link.close();
  });

  test('a printer without a way in is written to all the same', async () => {
    const { clock, file, link, lost } = onFile();
    file.idle = 'EINVAL';
    await clock.pass(1_000);
    await link.write(Uint8Array.of(7), never);
    expect([file.taken, lost, clock.waiting]).toEqual([[7], [], 0]);
    await link.close();
  });

  test('closing ends what waits and leaves no timer', async () => {
    const { clock, file, link } = onFile();
    file.stalled = 'EAGAIN';
    const write = link.write(Uint8Array.of(1), never);
    await clock.pass(30);
    await link.close();
    await expect(write).rejects.toBeInstanceOf(LinkLostError);
    await clock.pass(1_000);
    expect([clock.waiting, file.closed]).toEqual([0, 1]);
  });
});
