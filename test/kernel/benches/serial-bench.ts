/** A serial device behind a USB plug that gives back what it gets, and can talk without end. */
import { serveHands } from '../bench-process.ts';
import { UsbSerial } from '../doors/usb-serial.ts';
import { UsbIpServer } from '../doors/usbip-server.ts';

const device: UsbSerial = new UsbSerial((bytes) => device.send(bytes));
const door = await UsbIpServer.open(device);
let talking: NodeJS.Timeout | undefined;
const hush = (): void => clearInterval(talking);

serveHands({
  /** 64 bytes every 5 ms until the cable is pulled. */
  talk: () => {
    talking = setInterval(() => device.send(new Uint8Array(64).fill(0x55)), 5);
  },
  unplug: () => {
    door.unplug();
    hush();
    return Date.now();
  },
  plugIn: () => {
    hush();
    device.powerUp();
    door.plugIn();
  },
  baudRate: () => device.baudRate,
});
