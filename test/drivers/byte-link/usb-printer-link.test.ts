import { describe, expect, test } from 'vitest';
import { type PrinterPipes, type Sent, usbPrinterLink } from '../../../drivers/byte-link/usb-printer-link.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const never = new AbortController().signal;
const GONE = new Error('Disconnected');

/** Pipes whose answers are said in advance; when nothing is left, the printer takes everything and says nothing. */
class ScriptedPipes implements PrinterPipes {
  readonly packetSize = 4;
  readonly hasInput: boolean;
  readonly sends: (Sent | Error)[] = [];
  readonly receives: (Uint8Array | 'notTaken' | 'stall' | Error)[] = [];
  readonly taken: number[][] = [];
  readonly cleared: string[] = [];
  plugged = true;
  asked = 0;
  closed = 0;
  #wakeReceive: (() => void) | undefined;

  constructor(hasInput = true) {
    this.hasInput = hasInput;
  }

  async send(packet: Uint8Array): Promise<Sent> {
    const next = this.sends.shift() ?? 'taken';
    if (next instanceof Error) throw next;
    if (next === 'taken') this.taken.push([...packet]);
    return next;
  }

  async receive(): Promise<Uint8Array | 'notTaken' | 'stall'> {
    while (this.receives.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wakeReceive = resolve;
      });
    }
    const next = this.receives.shift() ?? 'notTaken';
    if (next instanceof Error) throw next;
    return next;
  }

  say(...answers: (Uint8Array | 'notTaken' | 'stall' | Error)[]): void {
    this.receives.push(...answers);
    this.#wakeReceive?.();
  }

  async askPort(): Promise<void> {
    this.asked += 1;
    if (!this.plugged) throw GONE;
  }

  async clearHalt(direction: 'in' | 'out'): Promise<void> {
    this.cleared.push(direction);
  }

  async close(): Promise<void> {
    this.closed += 1;
  }
}

function onPipes(hasInput = true) {
  const clock = new ManualClock();
  const pipes = new ScriptedPipes(hasInput);
  const link = usbPrinterLink(pipes, clock);
  const heard: number[] = [];
  const lost: string[] = [];
  link.onData((bytes) => heard.push(...bytes));
  link.onLost((error) => lost.push(error.message));
  return { clock, pipes, link, heard, lost };
}

describe('bytes to a USB printer', () => {
  test('go out packet by packet, and one that was not taken is offered again', async () => {
    const { pipes, link } = onPipes();
    pipes.sends.push('taken', 'notTaken', 'notTaken', 'taken');
    await link.write(Uint8Array.of(1, 2, 3, 4, 5, 6), never);
    expect(pipes.taken).toEqual([
      [1, 2, 3, 4],
      [5, 6],
    ]);
  });

  test('a halted pipe is opened again and the packet that it refused is not lost', async () => {
    const { pipes, link, lost } = onPipes();
    pipes.sends.push('taken', 'stall', 'taken');
    await link.write(Uint8Array.of(1, 2, 3, 4, 5, 6), never);
    expect([pipes.taken.flat(), pipes.cleared, lost]).toEqual([[1, 2, 3, 4, 5, 6], ['out'], []]);
  });

  test('a pipe that stays halted is a lost printer, not a write without end', async () => {
    const { pipes, link, lost } = onPipes();
    pipes.sends.push(...Array.from({ length: 9 }, () => 'stall' as const));
    await expect(link.write(Uint8Array.of(1), never)).rejects.toBeInstanceOf(LinkLostError);
    expect([pipes.cleared.length, lost.length]).toEqual([3, 1]);
  });

  test('a write to a printer without paper ends with its signal, and nothing of it goes out later', async () => {
    const { clock, pipes, link } = onPipes();
    const controller = new AbortController();
    let stalled = true;
    pipes.send = async (packet) => {
      await clock.drain();
      if (stalled) return 'notTaken';
      pipes.taken.push([...packet]);
      return 'taken';
    };
    const write = link.write(Uint8Array.of(1, 2), controller.signal);
    controller.abort(new Error('given up'));
    await expect(write).rejects.toThrow('given up');
    stalled = false;
    await link.write(Uint8Array.of(9), never);
    expect(pipes.taken).toEqual([[9]]);
  });

  test('writes wait for each other', async () => {
    const { pipes, link } = onPipes();
    await Promise.all([link.write(Uint8Array.of(1, 1, 1, 1, 1), never), link.write(Uint8Array.of(2), never)]);
    expect(pipes.taken).toEqual([[1, 1, 1, 1], [1], [2]]);
  });

  test('a pulled cable ends a write that waits, and is told once', async () => {
    const { pipes, link, lost } = onPipes();
    pipes.sends.push('notTaken', GONE);
    await expect(link.write(Uint8Array.of(1), never)).rejects.toBeInstanceOf(LinkLostError);
    pipes.say(GONE);
    await Promise.resolve();
    expect(lost).toHaveLength(1);
  });
});

describe('bytes from a USB printer', () => {
  test('come in while it says nothing for long, and a halted pipe is opened again', async () => {
    const { clock, pipes, heard, lost } = onPipes();
    pipes.say('notTaken', Uint8Array.of(0x12), 'stall', Uint8Array.of(0x16));
    await clock.drain();
    expect([heard, pipes.cleared, lost]).toEqual([[0x12, 0x16], ['in'], []]);
  });

  test('a cable pulled from an idle printer is noticed by the read that always waits', async () => {
    const { clock, pipes, lost } = onPipes();
    pipes.say(GONE);
    await clock.drain();
    expect(lost).toEqual(['the USB printer went away (Disconnected)']);
  });

  test('a printer that answers nothing at once, again and again, does not keep the processor', async () => {
    const { clock, pipes, heard } = onPipes();
    pipes.receive = async () => {
      pipes.asked += 1;
      return new Uint8Array(0);
    };
    pipes.say('notTaken');
    await clock.pass(1_000);
    expect(pipes.asked).toBeLessThanOrEqual(51);
    expect(heard).toEqual([]);
  });
});

describe('a printer without a way in', () => {
  test('is asked whether it is there, so that its cable is missed before the next job', async () => {
    const { clock, pipes, lost } = onPipes(false);
    await clock.pass(5_000);
    expect(lost).toEqual([]);
    pipes.plugged = false;
    await clock.pass(1_000);
    expect(lost).toHaveLength(1);
  });

  test('leaves nothing running when it is closed', async () => {
    const { clock, pipes, link } = onPipes(false);
    await clock.pass(500);
    await link.close();
    await clock.pass(5_000);
    expect([clock.waiting, pipes.closed]).toEqual([0, 1]);
  });
});
