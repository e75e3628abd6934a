/** The cabinet's driver on the virtual cabinet: what hands do, what is told, what is lit. */
import { describe, expect, test } from 'vitest';
import { BoardCabinet } from '../../../drivers/cabinet/board-cabinet.ts';
import type { CabinetStatus, FlashRate } from '../../../drivers/cabinet/cabinet.ts';
import { DEFAULT_PIN_PLAN } from '../../../drivers/cabinet/default-pin-plan-table.ts';
import { checkPinPlan, type PinPlan, PinPlanError } from '../../../drivers/cabinet/pin-plan.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import type { VirtualCabinet } from '../../../hardware-sim/devices/cabinet/virtual-cabinet.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { busTo, onBench, pass, settle } from './cabinet-bench.ts';

const SOON = { timeoutMs: 2_000 };
const AT_REST: CabinetStatus = {
  doors: { service: 'closed', paper: 'closed' },
  tamperSensor: 'off',
  seismicSensor: 'off',
  proximitySensor: 'notPresent',
  operatorCallButtonSensor: 'off',
  enhancedAudioSensor: 'notPresent',
  operatorSwitch: 'run',
  ups: { low: false, engaged: false, powering: false, recovered: false },
};

type Bench = Awaited<ReturnType<typeof onBench>>;

async function finished<Value>({ clock }: Bench, command: Promise<Value>): Promise<Value> {
  await settle(clock);
  return command;
}

describe('what hands do is told in XFS4IoT words', () => {
  test.each<[string, (twin: VirtualCabinet) => void, Partial<CabinetStatus>]>([
    ['the service door opens', (twin) => twin.openDoor('service'), { doors: { service: 'open', paper: 'closed' } }],
    ['the paper door opens', (twin) => twin.openDoor('paper'), { doors: { service: 'closed', paper: 'open' } }],
    ['the housing is lifted', (twin) => twin.forceCase(), { tamperSensor: 'on' }],
    ['the kiosk is tilted', (twin) => twin.tilt(), { seismicSensor: 'on' }],
    ['somebody steps up', (twin) => twin.stepUp(), { proximitySensor: 'present' }],
    ['the help button is pressed', (twin) => twin.press(), { operatorCallButtonSensor: 'on' }],
    ['a headset is plugged in', (twin) => twin.plugHeadset(), { enhancedAudioSensor: 'present' }],
    ['the key is turned to maintenance', (twin) => twin.turnKey('maintenance'), { operatorSwitch: 'maintenance' }],
    ['the key is turned to supervisor', (twin) => twin.turnKey('supervisor'), { operatorSwitch: 'supervisor' }],
    [
      'mains is cut',
      (twin) => twin.cutMains(),
      { ups: { low: false, engaged: true, powering: true, recovered: false } },
    ],
  ])('%s', async (_what, hand, changed) => {
    const { clock, twin, cabinet, heard } = await onBench();
    expect(heard.splice(0)).toEqual([AT_REST]);
    hand(twin);
    await pass(clock, 500);
    expect(heard).toEqual([changed]);
    expect(cabinet.status()).toEqual({ ...AT_REST, ...changed });
  });

  test('old contacts that chatter are told once for each thing that was done', async () => {
    const { clock, twin, heard } = await onBench({ chatterMs: 15 });
    heard.length = 0;
    twin.press(300);
    await pass(clock, 1_000);
    expect(heard).toEqual([{ operatorCallButtonSensor: 'on' }, { operatorCallButtonSensor: 'off' }]);
  });

  test('a press is told when it has held for its 20 ms, and a shorter spark is not told', async () => {
    const { clock, twin, heard } = await onBench();
    heard.length = 0;
    twin.press(15);
    await pass(clock, 500);
    expect(heard).toEqual([]);
    twin.press();
    await clock.pass(19);
    expect(heard).toEqual([]);
    await clock.pass(1);
    expect(heard).toEqual([{ operatorCallButtonSensor: 'on' }]);
  });

  test('a housing that is lifted for a millisecond is told at once, and its end only when it holds', async () => {
    const { clock, twin, heard } = await onBench();
    heard.length = 0;
    twin.forceCase();
    await clock.pass(1);
    expect(heard).toEqual([{ tamperSensor: 'on' }]);
    twin.closeCase();
    await clock.pass(198);
    expect(heard).toHaveLength(1);
    await pass(clock, 10);
    expect(heard).toEqual([{ tamperSensor: 'on' }, { tamperSensor: 'off' }]);
  });

  test.each([
    ['serviceDoor', { doors: { service: 'open', paper: 'closed' } }],
    ['case', { tamperSensor: 'on' }],
    ['tilt', { seismicSensor: 'on' }],
  ] as const)('a cut wire to the %s contact is an alarm, not silence', async (contact, changed) => {
    const { clock, twin, heard } = await onBench();
    heard.length = 0;
    twin.cutWire(contact);
    await pass(clock, 500);
    expect(heard).toEqual([changed]);
  });

  test('a power cut goes from engaged to low to recovered', async () => {
    const { clock, twin, cabinet } = await onBench({ batteryMs: 60_000 });
    twin.cutMains();
    await pass(clock, 1_000);
    expect(cabinet.status().ups).toEqual({ low: false, engaged: true, powering: true, recovered: false });
    await pass(clock, 60_000);
    expect(cabinet.status().ups).toMatchObject({ low: true, engaged: true });
    twin.restoreMains();
    await pass(clock, 1_000);
    expect(cabinet.status().ups).toEqual({ low: false, engaged: false, powering: false, recovered: true });
  });

  test('a cabinet without a sensor says so', async () => {
    const plan: PinPlan = { ...DEFAULT_PIN_PLAN, inputs: DEFAULT_PIN_PLAN.inputs.slice(0, 1) };
    const { cabinet } = await onBench({ plan });
    expect(cabinet.status()).toMatchObject({
      doors: { service: 'closed' },
      tamperSensor: 'notAvailable',
      operatorSwitch: 'notAvailable',
      ups: 'notAvailable',
    });
    expect(cabinet.capabilities()).toMatchObject({ doors: 'service', tamperSensor: false, ups: false });
  });
});

