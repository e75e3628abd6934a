/**
 * A printer on the bench: takes the same bytes as a real one and answers them.
 *
 * It knows paper, cover, knife, head, cable and power, nothing about receipts.
 * Hands do to it what hands do to a printer; what follows, follows from physics,
 * so a state that no real printer can be in can't be set up.
 */
import { type ByteLink, type Clock, LinkLostError, type Unsubscribe } from '../../../drivers/ports.ts';
import { AnswerLine, isProcessId } from './machine/answer-line.ts';
import { Board } from './machine/board.ts';
import { Cable } from './machine/cable.ts';
import { isOffline } from './machine/condition.ts';
import { PrinterFaults } from './machine/faults.ts';
import { Listeners } from './machine/listeners.ts';
import { Mechanism } from './machine/mechanism.ts';
import { Outlet } from './machine/presenter.ts';
import { epsonLike, type PrinterProfile } from './machine/profiles.ts';
import type { Sheet } from './paper.ts';
import type { PaperEvent, PrinterSnapshot, WireEvent } from './printer-snapshot.ts';

export interface VirtualPrinterOptions {
  readonly clock: Clock;
  /** Default: `epsonLike`. */
  readonly profile?: PrinterProfile;
  /** A new roll is 50 m long. */
  readonly paperMm?: number;
}

const NEW_ROLL_MM = 50_000;

export class VirtualPrinter {
  readonly faults = new PrinterFaults();
  readonly profile: PrinterProfile;
  readonly #clock: Clock;
  readonly #mechanism: Mechanism;
  readonly #board: Board;
  readonly #outlet: Outlet;
  readonly #answers: AnswerLine;
  readonly #paper = new Listeners<PaperEvent>();
  readonly #wire = new Listeners<WireEvent>();
  #cable: Cable | undefined;
  #powered = true;
  #plugged = true;
  #drawing = false;
  /** The newest process id that no host was there to read: it waits for the next one. */
  #unreadId: Uint8Array | undefined;

