/**
 * The hospital's recorder on the bench, with one or more cameras.
 *
 * It keeps footage and the marks in it, by its own clock. One promise: a mark is in
 * the footage once, however often it was told, and only while its camera records.
 */
import { type ByteLink, type Clock, LinkLostError, type Unsubscribe } from '../../../drivers/ports.ts';
import { kioskLine, recorderAnswer } from './recorder-wire.ts';

export interface KeptMark {
  readonly kiosk: string;
  readonly interval: string;
  readonly kind: string;
  readonly camera: string;
  /** By the kiosk's calendar, as it said. */
  readonly kioskWallMs: number;
  /** By the recorder's own, when it came. */
  readonly recorderWallMs: number;
  readonly late: boolean;
}

export interface VirtualRecorderOptions {
  readonly clock: Clock;
  /** Default: `entrance-1`. */
  readonly cameras?: readonly string[];
  /** Its clock before the kiosk's, ms. */
  readonly aheadMs?: number;
}

const LONGEST_LINE = 512;

export class VirtualRecorder {
  /** What stands in the footage. */
  readonly marks: KeptMark[] = [];
  /** What kiosks said they had to give up. */
  lostMarks = 0;
  readonly #clock: Clock;
  readonly #recording: Map<string, boolean>;
  readonly #seen = new Set<string>();
  #aheadMs: number;
  #link: RecorderLink | undefined;
  #line = '';
  #kiosk = '';
  #boot = '';
  #plugged = true;
  #hung = false;
  #full = false;

  constructor({ clock, cameras = ['entrance-1'], aheadMs = 0 }: VirtualRecorderOptions) {
    this.#clock = clock;
    this.#aheadMs = aheadMs;
    this.#recording = new Map(cameras.map((camera) => [camera, true]));
  }

  get pluggedIn(): boolean {
    return this.#plugged;
  }

  get hung(): boolean {
    return this.#hung;
  }

  isRecording(camera = 'entrance-1'): boolean {
    return this.#recording.get(camera) === true && !this.#full;
  }

  stopRecording(camera = 'entrance-1'): void {
    this.#recording.set(camera, false);
    this.#say('STATE', { cam: camera, rec: 0 });
  }

  startRecording(camera = 'entrance-1'): void {
    this.#recording.set(camera, true);
    this.#say('STATE', { cam: camera, rec: 1 });
  }

  fillDisk(): void {
    this.#full = true;
  }

  changeDisk(): void {
    this.#full = false;
  }

  /** Its clock from now on, before the kiosk's, ms. */
  setClockApart(aheadMs: number): void {
    this.#aheadMs = aheadMs;
  }

  unplug(): void {
    this.#plugged = false;
    const link = this.#link;
    this.#link = undefined;
    link?.lose('the recorder was unplugged');
  }

  plugIn(): void {
    this.#plugged = true;
    this.#hung = false;
  }

  hang(): void {
    this.#hung = true;
  }

  wakeUp(): void {
    this.#hung = false;
  }

  garbage(bytes: Uint8Array): void {
    this.#link?.deliver(bytes);
  }

  openByteLink(_signal: AbortSignal): Promise<ByteLink> {
    if (!this.#plugged) return Promise.reject(new LinkLostError('the recorder is not plugged in'));
    // A new connection replaces a dead one, as recorders do it.
    this.#link?.lose('another connection came');
    this.#line = '';
    const link = new RecorderLink((bytes) => this.#take(bytes));
    this.#link = link;
    return Promise.resolve(link);
  }

  #wallMs(): number {
    return Math.round(this.#clock.wallMs() + this.#aheadMs);
  }

  #say(word: string, fields: Readonly<Record<string, string | number>>): void {
    if (!this.#hung) this.#link?.deliver(recorderAnswer(word, fields));
  }

  #take(bytes: Uint8Array): void {
    if (this.#hung) return;
    for (const byte of bytes) {
      if (byte === 0x0a) {
        this.#obey(this.#line);
        this.#line = '';
      } else if (this.#line.length < LONGEST_LINE) this.#line += String.fromCharCode(byte);
    }
  }

  #obey(line: string): void {
    const said = kioskLine(line);
    if (!said) return;
    const { word, fields } = said;
    if (word === 'HELLO') {
      this.#kiosk = fields['kiosk'] ?? '';
      this.#boot = fields['boot'] ?? '';
      this.#say('READY', { v: 1, recorder: 'bench-nvr', cams: [...this.#recording.keys()].join(',') });
      for (const [cam, recording] of this.#recording) this.#say('STATE', { cam, rec: recording ? 1 : 0 });
    } else if (word === 'TIME') this.#say('TIME', { id: fields['id'] ?? '', at: this.#wallMs() });
    else if (word === 'LOST') this.lostMarks += Number(fields['n']);
    else if (word === 'MARK') this.#mark(fields);
  }

  #mark(fields: Readonly<Record<string, string>>): void {
    const { seq = '', cam = '', ivl = '', kind = '', at = '', late } = fields;
    const recording = this.#recording.get(cam);
    if (recording === undefined || this.#full) {
      this.#say('NAK', { seq, reason: this.#full ? 'full' : 'unknownCamera' });
      return;
    }
    const once = `${this.#kiosk}/${this.#boot}/${seq}`;
    const recorderWallMs = this.#wallMs();
    if (recording && !this.#seen.has(once)) {
      this.#seen.add(once);
      const mark = { kiosk: this.#kiosk, interval: ivl, kind, camera: cam, kioskWallMs: Number(at) };
      this.marks.push({ ...mark, recorderWallMs, late: late === '1' });
    }
    this.#say('ACK', { seq, rec: recording ? 1 : 0, at: recorderWallMs });
  }
}

class RecorderLink implements ByteLink {
  readonly #toRecorder: (bytes: Uint8Array) => void;
  readonly #data = new Set<(bytes: Uint8Array) => void>();
  readonly #lost = new Set<(error: LinkLostError) => void>();
  #end: LinkLostError | undefined;

  constructor(toRecorder: (bytes: Uint8Array) => void) {
    this.#toRecorder = toRecorder;
  }

  deliver(bytes: Uint8Array): void {
    queueMicrotask(() => {
      if (!this.#end) for (const listener of [...this.#data]) listener(bytes);
    });
  }

  lose(why: string): void {
    if (this.#end) return;
    this.#end = new LinkLostError(why);
    for (const listener of [...this.#lost]) listener(this.#end);
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    if (this.#end) return Promise.reject(this.#end);
    if (signal.aborted) return Promise.reject(signal.reason);
    this.#toRecorder(bytes);
    return Promise.resolve();
  }

  onData(listener: (bytes: Uint8Array) => void): Unsubscribe {
    this.#data.add(listener);
    return () => this.#data.delete(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  close(): Promise<void> {
    this.#end ??= new LinkLostError('the kiosk hung up');
    return Promise.resolve();
  }
}
