/**
 * Which pin of the board is which part of the cabinet: data of the device map.
 *
 * One promise: a plan that passes `checkPinPlan` names every pin once, and says
 * of each input which level means what.
 */
import type { LightColor } from './cabinet.ts';

/** What an input tells when it is active. */
export type InputSense =
  | 'door'
  | 'tamper'
  | 'tilt'
  | 'presence'
  | 'callButton'
  | 'headset'
  /** The five keys for those who do not look at the screen (product.md 4.8). */
  | 'previousKey'
  | 'nextKey'
  | 'okKey'
  | 'backKey'
  | 'repeatKey'
  | 'maintenanceKey'
  | 'supervisorKey'
  | 'upsOnBattery'
  | 'upsLow';

export interface PlannedInput {
  readonly senses: InputSense;
  /** The door's name; only for `senses: 'door'`. */
  readonly door?: string;
  /** The board's own pin number (Firmata pin, GPIO line offset). */
  readonly pin: number;
  /**
   * The level that means open, tampered, present, pressed. `high` with `pullUp` for alarm contacts that are
   * closed to ground at rest: then a cut wire is an alarm, never silence.
   */
  readonly active: 'high' | 'low';
  /** The board's own pull-up resistor. */
  readonly pullUp: boolean;
  /** How long a level must hold before it is told, ms. */
  readonly debounceMs: number;
  /** Told at the first active reading; only its end waits for `debounceMs`. For tamper and tilt. */
  readonly atOnce?: boolean;
}

export interface PlannedOutput {
  readonly pin: number;
  /** The level that lights the lamp or pulls the relay. */
  readonly active: 'high' | 'low';
}

export interface PlannedRelay extends PlannedOutput {
  /** The contact at start and until somebody switches it. */
  readonly atStart: 'closed' | 'open';
}

/** A guidance light: one lamp or up to three, mixed to colours. */
export type PlannedLight = Partial<Readonly<Record<'red' | 'green' | 'blue', PlannedOutput>>>;

export interface PinPlan {
  readonly inputs: readonly PlannedInput[];
  /** By XFS4IoT light name, e.g. `cardReader`, `receiptPrinter`, `scanner`. */
  readonly lights: Readonly<Record<string, PlannedLight>>;
  /** By what hangs on it, e.g. `printerPower`. */
  readonly relays: Readonly<Record<string, PlannedRelay>>;
}

/** The plan is wrong; trying again does not help. */
export class PinPlanError extends Error {
  override readonly name = 'PinPlanError';
}

/** Firmata's own limit (protocol 2.5: pin 0-127); the lines of a GPIO chip are fewer. */
const MOST_PIN = 127;
const LONGEST_DEBOUNCE_MS = 5_000;
const NAME = /^[a-z][A-Za-z0-9]{0,31}$/;

/** Which lamps give which colour. */
export const COLOR_LAMPS: Readonly<Record<LightColor, readonly ('red' | 'green' | 'blue')[]>> = {
  red: ['red'],
  green: ['green'],
  blue: ['blue'],
  yellow: ['red', 'green'],
  cyan: ['green', 'blue'],
  magenta: ['red', 'blue'],
  white: ['red', 'green', 'blue'],
};

/** @throws PinPlanError with what is wrong, in words for the person who wrote the plan */
export function checkPinPlan(plan: PinPlan): void {
  const taken = new Map<number, string>();
  const take = (pin: number, what: string): void => {
    if (!Number.isInteger(pin) || pin < 0 || pin > MOST_PIN) throw new PinPlanError(`${what}: ${pin} is no pin`);
    const other = taken.get(pin);
    if (other !== undefined) throw new PinPlanError(`${what}: pin ${pin} is taken by ${other}`);
    taken.set(pin, what);
  };
  const senses = new Set<string>();
  for (const input of plan.inputs) {
    const what = input.senses === 'door' ? `door ${input.door ?? ''}` : input.senses;
    if (input.senses === 'door' && !NAME.test(input.door ?? '')) throw new PinPlanError('a door needs a name');
    if (senses.has(what)) throw new PinPlanError(`${what} is planned twice`);
    senses.add(what);
    if (!(input.debounceMs >= 0 && input.debounceMs <= LONGEST_DEBOUNCE_MS)) {
      throw new PinPlanError(`${what}: a debounce of ${input.debounceMs} ms`);
    }
    take(input.pin, what);
  }
  for (const [light, lamps] of Object.entries(plan.lights)) {
    if (!NAME.test(light)) throw new PinPlanError(`"${light}" is no name of a light`);
    const outputs = Object.entries(lamps);
    if (outputs.length === 0) throw new PinPlanError(`light ${light} has no lamp`);
    for (const [color, output] of outputs) take(output.pin, `light ${light} ${color}`);
  }
  for (const [relay, output] of Object.entries(plan.relays)) {
    if (!NAME.test(relay)) throw new PinPlanError(`"${relay}" is no name of a relay`);
    take(output.pin, `relay ${relay}`);
  }
}
