/** What patients touch: card reader, identity-card reader, code scanner in both forms, receipt printer. */
import { ChipCardReader } from '../../../drivers/card-reader/chip-card-reader.ts';
import { openCodeScanner } from '../../../drivers/code-scanner/open-code-scanner.ts';
import { SamIdCardReader } from '../../../drivers/id-card-reader/sam-id-card-reader.ts';
import { EscposReceiptPrinter } from '../../../drivers/receipt-printer/escpos-receipt-printer.ts';
import { printerProfile } from '../../../drivers/receipt-printer/printer-profile.ts';
import { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { SimCodeScanner } from '../../../hardware-sim/devices/code-scanner.ts';
import { VirtualIdCardReader } from '../../../hardware-sim/devices/id-card-reader/virtual-id-card-reader.ts';
import { issueIdCard } from '../../../hardware-sim/devices/id-card-reader/virtual-id-cards.ts';
import { customKiosk, epsonLike } from '../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import { VirtualPrinter } from '../../../hardware-sim/devices/receipt-printer/virtual-printer.ts';
import { busWith } from '../../support/bench-bus.ts';
import { type MakeSoaked, noise, word } from './soaked-device.ts';

/** Invented, with a rare character in the name. */
const holder = RARE_NAME_HOLDERS.jie;

const cardReader: MakeSoaked = (clock, stream) => {
  const slot = new SimCardSlot({ clock, apduMs: 12 });
  const bus = busWith({ openCardSlot: (_address, signal) => slot.openCardSlot(signal) });
  const device = new ChipCardReader({ id: 'card-reader', address: 'sim:card-reader', bus, clock });
  return {
    device,
    use: async () => {
      if (!slot.card) slot.insert(issueCard(holder, { version: '2.00' }));
      const read = await device.readSocialSecurityCard({ timeoutMs: 3_000 });
      if (slot.card) slot.remove();
      return word(read);
    },
    trouble: {
      unplug: () => slot.unplug(),
      hang: () => slot.hang(),
      tornOff: () => slot.faults.tearOffAtApdu(1 + stream.below(6)),
      wrongWay: () => {
        if (!slot.card) slot.insert(issueCard(holder, { version: '2.00' }), { face: 'wrong' });
      },
    },
    mend: () => {
      if (slot.pluggedIn) slot.unplug();
      slot.plugIn();
      if (slot.card) slot.remove();
    },
  };
};

const idCardReader: MakeSoaked = (clock, stream) => {
  const twin = new VirtualIdCardReader({ clock });
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const device = new SamIdCardReader({ id: 'id-card-reader', address: 'sim:id-card', bus, clock });
  return {
    device,
    use: async () => {
      twin.present(issueIdCard(holder));
      const read = await device.readIdCard({ timeoutMs: 4_000 });
      twin.takeAway();
      return word(read);
    },
    trouble: {
      unplug: () => twin.unplug(),
      hang: () => twin.hang(),
      noise: () => twin.noise(noise(stream)),
      takenAway: () => void twin.takeAway(),
    },
    mend: () => {
      twin.unplug();
      twin.plugIn();
    },
  };
};

const scanner =
  (form: 'line' | 'hidPos'): MakeSoaked =>
  (clock) => {
    const twin = new SimCodeScanner({ mode: form, clock });
    const bus = busWith({
      openByteLink: (_address, signal) => twin.openByteLink(signal),
      openHidLink: (_address, signal) => twin.openHidLink(signal),
    });
    const device = openCodeScanner({ id: 'code-scanner', address: 'sim:scanner', bus, clock }, form);
    let nth = 0;
    return {
      device,
      use: () => {
        nth += 1;
        const code = `13499999${String(nth).padStart(10, '0')}`;
        return new Promise((resolve) => {
          const end = (told: string): void => {
            stop();
            cancel();
            resolve(told);
          };
          const stop = device.onScannerEvent((event) => end(event.event === 'codeRead' ? 'done' : event.event));
          const cancel = clock.timer(5_000, () => end('timeOut'));
          twin.show(code);
        });
      },
      trouble: { unplug: () => twin.unplug(), hang: () => twin.hang() },
      mend: () => {
        twin.unplug();
        twin.plugIn();
      },
    };
  };

/** A gap at its mouth, or a presenter that holds the slip until it is taken, half taken, or drawn back. */
const printer =
  (mouth: 'gap' | 'presenter'): MakeSoaked =>
  (clock, stream) => {
    const presents = mouth === 'presenter';
    const twin = new VirtualPrinter({ clock, profile: presents ? customKiosk : epsonLike });
    const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
    const profile = printerProfile(presents ? 'custom-presenter' : 'epson-like');
    const device = new EscposReceiptPrinter({ id: 'receipt-printer', address: 'sim:printer', bus, clock, profile });
    const blocks = Array.from({ length: 12 }, (_, line) => ({ kind: 'text', text: `第 ${line + 1} 行 TEST` }) as const);
    const emptyBin = (): void => {
      while (twin.state().outlet.length > 0) twin.tear();
    };
    return {
      device,
      use: async () => {
        const printed = await device.print({ blocks }, { timeoutMs: 20_000 });
        // A patient takes the slip, or goes without it: then the journey has it drawn back.
        if (presents && stream.below(3) === 0) await device.retract({ timeoutMs: 10_000 });
        else twin.tear();
        return word(printed);
      },
      trouble: {
        unplug: () => twin.unplug(),
        hang: () => twin.hang(),
        coverOpen: () => twin.openCover(),
        paperOut: () => twin.loadPaper(stream.below(60)),
        powerCut: () => twin.powerOff(),
        ...(presents ? { pullHalf: () => twin.pullHalf() } : {}),
      },
      mend: () => {
        twin.powerOff();
        twin.unplug();
        twin.plugIn();
        twin.powerOn();
        twin.closeCover();
        twin.loadPaper(80_000);
        twin.tear();
        emptyBin();
      },
    };
  };

export const frontDevices: Readonly<Record<string, MakeSoaked>> = {
  cardReader,
  idCardReader,
  lineScanner: scanner('line'),
  hidScanner: scanner('hidPos'),
  printer: printer('gap'),
  presenterPrinter: printer('presenter'),
};
