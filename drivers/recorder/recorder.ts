/**
 * The contract of the recorder port: marks in the hospital's own video recording (监控录像).
 *
 * One promise: a mark says when, which camera and which interval, and nothing about
 * a person; it counts only when the recorder has acknowledged it as recording.
 * Camera words are XFS4IoT's; that the port exists is rule Y3-20a (全程实时监控).
 */
import type { CommandOptions, Completion, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';

/** XFS4IoT Camera status words, by camera id. `inop`: it is there and does not record. */
export type CameraState = 'ok' | 'inop' | 'unknown';

export type MarkKind = 'start' | 'end';

export interface RecorderStatus {
  readonly cameras: Readonly<Record<string, CameraState>>;
  /** The recorder's clock minus the kiosk's, ms; `undefined` until measured. */
  readonly clockOffsetMs: number | undefined;
  /** How far the offset may be wrong, ms: half the round trip of the best measurement. */
  readonly clockUncertaintyMs: number | undefined;
  /** Marks that wait for the recorder to come back. */
  readonly owedMarks: number;
  /** Marks that were given up since the start, because too many waited. */
  readonly lostMarks: number;
}

/** What the recorder said to one mark. */
export interface MarkAcknowledgement {
  /** The recorder's own clock, Unix ms. */
  readonly recorderWallMs: number;
  readonly clockOffsetMs: number | undefined;
}

/**
 * `cameraNotSupported`: the recorder has no such camera. `cameraInoperable`: it has, and it does not record now.
 * `mediaFull`: nothing more is kept.
 */
export type MarkFault = 'cameraNotSupported' | 'cameraInoperable' | 'mediaFull';

export type RecorderEvent =
  | { readonly event: 'statusChanged'; readonly changed: Partial<RecorderStatus> }
  /** A mark that could not be told in time was taken by the recorder afterwards, with its own time. */
  | { readonly event: 'lateMarkAcknowledged'; readonly interval: string; readonly kind: MarkKind };

export interface Recorder extends Device {
  readonly deviceClass: 'recorder';
  status(): RecorderStatus;
  onRecorderEvent(listener: (event: RecorderEvent) => void): Unsubscribe;
  /**
   * Marks the start or end of an interval. Done when the recorder acknowledged it and records.
   * `deviceNotReady` and `timeOut`: the mark is owed; it is told later as a late one, with its own time.
   *
   * @param interval an opaque id such as `ivl_8f3k2m9q`
   * @throws TypeError when the id could be a person's number
   */
  mark(interval: string, kind: MarkKind, options: CommandOptions): Promise<Completion<MarkAcknowledgement, MarkFault>>;
}
