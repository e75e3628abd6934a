/**
 * A kiosk's cabinet on the bench: doors, sensors, lamps and relays around one board.
 *
 * One promise: everything a driver can learn comes of what hands do here, through
 * contacts that close and open (and chatter, when they are old).
 */
import type { Clock, Unsubscribe } from '../../../drivers/ports.ts';
import { VirtualBoard, type VirtualBoardOptions } from './virtual-board.ts';
import { CONTACTS, type Contact, LAMPS, PRESENCE_PIN, RELAYS } from './wiring-table.ts';

export type ContactName = keyof typeof CONTACTS;
export type HeadsetKeyName = 'previous' | 'next' | 'ok' | 'back' | 'repeat';

export interface VirtualCabinetOptions extends VirtualBoardOptions {
  readonly clock: Clock;
  /** A contact that moves closes and opens again and again for so long, ms. Default: 0, a new one. */
  readonly chatterMs?: number;
  /** How long the UPS feeds the kiosk before it warns, ms. */
  readonly batteryMs?: number;
}

export class VirtualCabinet {
  readonly board: VirtualBoard;
  readonly #clock: Clock;
  readonly #chatterMs: number;
  readonly #batteryMs: number;
  readonly #cut = new Set<ContactName>();
  readonly #moved = new Set<ContactName>();
  #cancelBattery: Unsubscribe | undefined;

  constructor(options: VirtualCabinetOptions) {
    this.#clock = options.clock;
    this.#chatterMs = options.chatterMs ?? 0;
    this.#batteryMs = options.batteryMs ?? 300_000;
    this.board = new VirtualBoard(options);
    for (const name of Object.keys(CONTACTS) as ContactName[]) this.#lay(name);
    this.board.wire(PRESENCE_PIN, 'low');
  }

  openDoor(door: 'service' | 'paper'): void {
    this.#move(`${door}Door`, true);
  }
  closeDoor(door: 'service' | 'paper'): void {
    this.#move(`${door}Door`, false);
  }
  /** Lifts the housing off its switch. */
  forceCase(): void {
    this.#move('case', true);
  }
  closeCase(): void {
    this.#move('case', false);
  }
  tilt(): void {
    this.#move('tilt', true);
  }
  setUpright(): void {
    this.#move('tilt', false);
  }
  /** The help button; a short press, in ms, or until `release`. */
  press(forMs?: number): void {
    this.#move('helpButton', true);
    if (forMs !== undefined) this.#clock.timer(forMs, () => this.release());
  }
  release(): void {
    this.#move('helpButton', false);
  }
  stepUp(): void {
    this.board.wire(PRESENCE_PIN, 'high');
  }
  stepAway(): void {
    this.board.wire(PRESENCE_PIN, 'low');
  }
  plugHeadset(): void {
    this.#move('headset', true);
  }
  pullHeadset(): void {
    this.#move('headset', false);
  }
  /** One of the five keys beside the socket; a short press, in ms, or until `releaseKey`. */
  pressKey(key: HeadsetKeyName, forMs?: number): void {
    this.#move(`${key}Key`, true);
    if (forMs !== undefined) this.#clock.timer(forMs, () => this.releaseKey(key));
  }
  releaseKey(key: HeadsetKeyName): void {
    this.#move(`${key}Key`, false);
  }
  turnKey(to: 'run' | 'maintenance' | 'supervisor'): void {
    this.#move('maintenanceKey', to === 'maintenance');
    this.#move('supervisorKey', to === 'supervisor');
  }
  /** The UPS takes over, and warns when its battery goes down. */
  cutMains(): void {
    this.#move('upsOnBattery', true);
    this.#cancelBattery?.();
    this.#cancelBattery = this.#clock.timer(this.#batteryMs, () => this.#move('upsLow', true));
  }
  restoreMains(): void {
    this.#cancelBattery?.();
    this.#move('upsLow', false);
    this.#move('upsOnBattery', false);
  }
  /** Side-cutters through the wire of one contact. */
  cutWire(name: ContactName): void {
    this.#cut.add(name);
    this.#lay(name);
  }
  mendWire(name: ContactName): void {
    this.#cut.delete(name);
    this.#lay(name);
  }

  unplug(): void {
    this.board.unplug();
  }
  plugIn(): void {
    this.board.plugIn();
  }
  hang(): void {
    this.board.hang();
  }
  pressReset(): void {
    this.board.pressReset();
  }
  garbage(bytes: Uint8Array): void {
    this.board.garbage(bytes);
  }

  /** Whether somebody has moved this contact away from where it rests. */
  isMoved(name: ContactName): boolean {
    return this.#moved.has(name);
  }

  /** The colours that are lit now, by light: `''` is dark. */
  lights(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(LAMPS).map(([light, lamps]) => [
        light,
        Object.entries(lamps)
          .filter(([, pin]) => this.board.driven(pin) === true)
          .map(([color]) => color)
          .sort()
          .join('+'),
      ]),
    );
  }

  /** Which relays are pulled. */
  relays(): Readonly<Record<string, boolean>> {
    return Object.fromEntries(Object.entries(RELAYS).map(([relay, pin]) => [relay, this.board.driven(pin) === true]));
  }

  #move(name: ContactName, away: boolean): void {
    if (away === this.#moved.has(name)) return;
    if (away) this.#moved.add(name);
    else this.#moved.delete(name);
    this.#lay(name);
    for (let atMs = 1; atMs < this.#chatterMs; atMs += 1) {
      this.#clock.timer(atMs, () => this.#lay(name, atMs % 2 === 1));
    }
    if (this.#chatterMs > 0) this.#clock.timer(this.#chatterMs, () => this.#lay(name));
  }

  #lay(name: ContactName, bounced = false): void {
    const { pin, atRest }: Contact = CONTACTS[name];
    const closed = (atRest === 'closed') !== (this.#moved.has(name) !== bounced);
    this.board.wire(pin, closed && !this.#cut.has(name) ? 'low' : 'open');
  }
}