describe('guidance lights and relays', () => {
  test('a light is lit in its colour when the command is done, and no other', async () => {
    const bench = await onBench();
    const { cabinet, twin } = bench;
    expect(
      await finished(bench, cabinet.setLight('cardReader', { flashRate: 'continuous', color: 'red' }, SOON)),
    ).toEqual({
      done: true,
      value: undefined,
    });
    expect(twin.lights()).toMatchObject({ cardReader: 'red', scanner: '', statusInService: '' });
    await finished(bench, cabinet.setLight('statusInService', { flashRate: 'continuous', color: 'white' }, SOON));
    expect(twin.lights()).toMatchObject({ cardReader: 'red', statusInService: 'blue+green+red' });
    await finished(bench, cabinet.setLight('cardReader', { flashRate: 'off' }, SOON));
    expect(twin.lights()).toMatchObject({ cardReader: '' });
  });

  test.each<[FlashRate, number]>([
    ['slow', 5],
    ['medium', 10],
    ['quick', 20],
    ['continuous', 1],
    ['off', 0],
  ])('%s: %i times lit in ten seconds, so never three in one', async (flashRate, times) => {
    const { clock, cabinet, twin } = await onBench();
    let lit = 0;
    let before = '';
    twin.board.onDriven(() => {
      const now = twin.lights()['scanner'] ?? '';
      if (now === 'green' && before === '') lit += 1;
      before = now;
    });
    const setting = cabinet.setLight('scanner', { flashRate }, SOON);
    await pass(clock, 9_900);
    expect(await setting).toMatchObject({ done: true });
    expect(lit).toBe(times);
  });

  test('what the cabinet has not got is refused, and nothing moves', async () => {
    const { cabinet } = await onBench();
    expect(await cabinet.setLight('dispenser', { flashRate: 'slow' }, SOON)).toMatchObject({ fault: 'invalidLight' });
    expect(await cabinet.setLight('toString', { flashRate: 'slow' }, SOON)).toMatchObject({ fault: 'invalidLight' });
    expect(await cabinet.setLight('scanner', { flashRate: 'slow', color: 'blue' }, SOON)).toMatchObject({
      fault: 'invalidLight',
    });
    expect(await cabinet.switchRelay('heating', true, SOON)).toMatchObject({ fault: 'unsupportedCommand' });
  });

  test('the printer has power from the start, and is cut off and fed again on command', async () => {
    const bench = await onBench();
    const { cabinet, twin } = bench;
    expect(twin.relays()).toEqual({ printerPower: true, audibleAlarm: false });
    await finished(bench, cabinet.switchRelay('printerPower', false, SOON));
    expect(twin.relays()['printerPower']).toBe(false);
    await finished(bench, cabinet.switchRelay('printerPower', true, SOON));
    expect(twin.relays()['printerPower']).toBe(true);
  });
});

