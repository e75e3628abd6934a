/**
 * How every lamp and relay of the cabinet should be at this moment.
 *
 * Knows settings and time, no board. One promise: blinking is told by when a light
 * was set, so a board that comes back takes up the rhythm where it should be.
 */
import type { Clock } from '../ports.ts';
import type { FlashRate, LightSetting } from './cabinet.ts';
import { COLOR_LAMPS, type PinPlan, type PlannedLight, type PlannedOutput } from './pin-plan.ts';

/** Half a period, ms: lit for so long, then dark for so long. */
const HALF_PERIOD_MS: Readonly<Record<Exclude<FlashRate, 'off' | 'continuous'>, number>> = {
  slow: 1_000,
  medium: 500,
  quick: 250,
};

interface LightState {
  readonly setting: LightSetting;
  readonly sinceMs: number;
}

export class OutputDesk {
  readonly #plan: PinPlan;
  readonly #clock: Clock;
  readonly #lights = new Map<string, LightState>();
  readonly #relays = new Map<string, boolean>();

  constructor(plan: PinPlan, clock: Clock) {
    this.#plan = plan;
    this.#clock = clock;
    for (const light of Object.keys(plan.lights))
      this.#lights.set(light, { setting: { flashRate: 'off' }, sinceMs: 0 });
    for (const [relay, { atStart }] of Object.entries(plan.relays)) this.#relays.set(relay, atStart === 'closed');
  }

  /** What is wrong with a setting, or `undefined`. */
  refusal(light: string, { color }: LightSetting): string | undefined {
    const lamps = Object.hasOwn(this.#plan.lights, light) ? this.#plan.lights[light] : undefined;
    if (!lamps) return 'the pin plan has no such light';
    if (color && COLOR_LAMPS[color].some((lamp) => !lamps[lamp])) return `the light has no lamps for ${color}`;
    return undefined;
  }

  hasRelay(relay: string): boolean {
    return this.#relays.has(relay);
  }

  /** → how to take it back */
  setLight(light: string, setting: LightSetting): () => void {
    const before = this.#lights.get(light);
    const now = { setting, sinceMs: this.#clock.monotonicMs() };
    this.#lights.set(light, now);
    return () => {
      if (before && this.#lights.get(light) === now) this.#lights.set(light, before);
    };
  }

  /** → how to take it back */
  switchRelay(relay: string, closed: boolean): () => void {
    const before = this.#relays.get(relay) ?? false;
    this.#relays.set(relay, closed);
    return () => void this.#relays.set(relay, before);
  }

  /** Level of every output pin now. */
  levels(): Map<number, boolean> {
    const levels = new Map<number, boolean>();
    const drive = (output: PlannedOutput, on: boolean): void =>
      void levels.set(output.pin, on === (output.active === 'high'));
    for (const [relay, output] of Object.entries(this.#plan.relays)) drive(output, this.#relays.get(relay) ?? false);
    for (const [light, lamps] of Object.entries(this.#plan.lights)) {
      const state = this.#lights.get(light);
      const lit = state && this.#isLit(state) ? litLamps(lamps, state.setting) : [];
      for (const lamp of ['red', 'green', 'blue'] as const) {
        const output = lamps[lamp];
        if (output) drive(output, lit.includes(lamp));
      }
    }
    return levels;
  }

  /** Every lamp lit, the relays left out. */
  lampsLit(): Map<number, boolean> {
    const lamps = Object.values(this.#plan.lights).flatMap((light) => Object.values(light));
    return new Map(lamps.map(({ pin, active }) => [pin, active === 'high']));
  }

  /** How long until a blinking light changes, ms; `undefined` when none blinks. */
  nextChangeMs(): number | undefined {
    let next: number | undefined;
    for (const { setting, sinceMs } of this.#lights.values()) {
      const half = halfPeriod(setting.flashRate);
      if (half === undefined) continue;
      const due = half - ((this.#clock.monotonicMs() - sinceMs) % half);
      next = Math.min(next ?? due, due);
    }
    return next;
  }

  #isLit({ setting, sinceMs }: LightState): boolean {
    const half = halfPeriod(setting.flashRate);
    if (half === undefined) return setting.flashRate === 'continuous';
    return Math.floor((this.#clock.monotonicMs() - sinceMs) / half) % 2 === 0;
  }
}

function halfPeriod(rate: FlashRate): number | undefined {
  return rate === 'off' || rate === 'continuous' ? undefined : HALF_PERIOD_MS[rate];
}

function litLamps(lamps: PlannedLight, { color }: LightSetting): readonly string[] {
  return color ? COLOR_LAMPS[color] : Object.keys(lamps).slice(0, 1);
}
