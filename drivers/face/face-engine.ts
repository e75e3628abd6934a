/**
 * The engine that looks at faces, as a port: what it sees, never what it means.
 *
 * One promise: pictures go in, figures come out; a template stays inside the
 * engine and is known outside by a number that dies with it.
 */

/** A template that the engine holds. It is forgotten when asked, and when the engine ends. */
export type TemplateHandle = number;

/** What was measured of the largest face. No value here can be turned back into a face. */
export interface FaceFigures {
  /** How sure the detector is, 0 to 1. */
  readonly score: number;
  readonly heightPx: number;
  readonly eyeDistancePx: number;
  readonly yawDegrees: number;
  readonly rollDegrees: number;
  /** Area of the second largest face, as a share of the largest; 0 when there is one face. */
  readonly secondFaceShare: number;
  /** 0 to 255, inside the face's box. */
  readonly meanLuma: number;
  readonly clippedShare: number;
  readonly sharpness: number;
  /** What the passive filter says, 0 to 1; `undefined` when not asked. It is no certified PAD. */
  readonly live: number | undefined;
}

export interface FaceReading {
  readonly faces: number;
  readonly largest: FaceFigures | undefined;
}

export interface Examined {
  readonly reading: FaceReading;
  /** `undefined` when there was no face, or none was wanted. */
  readonly template: TemplateHandle | undefined;
}

/**
 * A picture as it is handed in. The engine does not keep it.
 * `rgb24` is a decoded chip photo: `width` × `height` × 3 bytes.
 */
export type PictureBytes =
  | { readonly encoding: 'jpeg'; readonly bytes: Uint8Array }
  | { readonly encoding: 'rgb24'; readonly width: number; readonly height: number; readonly bytes: Uint8Array };

export interface ExamineWants {
  readonly template: boolean;
  readonly liveness: boolean;
}

/** Every call rejects with `LinkLostError` when the engine is gone, or with `signal.reason`. */
export interface FaceEngine {
  /** Rejects with `UnreadablePictureError` when the bytes are no picture. */
  examine(picture: PictureBytes, wants: ExamineWants, signal: AbortSignal): Promise<Examined>;
  /** Cosine of two templates, -1 to 1. */
  compare(one: TemplateHandle, other: TemplateHandle, signal: AbortSignal): Promise<number>;
  /** Wipes templates; unknown handles are none. Never rejects. */
  forget(handles: readonly TemplateHandle[] | 'all'): Promise<void>;
}

/** The bytes are no picture of a kind and size that the engine reads. */
export class UnreadablePictureError extends Error {
  override readonly name = 'UnreadablePictureError';
}