describe('a board that goes away', () => {
  test('nothing is known of what it sensed, commands end at once, and it comes back as it should be', async () => {
    const bench = await onBench();
    const { clock, cabinet, twin, heard } = bench;
    await finished(bench, cabinet.setLight('cardReader', { flashRate: 'continuous', color: 'green' }, SOON));
    await finished(bench, cabinet.switchRelay('audibleAlarm', true, SOON));
    heard.length = 0;
    twin.unplug();
    expect(cabinet.state).toBe('powerOff');
    expect(cabinet.status()).toMatchObject({ doors: { service: 'unknown' }, tamperSensor: 'unknown', ups: 'unknown' });
    expect(heard).toHaveLength(1);
    expect(await cabinet.setLight('cardReader', { flashRate: 'off' }, SOON)).toMatchObject({ fault: 'deviceNotReady' });
    twin.openDoor('service');
    twin.plugIn();
    expect(twin.lights()['cardReader']).toBe('');
    await pass(clock, 3_000);
    expect(cabinet.state).toBe('online');
    expect(cabinet.status()).toEqual({ ...AT_REST, doors: { service: 'open', paper: 'closed' } });
    expect(twin.lights()['cardReader']).toBe('green');
    expect(twin.relays()).toEqual({ printerPower: true, audibleAlarm: true });
  });

  test('a data cable that is pulled and put back never takes the power from the printer', async () => {
    const { clock, cabinet, twin } = await onBench();
    let dropped = 0;
    twin.board.onDriven(() => {
      if (twin.relays()['printerPower'] !== true) dropped += 1;
    });
    twin.board.cutData();
    await pass(clock, 1_000);
    expect(cabinet.state).toBe('powerOff');
    twin.board.mendData();
    await pass(clock, 3_000);
    expect(cabinet.state).toBe('online');
    expect(dropped).toBe(0);
  });

  test('a board that hangs is lost within three seconds, and is back when it is reset', async () => {
    const { clock, cabinet, twin } = await onBench();
    twin.hang();
    await pass(clock, 3_000);
    expect(cabinet.state).toBe('powerOff');
    expect(cabinet.lastFault).toMatchObject({ fault: 'deviceNotReady' });
    twin.pressReset();
    await pass(clock, 8_000);
    expect(cabinet.state).toBe('online');
    expect(twin.relays()['printerPower']).toBe(true);
  });

  test('a board that was reset by itself is set up again within a second', async () => {
    const { clock, cabinet, twin } = await onBench();
    twin.pressReset();
    expect(twin.relays()['printerPower']).toBe(false);
    await pass(clock, 750);
    expect(cabinet.state).toBe('online');
    expect(twin.relays()['printerPower']).toBe(true);
    twin.press();
    await pass(clock, 100);
    expect(cabinet.status().operatorCallButtonSensor).toBe('on');
  });

  test('a board that was reset without a word is found out by the next question', async () => {
    const { clock, cabinet, twin } = await onBench();
    twin.hang();
    twin.board.pressReset({ silently: true });
    await pass(clock, 3_000);
    expect(cabinet.state).toBe('online');
    expect(twin.relays()['printerPower']).toBe(true);
  });

  test('a board that starts anew whenever its port is opened is waited for', async () => {
    const { clock, cabinet, twin } = await onBench({ resetOnOpen: true });
    await pass(clock, 1_000);
    expect(cabinet.state).toBe('online');
    expect(twin.board.starts).toBe(2);
  });

  test('a light that blinks goes on blinking afterwards', async () => {
    const bench = await onBench();
    const { clock, cabinet, twin } = bench;
    await finished(bench, cabinet.setLight('scanner', { flashRate: 'quick' }, SOON));
    twin.unplug();
    twin.plugIn();
    await pass(clock, 2_000);
    const seen = new Set<string | undefined>();
    for (let at = 0; at < 8; at += 1) {
      await pass(clock, 125);
      seen.add(twin.lights()['scanner']);
    }
    expect([...seen].sort()).toEqual(['', 'green']);
  });

  test('a smaller board than the plan needs is named as the reason', async () => {
    const { cabinet } = await onBench({ size: 'uno' });
    expect(cabinet.state).not.toBe('online');
    expect(cabinet.lastFault?.detail).toContain('pin 22 can not be');
  });

  test('closing leaves nothing running', async () => {
    const { clock, cabinet } = await onBench();
    await cabinet.close();
    expect(cabinet.state).toBe('offline');
    expect(clock.waiting).toBe(0);
  });

  test('a port without a board is tried again and again, and says why', async () => {
    const clock = new ManualClock();
    const bus = busTo(() => Promise.reject(new LinkLostError('no such port')));
    const cabinet = new BoardCabinet({ id: 'cabinet', address: 'serial:/dev/none', bus, clock });
    await clock.pass(60_000);
    expect(cabinet.state).toBe('powerOff');
    expect(cabinet.lastFault?.detail).toBe('no such port');
    expect(cabinet.status().doors).toEqual({ service: 'unknown', paper: 'unknown' });
    await cabinet.close();
  });
});

