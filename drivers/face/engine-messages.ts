/**
 * What the kiosk and the face engine's child say to each other, over a device host's kind of pipe.
 *
 * Each request has an id and gets one reply. One promise: pictures go one way
 * only; what comes back are figures, a word or a number that stands for a
 * template, never more than `LONGEST_REPLY` bytes of it.
 */
import type { WireBounds } from '../device-host/host-wire.ts';
import type { ExamineWants, FaceReading, PictureBytes, TemplateHandle } from './face-engine.ts';

/** The longest picture that is sent to the engine: the longest frame of a camera. Bytes. */
export const LONGEST_PICTURE = 4_194_304;
/** A reply is a dozen figures. Bytes. */
const LONGEST_REPLY = 4_096;
/** Templates that may be held at once; one session needs a handful. */
export const MOST_TEMPLATES = 64;

/** One picture is under way at a time, so little more than one can ever wait in the pipe. */
export const KIOSK_BOUNDS: WireBounds = {
  longestIn: LONGEST_REPLY,
  longestOut: LONGEST_PICTURE + 4_096,
  mostWaiting: LONGEST_PICTURE + 65_536,
};
export const ENGINE_BOUNDS: WireBounds = {
  longestIn: KIOSK_BOUNDS.longestOut,
  longestOut: LONGEST_REPLY,
  mostWaiting: 65_536,
};

export type EngineRequest =
  | { readonly ask: 'examine'; readonly id: number; readonly picture: PictureBytes; readonly wants: ExamineWants }
  | { readonly ask: 'compare'; readonly id: number; readonly one: TemplateHandle; readonly other: TemplateHandle }
  | { readonly ask: 'forget'; readonly id: number; readonly handles: readonly TemplateHandle[] | 'all' }
  | { readonly ask: 'alive'; readonly id: number };

export type EngineReply =
  | {
      readonly tell: 'examined';
      readonly id: number;
      readonly reading: FaceReading;
      readonly template: TemplateHandle | undefined;
    }
  | { readonly tell: 'compared'; readonly id: number; readonly cosine: number }
  | { readonly tell: 'done'; readonly id: number }
  | {
      readonly tell: 'alive';
      readonly id: number;
      /** Resident memory of the whole process, models and decoder included. */
      readonly rssBytes: number;
      /** The `examine` under way and the processor time of all threads since it began, ms. */
      readonly look: { readonly id: number; readonly processorMs: number } | undefined;
    }
  | { readonly tell: 'failed'; readonly id: number; readonly why: 'unreadable' | 'noSuchTemplate' | 'broken' };

export type EngineMessage =
  | EngineReply
  /** Told once, when every model is loaded. */
  | { readonly tell: 'ready'; readonly manifest: string }
  /** Told once instead: a package or a model file is missing, or is not the pinned one. */
  | { readonly tell: 'unfit'; readonly why: string };
