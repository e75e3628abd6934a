/**
 * The cabinet itself in the workbench: doors, sensors, lamps and relays around its board.
 *
 * The board stands behind a loopback TCP door, as a board with a network shield would.
 */
import { openByteDoor } from '../devices/byte-door.ts';
import { type ContactName, type HeadsetKeyName, VirtualCabinet } from '../devices/cabinet/virtual-cabinet.ts';
import type { Hallway } from './all-bays.ts';
import type { Bay, BayHand, BayWords } from './bay.ts';

/** A button's press is over after so long, ms. */
const PRESS_MS = 300;
const KEY_MS = 120;
const MOTOR_NOISE = Uint8Array.of(0xff, 0x13, 0xf0, 0x37, 0x91, 0x00, 0xf9);

export function cabinetBay(hallway: Hallway): Bay {
  const cabinet = new VirtualCabinet({ clock: hallway.clock, chatterMs: 4 });
  const { board } = cabinet;
  // Whoever plays with the hall stands in front of the kiosk until they step away.
  cabinet.stepUp();
  /** Two buttons for one contact: away from its rest, and back. */
  const pair = (name: ContactName, away: BayWords, back: BayWords, go: () => void, come: () => void) =>
    [
      { words: away, can: () => !cabinet.isMoved(name), use: go },
      { words: back, can: () => cabinet.isMoved(name), use: come },
    ] as const satisfies readonly BayHand[];
  const [openService, closeService] = pair(
    'serviceDoor',
    ['开维护门', 'open the service door'],
    ['关维护门', 'close the service door'],
    () => cabinet.openDoor('service'),
    () => cabinet.closeDoor('service'),
  );
  const [openPaper, closePaper] = pair(
    'paperDoor',
    ['开纸仓门', 'open the paper door'],
    ['关纸仓门', 'close the paper door'],
    () => cabinet.openDoor('paper'),
    () => cabinet.closeDoor('paper'),
  );
  const [forceCase, closeCase] = pair(
    'case',
    ['撬开机壳', 'force the housing'],
    ['装回机壳', 'close the housing'],
    () => cabinet.forceCase(),
    () => cabinet.closeCase(),
  );
  const [tilt, setUpright] = pair(
    'tilt',
    ['推斜', 'tilt it'],
    ['扶正', 'set it upright'],
    () => cabinet.tilt(),
    () => cabinet.setUpright(),
  );
  const [plugHeadset, pullHeadset] = pair(
    'headset',
    ['插耳机', 'plug a headset in'],
    ['拔耳机', 'pull the headset'],
    () => cabinet.plugHeadset(),
    () => cabinet.pullHeadset(),
  );
  const [cutMains, restoreMains] = pair(
    'upsOnBattery',
    ['断市电', 'cut mains'],
    ['恢复市电', 'restore mains'],
    () => cabinet.cutMains(),
    () => cabinet.restoreMains(),
  );
  const keyHand = (key: HeadsetKeyName, words: BayWords): BayHand => ({
    words,
    can: () => !cabinet.isMoved(`${key}Key`),
    use: () => cabinet.pressKey(key, KEY_MS),
  });
  const lit = (): string =>
    Object.entries(cabinet.lights())
      .filter(([, colors]) => colors !== '')
      .map(([light, colors]) => `${light} ${colors}`)
      .join(', ');
  return {
    id: 'cabinet',
    words: ['机柜', 'Cabinet'],
    lamp: () => {
      if (!board.pluggedIn) return 'unplugged';
      if (board.hung) return 'wrong';
      return lit() === '' ? 'well' : 'busy';
    },
    look: () => [
      { words: ['引导灯', 'lights'], value: lit() || '—' },
      {
        words: ['继电器', 'relays'],
        value: Object.entries(cabinet.relays())
          .map(([relay, closed]) => `${relay} ${closed ? '1' : '0'}`)
          .join(', '),
      },
    ],
    hands: {
      press: { words: ['按求助', 'press the help button'], look: 'main', use: () => cabinet.press(PRESS_MS) },
      stepUp: { words: ['走近', 'step up'], look: 'main', use: () => cabinet.stepUp() },
      stepAway: { words: ['走开', 'step away'], use: () => cabinet.stepAway() },
      openService,
      closeService,
      openPaper,
      closePaper,
      forceCase: { ...forceCase, look: 'breaks' },
      closeCase: { ...closeCase, look: 'mends' },
      tilt: { ...tilt, look: 'breaks' },
      setUpright: { ...setUpright, look: 'mends' },
      plugHeadset,
      pullHeadset,
      previousKey: keyHand('previous', ['上一项', 'key: previous']),
      nextKey: keyHand('next', ['下一项', 'key: next']),
      okKey: keyHand('ok', ['确定', 'key: ok']),
      backKey: keyHand('back', ['返回', 'key: back']),
      repeatKey: keyHand('repeat', ['再听一遍', 'key: repeat']),
      turnKey: {
        words: ['钥匙', 'turn the key'],
        with: ['run', 'maintenance', 'supervisor'],
        use: (given) => {
          if (given !== 'run' && given !== 'maintenance' && given !== 'supervisor')
            throw new Error('No such position.');
          cabinet.turnKey(given);
        },
      },
      cutMains: { ...cutMains, look: 'breaks' },
      restoreMains: { ...restoreMains, look: 'mends' },
      unplug: {
        words: ['拔控制板', 'unplug the board'],
        look: 'breaks',
        can: () => board.pluggedIn,
        use: () => cabinet.unplug(),
      },
      plugIn: {
        words: ['接控制板', 'plug the board in'],
        look: 'mends',
        can: () => !board.pluggedIn,
        use: () => cabinet.plugIn(),
      },
      hang: {
        words: ['死机', 'hang'],
        look: 'breaks',
        can: () => board.pluggedIn && !board.hung,
        use: () => cabinet.hang(),
      },
      pressReset: {
        words: ['复位', 'press reset'],
        look: 'mends',
        can: () => board.pluggedIn,
        use: () => cabinet.pressReset(),
      },
      garbage: {
        words: ['干扰', 'noise on the line'],
        look: 'breaks',
        can: () => board.pluggedIn,
        use: () => cabinet.garbage(MOTOR_NOISE),
      },
    },
    cable: { carries: 'bytes', open: (signal) => board.openByteLink(signal) },
    open: async () => {
      const door = await openByteDoor((signal) => board.openByteLink(signal));
      return { entry: { id: 'cabinet', address: door.address }, close: () => door.close() };
    },
  };
}