describe('a pin plan', () => {
  const door = { senses: 'door', door: 'service', pin: 2, active: 'high', pullUp: true, debounceMs: 50 } as const;
  const empty: PinPlan = { inputs: [], lights: {}, relays: {} };

  test('the default one is right', () => expect(() => checkPinPlan(DEFAULT_PIN_PLAN)).not.toThrow());

  test.each<[string, PinPlan]>([
    [
      'one pin for two things',
      { ...empty, inputs: [door], relays: { heating: { pin: 2, active: 'high', atStart: 'open' } } },
    ],
    ['a pin that is none', { ...empty, inputs: [{ ...door, pin: 128 }] }],
    ['half a pin', { ...empty, inputs: [{ ...door, pin: 2.5 }] }],
    ['a door without a name', { ...empty, inputs: [{ ...door, door: '' }] }],
    ['the same door twice', { ...empty, inputs: [door, { ...door, pin: 3 }] }],
    ['a light without a lamp', { ...empty, lights: { scanner: {} } }],
    ['a minute of debounce', { ...empty, inputs: [{ ...door, debounceMs: 60_000 }] }],
    ['a debounce that is no number', { ...empty, inputs: [{ ...door, debounceMs: Number.NaN }] }],
  ])('%s is the plan’s mistake', (_what, plan) => expect(() => checkPinPlan(plan)).toThrow(PinPlanError));
});
