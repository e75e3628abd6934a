/**
 * What a machine must have for each kind of device: the row says for whom, how one sees it, and what to do without it.
 */
import type { DeviceClass } from './device.ts';

export interface MachineNeed {
  /** A word that stays the same: `pcscDaemon`. */
  readonly id: string;
  /** In plain words, for the person at the machine. */
  readonly what: string;
  readonly forDevices: readonly DeviceClass[];
  /** Any one of these paths is enough; `*` stands for whatever is in one name. */
  readonly anyOf?: readonly string[];
  /** A program on the search path. */
  readonly program?: string;
  /** What is there must also be readable and writable by this user. */
  readonly mustOpen?: boolean;
  readonly missing: string;
  readonly notAllowed?: string;
}

export const MACHINE_NEEDS: readonly MachineNeed[] = [
  {
    id: 'pcscDaemon',
    what: 'the card reader service (pcscd)',
    forDevices: ['cardReader'],
    anyOf: ['/run/pcscd/pcscd.comm', '/var/run/pcscd/pcscd.comm'],
    missing: 'apt-get install pcscd libccid, then systemctl enable --now pcscd.socket',
  },
  {
    id: 'pcsclite',
    what: 'the native card reader library (npm package pcsclite)',
    forDevices: ['cardReader'],
    anyOf: ['node_modules/pcsclite/build/Release/pcsclite.node'],
    missing:
      'apt-get install libpcsclite-dev g++ make, then run "npm start" once more; "pcscd:" addresses do without it',
  },
  {
    id: 'serialPort',
    what: 'a serial port (also those of USB devices)',
    forDevices: ['idCardReader', 'pinPad', 'bankTerminal', 'queueDisplay', 'cabinet', 'codeScanner', 'receiptPrinter'],
    anyOf: ['/dev/ttyUSB*', '/dev/ttyACM*', '/dev/ttyAMA*', '/dev/ttyS*'],
    mustOpen: true,
    missing: 'plug the device in; "dmesg | tail" should name a tty. Put its /dev/serial/by-id path into the site file',
    notAllowed: 'add this user to the group dialout (usermod -aG dialout USER) and log in again',
  },
  {
    id: 'hidDevice',
    what: 'a HID device that is no keyboard (/dev/hidraw)',
    forDevices: ['codeScanner', 'pinPad', 'idCardReader'],
    anyOf: ['/dev/hidraw*'],
    mustOpen: true,
    missing: 'plug the device in and set a scanner to HID-POS, not keyboard mode',
    notAllowed: 'add a udev rule: KERNEL=="hidraw*", GROUP="plugdev", MODE="0660", then unplug and plug in',
  },
  // node-hid is linked against both, whichever way it reads; a desktop has them, a small image often has not.
  {
    id: 'libusb',
    what: 'the library with which HID devices are read (libusb-1.0.so.0)',
    forDevices: ['codeScanner', 'pinPad', 'idCardReader'],
    anyOf: sharedObject('libusb-1.0.so.0'),
    missing: 'apt-get install libusb-1.0-0; without it no "hid:" address opens, serial and TCP ones do',
  },
  {
    id: 'libudev',
    what: 'the library with which HID devices are found (libudev.so.1)',
    forDevices: ['codeScanner', 'pinPad', 'idCardReader'],
    anyOf: sharedObject('libudev.so.1'),
    missing: 'apt-get install libudev1; without it no "hid:" address opens, serial and TCP ones do',
  },
  {
    id: 'usbBus',
    what: 'the USB bus (/dev/bus/usb)',
    forDevices: ['receiptPrinter'],
    anyOf: ['/dev/bus/usb/*'],
    missing: 'this machine shows no USB bus; on a virtual machine pass the device through',
  },
  {
    id: 'camera',
    what: 'a camera (/dev/video)',
    forDevices: ['camera'],
    anyOf: ['/dev/video*'],
    mustOpen: true,
    missing: 'plug the camera in; v4l2-ctl --list-devices should name it',
    notAllowed: 'add this user to the group video (usermod -aG video USER) and log in again',
  },
  {
    id: 'ffmpeg',
    what: 'ffmpeg, which reads the camera',
    forDevices: ['camera'],
    program: 'ffmpeg',
    missing: 'apt-get install ffmpeg',
  },
  {
    id: 'printService',
    what: 'a print queue program (lp) for the A4 printer',
    forDevices: ['pagePrinter'],
    program: 'lp',
    missing: 'apt-get install cups-client, or give the printer by its raw address (tcp://HOST:9100)',
  },
  {
    id: 'gpioTools',
    what: 'the programs for the board’s own pins (gpiomon, gpioset)',
    forDevices: ['cabinet'],
    program: 'gpiomon',
    missing: 'apt-get install gpiod; not needed when lights and doors hang on a Firmata board',
  },
  {
    id: 'network',
    what: 'the kernel’s list of network interfaces',
    forDevices: ['network'],
    anyOf: ['/sys/class/net/*'],
    missing: 'this machine has no Linux network folder; isolation can’t be proved on it',
  },
  {
    id: 'iproute2',
    what: 'the program that tells of the network (ip)',
    forDevices: ['network'],
    program: 'ip',
    missing: 'apt-get install iproute2',
  },
  {
    id: 'speech',
    what: 'the program that makes speech (espeak-ng)',
    forDevices: ['voice'],
    program: 'espeak-ng',
    missing: 'apt-get install espeak-ng (and alsa-utils where the voice is to be heard on the sound card)',
  },
];

/** Where Debian, Fedora and their kin keep a shared library; Debian in a folder of the processor's name. */
function sharedObject(name: string): readonly string[] {
  return ['/usr/lib/*-linux-gnu*', '/lib/*-linux-gnu*', '/usr/lib64', '/usr/lib', '/lib'].map(
    (folder) => `${folder}/${name}`,
  );
}
