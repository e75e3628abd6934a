/**
 * A face module on the bench: a lens of its own, a memory for people, a serial cable.
 *
 * It knows whom it was given a photo of and compares that with whoever stands
 * before it, in its own time. One promise: like a real one it forgets nobody by
 * itself, not even when its plug is pulled.
 */
import type { ByteLink, Clock, Unsubscribe } from '../../../drivers/ports.ts';
import { SerialPlug } from '../serial-plug.ts';
import { type HostSaid, ModuleEars, say } from './module-wire.ts';

export interface FaceModuleOptions {
  readonly clock: Clock;
  /** Whose photo these JPEG bytes are; `undefined`: no face in it. */
  readonly whose: (photo: Uint8Array) => string | undefined;
}

/** What hands cannot bring about. */
export class FaceModuleFaults {
  cameraBroken = false;
  /** Says that it forgot, and did not. */
  keepsPeople = false;
  /** Recognises whoever stands there as a user that nobody put in. */
  inventsUsers = false;
  /** Set up for an encrypted line. */
  wantsEncryption = false;
}

const MID = { reset: 0x10, status: 0x11, verify: 0x12, delAll: 0x21, users: 0x24, version: 0x30, photo: 0xf7 } as const;
const ANSWER_MS = 20;
const NOTE_MS = 200;
/** From a good face to the word about it, ms. */
const THINKS_MS = 600;
const NO_FACE = 1;

export class VirtualFaceModule {
  readonly plug: SerialPlug;
  readonly faults = new FaceModuleFaults();
  /** Who stands before its lens; `spoof`: a picture of that person. */
  before: { readonly who: string; readonly spoof?: boolean } | undefined;
  readonly #options: FaceModuleOptions;
  readonly #ears = new ModuleEars();
  #people: string[] = [];
  #photo: { readonly length: number; bytes: number[] } | undefined;
  #looking: Unsubscribe | undefined;
  #hung = false;
  #life = 0;

  constructor(options: FaceModuleOptions) {
    this.#options = options;
    this.plug = new SerialPlug({
      clock: options.clock,
      hears: (bytes) => {
        if (!this.#hung) for (const said of this.#ears.hear(bytes)) this.#obey(said);
      },
    });
  }

  /** Whom it would recognise now. */
  get people(): readonly string[] {
    return this.#people;
  }

  get hung(): boolean {
    return this.#hung;
  }

  /** A check is on. */
  get looking(): boolean {
    return this.#looking !== undefined;
  }

  stepInFront(who: string): void {
    this.before = { who };
  }

  holdUpPictureOf(who: string): void {
    this.before = { who, spoof: true };
  }

  stepAway(): void {
    this.before = undefined;
  }

  unplug(): void {
    this.#hung = false;
    this.#stop();
    this.#life += 1;
    this.#ears.forget();
    this.#photo = undefined;
    this.plug.pull();
  }

  plugIn(): void {
    this.plug.pushIn();
  }

  hang(): void {
    this.#hung = true;
    this.plug.silence();
  }

  noise(bytes: Uint8Array): void {
    this.plug.say(bytes);
  }

  openByteLink(signal: AbortSignal): Promise<ByteLink> {
    return this.plug.openByteLink(signal);
  }

  #obey({ message, data }: HostSaid): void {
    switch (message) {
      case MID.reset:
        if (this.#looking) this.#reply(MID.verify, 2);
        this.#stop();
        this.#photo = undefined;
        this.#reply(MID.reset, 0);
        return;
      case MID.status:
        this.#reply(MID.status, 0, [this.#looking ? 1 : 0]);
        return;
      case MID.version:
        this.#reply(MID.version, 0, [...Buffer.from('YZ-VIRTUAL-FACE-1.0'.padEnd(32, '\0'), 'latin1')]);
        return;
      case MID.delAll: {
        const none = this.#people.length === 0;
        if (!this.faults.keepsPeople) this.#people = [];
        this.#reply(MID.delAll, none ? 8 : 0);
        return;
      }
      case MID.users:
        this.#reply(MID.users, 0, [this.#people.length, ...this.#people.flatMap((_who, at) => [0, at + 1])]);
        return;
      case MID.photo:
        this.#takePhoto(data);
        return;
      case MID.verify:
        this.#look((data[1] ?? 10) * 1_000);
        return;
      default:
        this.#reply(message, 6);
        return;
    }
  }

  #takePhoto(data: Uint8Array): void {
    if (this.faults.wantsEncryption) {
      this.#reply(MID.photo, 21);
      return;
    }
    const piece = Buffer.from(data).readUInt16BE(0);
    if (piece === 0) {
      this.#photo = { length: Buffer.from(data).readUInt32BE(2), bytes: [] };
      this.#reply(MID.photo, 0);
      return;
    }
    const photo = this.#photo;
    if (!photo) {
      this.#reply(MID.photo, 1);
      return;
    }
    photo.bytes.push(...data.subarray(2));
    if (photo.bytes.length < photo.length) {
      this.#reply(MID.photo, 0);
      return;
    }
    this.#photo = undefined;
    const who = this.#options.whose(Uint8Array.from(photo.bytes));
    if (who === undefined) {
      this.#reply(MID.photo, 5);
      return;
    }
    this.#people.push(who);
    this.#reply(MID.photo, 0, [0, this.#people.length]);
    return;
  }

  #look(limitMs: number): void {
    if (this.#looking) {
      this.#reply(MID.verify, 1);
      return;
    }
    if (this.faults.cameraBroken) {
      this.#reply(MID.verify, 4);
      return;
    }
    let passedMs = 0;
    let seenMs = 0;
    const tick = (): void => {
      this.#looking = this.#options.clock.timer(NOTE_MS, () => {
        passedMs += NOTE_MS;
        const { before } = this;
        seenMs = before ? seenMs + NOTE_MS : 0;
        this.#say(say(1, [1, ...words([before ? 0 : NO_FACE, 180, 120, 420, 400, 0, 0, 0])]));
        if (seenMs >= THINKS_MS && before) this.#end(before);
        else if (passedMs < limitMs) tick();
        else {
          this.#looking = undefined;
          this.#reply(MID.verify, 13);
        }
      });
    };
    tick();
  }

  #end({ who, spoof }: { readonly who: string; readonly spoof?: boolean }): void {
    this.#looking = undefined;
    if (spoof) {
      this.#reply(MID.verify, 12);
      return;
    }
    const at = this.#people.indexOf(who);
    if (this.faults.inventsUsers) {
      this.#reply(MID.verify, 0, [0, 9, ...new Array<number>(34).fill(0)]);
      return;
    }
    if (at < 0) {
      this.#reply(MID.verify, 8);
      return;
    }
    this.#reply(MID.verify, 0, [0, at + 1, ...new Array<number>(34).fill(0)]);
    return;
  }

  #stop(): void {
    this.#looking?.();
    this.#looking = undefined;
  }

  #reply(message: number, result: number, data: readonly number[] = []): void {
    const life = this.#life;
    this.#options.clock.timer(ANSWER_MS, () => {
      if (life === this.#life) this.#say(say(0, [message, result, ...data]));
    });
  }

  #say(bytes: Uint8Array): void {
    if (!this.#hung) this.plug.say(bytes);
  }
}

/** 16 bits each, the low byte first. */
function words(values: readonly number[]): readonly number[] {
  return values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff]);
}
