/**
 * The contract of the kiosk's camera (XFS4IoT Camera, the `person` position).
 *
 * It gives the next frame, once, in a buffer that its caller wipes. It keeps
 * none and writes none: what nobody asked for is zero before the next one comes.
 */
import type { CommandOptions, Completion, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';
import type { WipeableBytes } from '../wipeable.ts';

/** `covered` = a hand, a cap, tape, or darkness: nothing can be told apart in the picture. */
export type LensWord = 'clear' | 'covered' | 'unknown';

/** XFS4IoT's words: `cameraInoperable` = it is there and its frames are no pictures. */
export type CameraFault = 'cameraInoperable';

export type CameraEvent =
  /** The lens has been covered for as long as the profile says, or is free again. */
  | { readonly event: 'lensChanged'; readonly lens: LensWord }
  /** Open, but no frame for too long; it is being opened anew. */
  | { readonly event: 'frozen'; readonly stalls: number };

export interface Camera extends Device {
  readonly deviceClass: 'camera';
  /** What the last frames showed; `unknown` while there are none. */
  readonly lens: LensWord;
  /**
   * The next whole frame that comes after this call, as JPEG: never an older one,
   * so the newest wins however busy the caller was. Cameras see people: who calls
   * this for a face has its consent first (`drivers/face/`).
   */
  takePicture(options: CommandOptions): Promise<Completion<WipeableBytes, CameraFault>>;
  onCameraEvent(listener: (event: CameraEvent) => void): Unsubscribe;
}