  constructor(options: VirtualPrinterOptions) {
    this.profile = options.profile ?? epsonLike;
    this.#outlet = new Outlet(this.profile.presenter === 'customHolding');
    const { clock } = options;
    this.#clock = clock;
    this.#answers = new AnswerLine(clock, this.profile, this.faults, (bytes) => this.#say(bytes));
    this.#mechanism = new Mechanism(clock, this.profile, options.paperMm ?? NEW_ROLL_MM, {
      onMoved: () => this.#paperMoved(),
      onSheet: (sheet) => this.#sheetOff(sheet),
      onCondition: () => this.#board.notice(),
    });
    this.#board = new Board(this.profile, {
      mechanism: this.#mechanism,
      outlet: this.#outlet,
      answer: (bytes) => this.#answers.answer(bytes),
      onWorked: () => this.#draw(),
    });
  }

  /** One host at a time; rejects with `LinkLostError` when unplugged, switched off or in use. */
  async openByteLink(signal: AbortSignal): Promise<ByteLink> {
    signal.throwIfAborted();
    if (!this.#powered || !this.#plugged) throw new LinkLostError('no printer answers at this cable');
    if (this.#cable) throw new LinkLostError('the printer serves another host');
    const cable = new Cable(
      () => this.#draw(),
      (closed) => {
        if (this.#cable === closed) this.#cable = undefined;
      },
    );
    this.#cable = cable;
    if (this.#unreadId) this.#answers.answer(this.#unreadId);
    this.#unreadId = undefined;
    return cable;
  }

  onPaper(listener: (event: PaperEvent) => void): Unsubscribe {
    return this.#paper.add(listener);
  }

  onWire(listener: (event: WireEvent) => void): Unsubscribe {
    return this.#wire.add(listener);
  }

  /** Puts in another roll; what is left of the old one comes out. */
  loadPaper(mm: number): void {
    this.#mechanism.loadPaper(mm);
    this.#goOn();
  }

  /** Takes the oldest slip from the outlet; with none there, tears off what hangs from the head. */
  tear(): Sheet | undefined {
    const sheet = this.#outlet.take() ?? this.#mechanism.tearOff();
    if (sheet) this.#paper.tell({ kind: 'taken', sheet });
    this.#board.notice();
    this.#goOn();
    return sheet;
  }

  /** Pulls the slip half out and leaves it hanging. */
  pullHalf(): void {
    this.#outlet.pullHalf();
  }

  openCover(): void {
    this.#change(() => {
      this.#mechanism.coverOpen = true;
    });
  }

  closeCover(): void {
    this.#change(() => {
      this.#mechanism.coverOpen = false;
    });
  }

  /** Pulls the data cable. The printer keeps its power, its buffer and its half-read command. */
  unplug(): void {
    this.#plugged = false;
    this.#loseCable();
  }

  plugIn(): void {
    this.#plugged = true;
  }

  /** The board stops thinking: takes bytes until its buffer is full, prints and answers nothing. Ends with the power. */
  hang(): void {
    this.#board.hung = true;
  }

  /** Something is in the way of the knife; the next cut notices. */
  jamCutter(): void {
    this.#mechanism.cutterJammed = true;
  }

  /** Takes it out again. The printer goes on when it is told to recover, or at power-on. */
  clearJam(): void {
    this.#mechanism.cutterJammed = false;
  }

  /** Too much black: the head stops until it has cooled down by itself. */
  heatHead(): void {
    this.#change(() => {
      this.#mechanism.headHot = true;
    });
    this.#clock.timer(this.profile.headCoolingMs, () =>
      this.#change(() => {
        this.#mechanism.headHot = false;
      }),
    );
  }

  powerOff(): void {
    this.#powered = false;
    this.#loseCable();
    this.#unreadId = undefined;
    this.#board.powerLost();
  }

  /** The board starts anew; a cut that failed is forgotten. */
  powerOn(): void {
    this.#powered = true;
    this.#mechanism.cutterError = false;
  }

  state(): PrinterSnapshot {
    const { coverOpen, paperMm, paperNearEnd, paperOut, headHot, cutterError, cutterJammed, cuts } = this.#mechanism;
    const { hung, buffer, drawerKicks, beeps, unknownBytes, ignoredCommands } = this.#board;
    return {
      profile: this.profile.name,
      ...{ powered: this.#powered, plugged: this.#plugged, connected: this.#cable !== undefined },
      offline: !this.#powered || isOffline(this.#board.condition),
      ...{ coverOpen, paperMm, paperNearEnd, paperOut, headHot, cutterError, cutterJammed, hung, cuts },
      printing: this.#mechanism.busy,
      buffered: buffer.used,
      bufferBytes: buffer.size,
      ...{ drawerKicks, beeps, unknownBytes, ignoredCommands },
      atHead: this.#mechanism.roll.current,
      outlet: [...this.#outlet.sheets],
      retracted: [...this.#outlet.retracted],
      fallen: [...this.#outlet.fallen],
    };
  }

  #change(change: () => void): void {
    this.#mechanism.changed(change);
    this.#goOn();
  }

  #goOn(): void {
    if (!this.#powered) return;
    this.#board.pump();
    this.#draw();
  }

  /** Takes what the host is sending and works on it, until there is no more room or nothing more to take. */
  #draw(): void {
    if (this.#drawing || !this.#powered) return;
    this.#drawing = true;
    const taken: number[] = [];
    do {
      this.#takeBytes(taken);
      this.#board.pump();
    } while (this.#cable?.next() !== undefined && !this.#board.buffer.full);
    this.#drawing = false;
    if (taken.length > 0) this.#wire.tell({ direction: 'toPrinter', bytes: Uint8Array.from(taken) });
  }

  #takeBytes(taken: number[]): void {
    while (this.#cable && !this.#board.buffer.full) {
      const byte = this.#cable.next();
      if (byte === undefined) return;
      const fate = this.faults.onByte();
      if (fate === 'disconnect') {
        this.unplug();
        return;
      }
      if (fate === 'arrives') {
        taken.push(byte);
        this.#board.receive(byte);
      }
      this.#cable.taken();
    }
  }

  #say(bytes: Uint8Array): void {
    if (!this.#cable) {
      if (isProcessId(bytes)) this.#unreadId = bytes;
      return;
    }
    this.#wire.tell({ direction: 'toHost', bytes });
    this.#cable.deliver(bytes);
  }

  #paperMoved(): void {
    this.#paper.tell({ kind: 'moved', sheet: this.#mechanism.roll.current });
    this.#board.notice();
  }

  #sheetOff(sheet: Sheet): void {
    this.#outlet.put(sheet);
    this.#paper.tell({ kind: 'sheet', sheet });
    this.#board.notice();
  }

  #loseCable(): void {
    this.#answers.forget();
    const cable = this.#cable;
    this.#cable = undefined;
    cable?.lose();
  }
}
