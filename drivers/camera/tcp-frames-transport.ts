/**
 * A camera over TCP: laptops without one, cameras on another board, the simulator.
 *
 * The server sends, and only sends, one frame after the other: either a bare
 * JPEG (Motion JPEG, with whatever stands between the pictures), or four bytes
 * of length, big-endian, and that many bytes of one JPEG. The first byte of the
 * connection says which: a length begins with 00, as none is that long, and
 * nothing else does. One promise: a length that can't be, or that no picture
 * follows, ends the link.
 */
import { openTcpByteLink } from '../byte-link/tcp-transport.ts';
import type { ByteLink, FrameSource, LinkLostError } from '../ports.ts';
import { FrameFlow } from './frame-flow.ts';
import { JpegSplitter } from './jpeg-splitter.ts';
import { LengthFrames } from './length-frames.ts';

/** Resolves with the first frame; rejects with `LinkLostError` or `signal.reason`. */
export async function openTcpFrames(host: string, port: number, signal: AbortSignal): Promise<FrameSource> {
  return framesOver(await openTcpByteLink(host, port, signal), signal);
}

/** The same over any byte link. */
export async function framesOver(link: ByteLink, signal: AbortSignal): Promise<FrameSource> {
  const flow = new FrameFlow(() => link.close());
  const first = Promise.withResolvers<void>();
  const lose = (error: LinkLostError): void => {
    flow.lose(error);
    first.reject(error);
    link.close().catch(() => undefined);
  };
  const deliver = (jpeg: Uint8Array): void => {
    flow.deliver(jpeg);
    first.resolve();
  };
  let pieces: JpegSplitter | LengthFrames | undefined;
  link.onData((bytes) => {
    if (flow.ended.aborted || bytes.length === 0) return;
    pieces ??= bytes[0] === 0 ? new LengthFrames(deliver, lose) : new JpegSplitter(deliver);
    pieces.push(bytes);
  });
  link.onLost(lose);
  flow.ended.addEventListener('abort', () => pieces?.clear(), { once: true });
  const onAbort = (): void => first.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    await first.promise;
  } catch (error) {
    // What had come of a first frame is wiped with it.
    await flow.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  return flow;
}
