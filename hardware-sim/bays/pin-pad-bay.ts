/**
 * The PIN pad in the simulated cabinet: twelve keys and a sealed inside.
 *
 * Who looks sees how many digits stand, as anybody at the kiosk would, and never which.
 */
import { openByteDoor } from '../devices/byte-door.ts';
import type { PadKey } from '../devices/pin-pad/entry-keys.ts';
import { VirtualPinPad } from '../devices/pin-pad/virtual-pin-pad.ts';
import { SeededRandom } from '../world/seeded-random.ts';
import type { Hallway } from './all-bays.ts';
import { type Bay, SIM_CERTIFICATE } from './bay.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
/** The invented officers' key: no pad outside a bench has it. */
const BENCH_MASTER_KEY = Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex');

export function pinPadBay(hallway: Hallway): Bay {
  const pad = new VirtualPinPad({ clock: hallway.clock, random: new SeededRandom(1, 'pin-pad') });
  pad.loadMasterKey(BENCH_MASTER_KEY);
  let opened = false;
  const listens = (): boolean => pad.entry.input !== 'off' && !pad.hung;
  return {
    id: 'pinPad',
    words: ['密码键盘', 'PIN pad'],
    lamp: () => {
      if (!pad.pluggedIn) return 'unplugged';
      if (pad.hung || opened) return 'wrong';
      return pad.entry.input === 'off' ? 'well' : 'busy';
    },
    look: () => [
      { words: ['按键', 'keys'], value: pad.entry.input },
      { words: ['已输入', 'entered'], value: '•'.repeat(pad.entry.entered) },
      { words: ['主密钥', 'master key'], value: opened ? '—' : 'ok' },
      { words: ['蜂鸣', 'beeps'], value: String(pad.beeps) },
    ],
    hands: {
      press: {
        words: ['键', 'key'],
        look: 'main',
        with: DIGITS,
        can: listens,
        use: (given) => {
          if (!DIGITS.includes(String(given))) throw new Error(`The pad has no key "${given}".`);
          pad.press(String(given) as PadKey);
        },
      },
      enter: { words: ['确认', 'enter'], look: 'main', can: listens, use: () => pad.press('enter') },
      clear: { words: ['更正', 'clear'], can: listens, use: () => pad.press('clear') },
      cancel: { words: ['取消', 'cancel'], can: listens, use: () => pad.press('cancel') },
      unplug: { words: ['拔线', 'unplug'], look: 'breaks', can: () => pad.pluggedIn, use: () => pad.unplug() },
      hang: { words: ['死机', 'hang'], look: 'breaks', can: () => pad.pluggedIn && !pad.hung, use: () => pad.hang() },
      openHousing: {
        words: ['撬开', 'pry it open'],
        look: 'breaks',
        can: () => !opened,
        use: () => {
          opened = true;
          pad.openHousing();
        },
      },
      plugIn: { words: ['插线', 'plug in'], look: 'mends', can: () => !pad.pluggedIn, use: () => pad.plugIn() },
      loadMasterKey: {
        words: ['灌主密钥', 'officers load the master key'],
        look: 'mends',
        can: () => opened,
        use: () => {
          opened = false;
          pad.loadMasterKey(BENCH_MASTER_KEY);
        },
      },
    },
    cable: { carries: 'bytes', open: (signal) => pad.openByteLink(signal) },
    open: async () => {
      const door = await openByteDoor((signal) => pad.openByteLink(signal));
      return {
        entry: { id: 'pin-pad', address: door.address, certificate: SIM_CERTIFICATE },
        close: () => door.close(),
      };
    },
  };
}
