/**
 * The USB plug of the virtual card slot: a CCID reader (USB-IF "Smart Card CCID" 1.1) with APDU exchange.
 *
 * It carries the ids of a reader that libccid lists, since libccid drives no
 * other. One promise: each message is answered with its own sequence number,
 * also the one whose card was torn out.
 */
import type { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { type SetupPacket, Stall, type UsbDevice, type UsbIdentity, type UsbInterface } from './usb-device.ts';

/** Gemalto PC Twin Reader, as /etc/libccid_Info.plist has it. */
const READER_IDS = { vendor: 0x08e6, product: 0x3437 };
/** PC_to_RDR and RDR_to_PC, table 6.1-1 and 6.2-1 of the specification. */
const ASK = {
  setParameters: 0x61,
  powerOn: 0x62,
  powerOff: 0x63,
  slotStatus: 0x65,
  transfer: 0x6f,
  getParameters: 0x6c,
  resetParameters: 0x6d,
};
const ANSWER = { dataBlock: 0x80, slotStatus: 0x81, parameters: 0x82, slotChange: 0x50 };
const HEAD_BYTES = 10;
/** bmICCStatus, and bmCommandStatus "failed" in the upper bits. */
const ICC = { active: 0, inactive: 1, none: 2 };
const FAILED = 0x40;
const ERROR = { mute: 0xfe, notSupported: 0x00 };
/** Automatic activation, voltage, clock, baud rate, parameters and PPS; short APDU level exchange. */
const FEATURES = 0x0002_00be;
const LONGEST_MESSAGE = 271;

const CCID_DESCRIPTOR = Uint8Array.of(
  ...[0x36, 0x21, 0x10, 0x01, 0, 0x07], // bcdCCID 1.10, one slot, 5 V, 3 V, 1.8 V
  ...u32(3), // T=0 and T=1
  ...[...u32(4_000), ...u32(4_000), 0], // clock, kHz
  ...[...u32(10_753), ...u32(344_086), 0], // data rates, bit/s
  ...[...u32(254), ...u32(0), ...u32(0)],
  ...[...u32(FEATURES), ...u32(LONGEST_MESSAGE)],
  ...[0xff, 0xff, 0, 0, 0, 1],
);
/** Table 6.2-3: T=0 with the usual values. */
const T0_PARAMETERS = Uint8Array.of(0x11, 0x00, 0x00, 0x0a, 0x00);

export class UsbCcidReader implements UsbDevice {
  readonly identity: UsbIdentity = { ...READER_IDS, maker: 'Gemalto', name: 'USB SmartCard Reader', serial: '' };
  readonly interfaces: readonly UsbInterface[] = [
    {
      kind: [0x0b, 0, 0],
      extra: CCID_DESCRIPTOR,
      endpoints: [
        { address: 0x81, type: 'bulk', packetBytes: 64 },
        { address: 0x02, type: 'bulk', packetBytes: 64 },
        { address: 0x83, type: 'interrupt', packetBytes: 8 },
      ],
    },
  ];
  readonly #slot: SimCardSlot;
  readonly #answers: Uint8Array[] = [];
  readonly #changes: Uint8Array[] = [];
  readonly #waiting = new Set<() => void>();
  #message: number[] = [];
  #powered = false;
  #cardThere = false;

  constructor(slot: SimCardSlot) {
    this.#slot = slot;
    slot.onMediaChanged(() => this.#noticeCard());
    this.powerUp();
  }

  /** The reader's controller starts when it is plugged in: it reports a card that lies there already. */
  powerUp(): void {
    this.#answers.length = 0;
    this.#changes.length = 0;
    this.#message = [];
    this.#powered = false;
    this.#cardThere = false;
    this.#noticeCard();
  }

  control({ request }: SetupPacket): Uint8Array {
    // ABORT is answered; clock frequencies and data rates have no table here.
    if (request === 0x01) return new Uint8Array(0);
    throw new Stall();
  }

  async out(_endpoint: number, bytes: Uint8Array): Promise<void> {
    this.#message.push(...bytes);
    if (this.#message.length < HEAD_BYTES) return;
    const message = Uint8Array.from(this.#message);
    const length = new DataView(message.buffer).getUint32(1, true);
    if (message.length < HEAD_BYTES + length && length <= LONGEST_MESSAGE) return;
    this.#message = [];
    this.#obey(message, message.slice(HEAD_BYTES, HEAD_BYTES + length)).then(
      (answer) => this.#push(this.#answers, answer),
      () => undefined,
    );
  }

  in(endpoint: number, length: number, signal: AbortSignal): Promise<Uint8Array> {
    const queue = endpoint === 3 ? this.#changes : this.#answers;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const first = queue.shift();
        if (!first) return;
        this.#waiting.delete(look);
        resolve(first.slice(0, length));
      };
      this.#waiting.add(look);
      signal.addEventListener('abort', () => {
        this.#waiting.delete(look);
        reject(signal.reason);
      });
      look();
    });
  }

  async #obey(message: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    const [kind = 0] = message;
    const answer = (type: number, content: Uint8Array, trouble?: number): Uint8Array =>
      Uint8Array.of(
        ...[type, ...u32(content.length), message[5] ?? 0, message[6] ?? 0],
        ...[this.#icc() | (trouble === undefined ? 0 : FAILED), trouble ?? 0, 0],
        ...content,
      );
    switch (kind) {
      case ASK.powerOn: {
        const atr = this.#slot.power();
        this.#powered = atr !== undefined;
        return atr ? answer(ANSWER.dataBlock, atr) : answer(ANSWER.dataBlock, Uint8Array.of(), ERROR.mute);
      }
      case ASK.powerOff:
        this.#powered = false;
        this.#slot.powerOff();
        return answer(ANSWER.slotStatus, Uint8Array.of());
      case ASK.slotStatus:
        return answer(ANSWER.slotStatus, Uint8Array.of());
      case ASK.getParameters:
      case ASK.resetParameters:
        return answer(ANSWER.parameters, T0_PARAMETERS);
      case ASK.setParameters:
        return answer(ANSWER.parameters, data);
      case ASK.transfer:
        try {
          return answer(ANSWER.dataBlock, await this.#slot.transmit(data));
        } catch {
          return answer(ANSWER.dataBlock, Uint8Array.of(), ERROR.mute);
        }
      default:
        return answer(ANSWER.slotStatus, Uint8Array.of(), ERROR.notSupported);
    }
  }

  #icc(): number {
    if (this.#slot.media().kind === 'notPresent') return ICC.none;
    return this.#powered ? ICC.active : ICC.inactive;
  }

  #noticeCard(): void {
    const there = this.#slot.media().kind !== 'notPresent';
    if (there === this.#cardThere) return;
    this.#cardThere = there;
    if (!there) this.#powered = false;
    this.#push(this.#changes, Uint8Array.of(ANSWER.slotChange, 0x02 | (there ? 1 : 0)));
  }

  #push(queue: Uint8Array[], bytes: Uint8Array): void {
    queue.push(bytes);
    for (const look of [...this.#waiting]) look();
  }
}

function u32(value: number): [number, number, number, number] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}
