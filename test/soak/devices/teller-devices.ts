/** What stands beside the screen: bank terminal, queue display, A4 printer. */
import { SerialBankTerminal } from '../../../drivers/bank-terminal/serial-bank-terminal.ts';
import { IppPagePrinter } from '../../../drivers/page-printer/ipp-page-printer.ts';
import { LedQueueDisplay } from '../../../drivers/queue-display/led-queue-display.ts';
import { PosModule } from '../../../hardware-sim/devices/bank-terminal/pos-module.ts';
import { SimPagePrinter } from '../../../hardware-sim/devices/page-printer/sim-page-printer.ts';
import { SimLedDisplay } from '../../../hardware-sim/devices/queue-display/sim-led-display.ts';
import { Acquirer } from '../../../hardware-sim/parties/payment/acquirer.ts';
import { inventBankCard } from '../../../hardware-sim/parties/payment/bank-card.ts';
import { busWith } from '../../support/bench-bus.ts';
import { type MakeSoaked, word } from './soaked-device.ts';

const bankTerminal: MakeSoaked = (clock, stream) => {
  const acquirer = new Acquirer(clock);
  const card = acquirer.issue(inventBankCard('測試甲', 1, 100_000_000));
  const twin = new PosModule({ clock, acquirer });
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const device = new SerialBankTerminal({ id: 'bank-terminal', address: 'sim:pos', bus, clock });
  device.onTerminalEvent((event) => {
    // A second or two until the patient has the card out; now and then it goes into the slot.
    if (event.event !== 'saleProgress' || event.progress !== 'cardWanted') return;
    clock.timer(500 + stream.below(2_000), () => {
      if (stream.below(4) > 0) twin.tap(card);
      else {
        twin.insertCard(card);
        twin.enterPin();
        twin.removeCard();
      }
    });
  });
  let nth = 0;
  return {
    device,
    use: async () => {
      nth += 1;
      const order = { orderNumber: `pay_${nth}`, amountFen: 100 + stream.below(9_000) };
      return word(await device.sale(order, { timeoutMs: 70_000 }));
    },
    trouble: {
      unplug: () => twin.unplug(),
      powerCut: () => twin.cutPower(),
      hang: () => twin.hang(),
      paperOut: () => twin.paperOut(),
      bankLine: () => {
        twin.bankLine.cutAfter = twin.bankLine.passed + stream.below(300);
      },
    },
    mend: () => {
      twin.cutPower();
      twin.unplug();
      twin.bankLine.mend();
      twin.plugIn();
      twin.powerUp();
      twin.loadPaper();
    },
  };
};

const queueDisplay: MakeSoaked = (clock) => {
  const size = { cells: 24, rows: 2 };
  const twin = new SimLedDisplay({ clock, ...size });
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const device = new LedQueueDisplay({ id: 'queue-display', address: 'sim:led', bus, clock, ...size });
  let nth = 0;
  return {
    device,
    use: async () => {
      nth += 1;
      const number = `A${String(nth % 1_000).padStart(3, '0')}`;
      return word(await device.call({ number, place: '3号窗口' }, { timeoutMs: 5_000 }));
    },
    trouble: { unplug: () => twin.unplug(), powerCut: () => twin.cutPower(), hang: () => twin.hang() },
    mend: () => {
      twin.unplug();
      twin.plugIn();
      twin.powerUp();
    },
  };
};

const pagePrinter: MakeSoaked = (clock) => {
  const twin = new SimPagePrinter({ clock });
  const pdf = new TextEncoder().encode(`%PDF-1.7\n${'<< /Type /Page >>\n'.repeat(3)}%%EOF\n`);
  const door = () => ({
    uri: 'ipp://sim/ipp/print',
    ask: (body: Uint8Array, signal: AbortSignal) => twin.ask(body, signal),
    close: () => undefined,
  });
  const device = new IppPagePrinter({ id: 'page-printer', door, clock });
  return {
    device,
    use: async () => word(await device.printPages({ pdf, pages: 3 }, { timeoutMs: 40_000 })),
    trouble: {
      unplug: () => twin.unplug(),
      powerCut: () => twin.cutPower(),
      hang: () => twin.hang(),
      coverOpen: () => twin.openCover(),
      jam: () => twin.jam(),
      paperOut: () => twin.takePaperOut(),
    },
    mend: () => {
      twin.plugIn();
      twin.powerUp();
      twin.closeCover();
      twin.clearJam();
      twin.takePaperOut();
      twin.loadPaper(250);
    },
  };
};

export const tellerDevices: Readonly<Record<string, MakeSoaked>> = { bankTerminal, queueDisplay, pagePrinter };
