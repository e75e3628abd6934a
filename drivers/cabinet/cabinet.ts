/**
 * The contract of the cabinet (机柜): what it senses, its guidance lights (引导灯) and its relays.
 *
 * Words are XFS4IoT's (Auxiliaries and Lights interfaces). One promise: what
 * can not be seen now is `unknown`, never the last thing that was seen.
 */
import type { CommandOptions, Completion, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';

/** `notAvailable`: this kiosk has no such sensor. `unknown`: it has one, and nobody can ask it now. */
export type Sensed<Word extends string> = Word | 'unknown' | 'notAvailable';

/** XFS4IoT Auxiliaries `doors`; a switch can tell only these two of its words. */
export type DoorState = Sensed<'open' | 'closed'>;

/** XFS4IoT Auxiliaries `UPS` (不间断电源): its four words, each true or false. */
export interface UpsState {
  /** The battery is nearly empty. */
  readonly low: boolean;
  /** Mains is gone, the UPS has taken over. */
  readonly engaged: boolean;
  /** The UPS feeds the kiosk. */
  readonly powering: boolean;
  /** It was engaged since this driver started, and mains is back. */
  readonly recovered: boolean;
}

export interface CabinetStatus {
  /** By the pin plan's door names, e.g. `service`, `paper`. */
  readonly doors: Readonly<Record<string, DoorState>>;
  /** 防拆 */
  readonly tamperSensor: Sensed<'on' | 'off'>;
  /** Moved, tilted or struck (倾斜). */
  readonly seismicSensor: Sensed<'on' | 'off'>;
  /** Somebody stands in front of the kiosk. */
  readonly proximitySensor: Sensed<'present' | 'notPresent'>;
  /** The help button (求助按钮). */
  readonly operatorCallButtonSensor: Sensed<'on' | 'off'>;
  /** The headphone socket (耳机): XFS4IoT `enhancedAudioSensor`. */
  readonly enhancedAudioSensor: Sensed<'present' | 'notPresent'>;
  /** The key switch of the staff. `supervisor` wins over `maintenance`. */
  readonly operatorSwitch: Sensed<'run' | 'maintenance' | 'supervisor'>;
  readonly ups: UpsState | 'unknown' | 'notAvailable';
}

/** Only what is different from before (XFS4IoT `StatusChangedEvent`). */
export interface CabinetEvent {
  readonly event: 'statusChanged';
  readonly changed: Partial<CabinetStatus>;
}

/** The keys beside the headphone socket, in their order: 上一项, 下一项, 确定, 返回, 再听一遍 (product.md 4.8). */
export const HEADSET_KEYS = ['previous', 'next', 'ok', 'back', 'repeat'] as const;
export type HeadsetKey = (typeof HEADSET_KEYS)[number];

/** XFS4IoT `flashRate`. Half a flash, one, two a second: nothing here flashes three times a second or faster. */
export type FlashRate = 'off' | 'slow' | 'medium' | 'quick' | 'continuous';

/** XFS4IoT `color`, mixed of what the plan's red, green and blue lamps give. */
export type LightColor = 'red' | 'green' | 'yellow' | 'blue' | 'cyan' | 'magenta' | 'white';

export interface LightSetting {
  readonly flashRate: FlashRate;
  /** Default: the light's first lamp. */
  readonly color?: LightColor;
}

/** `invalidLight`: no such light, or not in that colour. `lightError`: the board does not hold the output. */
export type LightFault = 'invalidLight' | 'lightError';

export interface Cabinet extends Device {
  readonly deviceClass: 'cabinet';
  status(): CabinetStatus;
  onCabinetEvent(listener: (event: CabinetEvent) => void): Unsubscribe;
  /** One call a press, when it has held for the plan's time; a key that is down while the board comes back is none. */
  onKeyPressed(listener: (key: HeadsetKey) => void): Unsubscribe;
  /**
   * Sets one guidance light (XFS4IoT `Lights.SetLight`). Done when the board says that it holds the
   * output. A failed command changes nothing in the end: after a loss the light is as it was before.
   */
  setLight(light: string, setting: LightSetting, options: CommandOptions): Promise<Completion<void, LightFault>>;
  /** Closes or opens the contact of one relay. `unsupportedCommand`: the plan has no such relay. */
  switchRelay(relay: string, closed: boolean, options: CommandOptions): Promise<Completion<void, 'lightError'>>;
}
