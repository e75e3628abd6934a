/**
 * The cases of the kernel guest, in the order of their worth.
 *
 * A case is a file in `cases/` that runs alone in its own process of the guest.
 */
export interface KernelCase {
  /** What it proves, as the page in `docs/` says it. */
  readonly proves: string;
  /** Kernel modules and their parameters, loaded before it. */
  readonly modules: readonly (readonly string[])[];
  readonly limitMs: number;
  readonly architectures: readonly ('amd64' | 'arm64')[];
}

export const CASES: Readonly<Record<string, KernelCase>> = {
  'uhid-node-hid': {
    proves: 'node-hid on hidraw: a HID-POS scanner and a PIN pad, both directions, the cable pulled',
    modules: [['uhid'], ['hid-generic']],
    limitMs: 400_000,
    architectures: ['amd64', 'arm64'],
  },
  'uhid-scanner': {
    proves: 'the code scanner over `node-hid`: codes, several reports, the cable pulled and back, a keyboard refused',
    modules: [['uhid'], ['hid-generic']],
    limitMs: 400_000,
    architectures: ['amd64', 'arm64'],
  },
  'usbip-printer': {
    proves: 'the receipt printer over the `usb` package: status, a receipt, paper out, the cable pulled and back',
    modules: [['vhci-hcd'], ['usblp']],
    limitMs: 400_000,
    architectures: ['amd64'],
  },
  'usbip-usblp': {
    proves: 'the receipt printer over usblp, without native code: a receipt, paper out, the cable pulled and back',
    modules: [['vhci-hcd'], ['usblp']],
    limitMs: 400_000,
    architectures: ['amd64'],
  },
  'usbip-ccid': {
    proves:
      'the card reader over libccid, pcscd and `pcsclite`: a social-security card put in, read, turned, torn out; the cable pulled and back',
    modules: [['vhci-hcd']],
    limitMs: 400_000,
    architectures: ['amd64'],
  },
  'usbip-serial': {
    proves:
      'a USB serial device (CDC-ACM) over `serialport`: its stable name, every byte, the cable pulled idle and in full flow',
    modules: [['vhci-hcd'], ['cdc-acm']],
    limitMs: 400_000,
    architectures: ['amd64'],
  },
  'uhid-gpio': {
    proves:
      'GPIO lines over gpiod, by its tools and by our board: levels, edges, an output that is held, the chip pulled out',
    modules: [['uhid'], ['hid-cp2112']],
    limitMs: 400_000,
    architectures: ['amd64'],
  },
  'vivid-ffmpeg': {
    proves:
      'the camera transport and the unmodified ffmpeg on a V4L2 device: frames come, a second host is turned away',
    modules: [['vivid', 'node_types=0x1', 'num_inputs=1', 'input_types=0']],
    limitMs: 400_000,
    architectures: ['amd64'],
  },
};
