/** The virtual receipt printer behind a USB plug of the guest, with its hands. */
import { systemClock } from '../../../drivers/system-clock.ts';
import { paperText } from '../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { VirtualPrinter } from '../../../hardware-sim/devices/receipt-printer/virtual-printer.ts';
import { serveHands } from '../bench-process.ts';
import { UsbPrinter } from '../doors/usb-printer.ts';
import { UsbIpServer } from '../doors/usbip-server.ts';

const printer = new VirtualPrinter({ clock: systemClock });
const plug = new UsbPrinter(printer);
await plug.connect();
const door = await UsbIpServer.open(plug);

serveHands({
  loadPaper: (mm: number) => printer.loadPaper(mm),
  openCover: () => printer.openCover(),
  closeCover: () => printer.closeCover(),
  unplug: () => {
    door.unplug();
    printer.unplug();
    return Date.now();
  },
  plugIn: async () => {
    printer.plugIn();
    await plug.connect();
    door.plugIn();
  },
  outlet: () => printer.state().outlet.flatMap((sheet) => [...paperText(sheet)]),
  state: () => {
    const { paperOut, coverOpen, buffered } = printer.state();
    return { paperOut, coverOpen, buffered };
  },
  tear: () => void printer.tear(),
});
