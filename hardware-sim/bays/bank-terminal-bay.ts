/** The bank-card terminal in the workbench: cards to tap and insert, its keypad, its plugs and its line to the bank. */
import { PosModule } from '../devices/bank-terminal/pos-module.ts';
import { openByteDoor } from '../devices/byte-door.ts';
import type { Hallway } from './all-bays.ts';
import type { Bay, BayWords } from './bay.ts';
import { plugOf } from './plug-hands.ts';

const SHOWN: Readonly<Record<PosModule['shows'], BayWords>> = {
  off: ['无显示', 'dark'],
  ready: ['欢迎使用', 'ready'],
  pleaseCard: ['请刷卡', 'please tap or insert a card'],
  pleasePin: ['请输入密码', 'please enter the password'],
};

export function bankTerminalBay(hallway: Hallway): Bay {
  const { clock, parties } = hallway;
  const pos = new PosModule({ clock, acquirer: parties.acquirer });
  const plug = plugOf(pos);
  let paper = true;
  const card = () => parties.bankCard(hallway.person());
  const bankDown = (): boolean => pos.bankLine.dead || pos.bankLine.cutAfter < Number.POSITIVE_INFINITY;
  return {
    id: 'bankTerminal',
    words: ['银行卡终端', 'Bank terminal'],
    lamp: () => {
      if (!plug.pluggedIn()) return 'unplugged';
      if (pos.shows === 'off' || bankDown() || !paper) return 'wrong';
      return pos.shows === 'ready' ? 'well' : 'busy';
    },
    look: () => [
      { words: ['屏幕', 'display'], value: SHOWN[pos.shows].join(' ') },
      { words: ['银行线路', 'line to the bank'], value: bankDown() ? 'down' : 'up' },
      { words: ['打印纸', 'paper'], value: paper ? 'in' : 'out' },
    ],
    hands: {
      tap: {
        words: ['挥卡', 'tap a bank card'],
        look: 'main',
        can: () => pos.shows === 'pleaseCard',
        use: () => pos.tap(card()),
      },
      insertCard: {
        words: ['插卡', 'insert a bank card'],
        look: 'main',
        can: () => pos.shows === 'pleaseCard',
        use: () => pos.insertCard(card()),
      },
      enterPin: {
        words: ['输密码', 'enter the password'],
        look: 'main',
        can: () => pos.shows === 'pleasePin',
        use: () => pos.enterPin(),
      },
      removeCard: { words: ['取卡', 'take the card'], use: () => pos.removeCard() },
      cancel: {
        words: ['按取消', 'press the red key'],
        can: () => pos.shows === 'pleaseCard' || pos.shows === 'pleasePin',
        use: () => pos.cancel(),
      },
      ...plug.hands,
      cutPower: {
        words: ['断电', 'cut its power'],
        look: 'breaks',
        can: () => pos.shows !== 'off',
        use: () => pos.cutPower(),
      },
      powerUp: {
        words: ['上电', 'switch on'],
        look: 'mends',
        can: () => pos.shows === 'off',
        use: () => pos.powerUp(),
      },
      cutBankLine: {
        words: ['断银行线路', 'cut the line to the bank'],
        look: 'breaks',
        can: () => !bankDown(),
        use: () => {
          pos.bankLine.cutAfter = pos.bankLine.passed;
        },
      },
      mendBankLine: {
        words: ['恢复银行线路', 'mend the line to the bank'],
        look: 'mends',
        can: bankDown,
        use: () => pos.bankLine.mend(),
      },
      paperOut: {
        words: ['缺纸', 'take its paper out'],
        look: 'breaks',
        can: () => paper,
        use: () => {
          paper = false;
          pos.paperOut();
        },
      },
      loadPaper: {
        words: ['装纸', 'load paper'],
        look: 'mends',
        can: () => !paper,
        use: () => {
          paper = true;
          pos.loadPaper();
        },
      },
      hang: { words: ['死机', 'hang'], look: 'breaks', use: () => pos.hang() },
    },
    cable: { carries: 'bytes', open: (signal) => pos.openByteLink(signal) },
    open: async () => {
      const door = await openByteDoor((signal) => pos.openByteLink(signal));
      return { entry: { id: 'bank-terminal', address: door.address }, close: () => door.close() };
    },
  };
}
