/**
 * From settled inputs to the cabinet's status words, and which of them changed.
 *
 * Pure. One promise: an input nobody can see makes its word `unknown`, and an
 * input the plan does not have makes it `notAvailable`.
 */
import { type CabinetStatus, type DoorState, HEADSET_KEYS, type Sensed, type UpsState } from './cabinet.ts';
import type { InputSense, PinPlan, PlannedInput } from './pin-plan.ts';

/** Whether an input is active; `undefined` while its board is away. */
export type Active = (input: PlannedInput) => boolean | undefined;

/** @param upsWasEngaged whether mains was lost at any time since the driver started */
export function cabinetStatus(plan: PinPlan, active: Active, upsWasEngaged: boolean): CabinetStatus {
  const word = <Word extends string>(senses: InputSense, on: Word, off: Word): Sensed<Word> => {
    const input = plan.inputs.find((one) => one.senses === senses);
    return input ? wordOf(active(input), on, off) : 'notAvailable';
  };
  const doors: Record<string, DoorState> = {};
  for (const input of plan.inputs) {
    if (input.senses === 'door' && input.door !== undefined)
      doors[input.door] = wordOf(active(input), 'open', 'closed');
  }
  return {
    doors,
    tamperSensor: word('tamper', 'on', 'off'),
    seismicSensor: word('tilt', 'on', 'off'),
    proximitySensor: word('presence', 'present', 'notPresent'),
    operatorCallButtonSensor: word('callButton', 'on', 'off'),
    enhancedAudioSensor: word('headset', 'present', 'notPresent'),
    operatorSwitch: operatorSwitch(word('maintenanceKey', 'on', 'off'), word('supervisorKey', 'on', 'off')),
    ups: ups(word('upsOnBattery', 'on', 'off'), word('upsLow', 'on', 'off'), upsWasEngaged),
  };
}

/** Which sensors, lights and relays the pin plan has. */
export function cabinetCapabilities({ inputs, lights, relays }: PinPlan): Readonly<Record<string, string | boolean>> {
  const has = (...sense: readonly InputSense[]): boolean => inputs.some(({ senses }) => sense.includes(senses));
  return {
    doors: inputs.flatMap(({ door }) => door ?? []).join(' '),
    tamperSensor: has('tamper'),
    seismicSensor: has('tilt'),
    proximitySensor: has('presence'),
    operatorCallButtonSensor: has('callButton'),
    enhancedAudioSensor: has('headset'),
    headsetKeys: HEADSET_KEYS.filter((key) => has(`${key}Key`)).join(' '),
    operatorSwitch: has('maintenanceKey', 'supervisorKey'),
    ups: has('upsOnBattery'),
    lights: Object.keys(lights).join(' '),
    relays: Object.keys(relays).join(' '),
  };
}

/** Only what differs; `undefined` when nothing does. */
export function changedWords(before: CabinetStatus, after: CabinetStatus): Partial<CabinetStatus> | undefined {
  const names = (Object.keys(after) as (keyof CabinetStatus)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, after[name]]));
}

function wordOf<Word extends string>(active: boolean | undefined, on: Word, off: Word): Word | 'unknown' {
  if (active === undefined) return 'unknown';
  return active ? on : off;
}

function operatorSwitch(
  maintenance: Sensed<'on' | 'off'>,
  supervisor: Sensed<'on' | 'off'>,
): CabinetStatus['operatorSwitch'] {
  if (maintenance === 'unknown' || supervisor === 'unknown') return 'unknown';
  if (supervisor === 'on') return 'supervisor';
  if (maintenance === 'on') return 'maintenance';
  return maintenance === 'notAvailable' && supervisor === 'notAvailable' ? 'notAvailable' : 'run';
}

function ups(
  onBattery: Sensed<'on' | 'off'>,
  low: Sensed<'on' | 'off'>,
  wasEngaged: boolean,
): UpsState | 'unknown' | 'notAvailable' {
  if (onBattery === 'notAvailable') return 'notAvailable';
  if (onBattery === 'unknown' || low === 'unknown') return 'unknown';
  const engaged = onBattery === 'on';
  return { low: low === 'on', engaged, powering: engaged, recovered: wasEngaged && !engaged };
}
