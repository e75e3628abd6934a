import { expect, test } from 'vitest';
import { FrameFlow } from '../../../drivers/camera/frame-flow.ts';
import { framesOver } from '../../../drivers/camera/tcp-frames-transport.ts';
import { type ByteLink, LinkLostError } from '../../../drivers/ports.ts';

const frame = (): Uint8Array => new Uint8Array(64).fill(7);
const zero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

test('a frame that nobody can have any more is zero: older, unheard at the end, or late', async () => {
  const flow = new FrameFlow(() => Promise.resolve());
  const [older, newest, late] = [frame(), frame(), frame()];
  flow.deliver(older);
  flow.deliver(newest);
  expect([zero(older), zero(newest)]).toEqual([true, false]);
  flow.lose(new LinkLostError('pulled'));
  expect(zero(newest)).toBe(true);
  flow.deliver(late);
  expect(zero(late)).toBe(true);
});

test('who gives up before the first frame closes the line, and what came of it is forgotten', async () => {
  let closed = 0;
  const link: ByteLink = {
    write: () => Promise.resolve(),
    onData: () => () => undefined,
    onLost: () => () => undefined,
    close: () => {
      closed += 1;
      return Promise.resolve();
    },
  };
  const gaveUp = new AbortController();
  const opening = framesOver(link, gaveUp.signal);
  gaveUp.abort(new Error('given up'));
  await expect(opening).rejects.toThrow('given up');
  expect(closed).toBe(1);
});
