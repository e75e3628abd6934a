/**
 * An ESC/POS receipt printer on any byte link.
 *
 * A write that succeeds only means that the bytes left this machine. "Printed"
 * is said when the printer has sent back the id that stood behind the last
 * line; a printer that can't is `unconfirmed`. After a failure nothing more of
 * the old print comes out, and what it left at the head is cut off before
 * anything else is printed.
 */
import { CommandQueue } from '../command-queue.ts';
import { type CommandOptions, type Completion, type DeviceState, failed, type LastFault } from '../device.ts';
import { type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { Supervisor } from '../supervisor.ts';
import { type EncodeOptions, encodeDocument, encodeRaw, type Segment } from './encoder.ts';
import type { EscposReceiptPrinterOptions } from './escpos-printer-options.ts';
import { layOut, PaperLayoutError } from './layout.ts';
import type { PaperDocument } from './paper-document.ts';
import { type JobCompletion, type JobProgress, onPaperAfter } from './print-job.ts';
import { takePrintTurn } from './print-turn.ts';
import { capabilitiesOf, type PrinterProfile } from './printer-profile.ts';
import { PrinterStory } from './printer-story.ts';
import { askWhenIdle, echo, identityOf, recover, wake } from './printer-upkeep.ts';
import { openWire, type PrinterWire } from './printer-wire.ts';
import { processIds } from './process-ids.ts';
import type {
  MouthState,
  PaperState,
  PrintCompletion,
  PrinterEvent,
  PrintFault,
  PrintJobState,
  PrintOptions,
  ReceiptPrinter,
  RetractFault,
} from './receipt-printer.ts';
import { Remains } from './remains.ts';
import { drawBack, mouthState } from './slip-outlet.ts';
import { obstacleIn, paperStateIn } from './status.ts';
import { TextEncoding } from './text-encoding.ts';

/** For a cut between two prints, ms. */
const CUT_OFF_MS = 10_000;

export class EscposReceiptPrinter implements ReceiptPrinter {
  readonly id: string;
  readonly deviceClass = 'receiptPrinter';
  readonly #options: EscposReceiptPrinterOptions;
  readonly #profile: PrinterProfile;
  readonly #encode: EncodeOptions;
  readonly #mouth: { readonly clock: Clock; readonly retracts: (really: boolean) => void };
  readonly #queue: CommandQueue;
  readonly #supervisor: Supervisor<PrinterWire>;
  readonly #story = new PrinterStory();
  readonly #remains = new Remains();
  #wire: PrinterWire | undefined;
  #identity: string | undefined;
  #printFault: LastFault | undefined;
  #jobs = 0;
  #cancelIdleAsk: Unsubscribe | undefined;

  constructor(options: EscposReceiptPrinterOptions) {
    this.id = options.id;
    this.#options = options;
    const { profile, glyphRaster, clock } = options;
    this.#profile = profile;
    this.#encode = { profile, glyphRaster, nextProcessId: processIds() };
    this.#mouth = { clock, retracts: (really) => this.#story.retracts(really) };
    this.#queue = new CommandQueue(clock);
    this.#supervisor = new Supervisor<PrinterWire>({
      clock,
      open: (signal) => openWire(() => options.bus.openByteLink(options.address, signal), options.profile.outlet),
      ready: (wire, signal) => this.#ready(wire, signal),
      lost: () => this.#lost(),
    });
    this.#supervisor.onStateChanged(() => this.#tellChanges());
    this.#supervisor.start();
  }

  get state(): DeviceState {
    const state = this.#supervisor.state;
    return state === 'online' && this.#wire?.status.broken ? 'hardwareError' : state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault ?? this.#printFault;
  }

  get identity(): string | undefined {
    return this.#identity;
  }

  get paper(): PaperState {
    const wire = this.#supervisor.link;
    return wire?.statusKnown ? paperStateIn(wire.status) : 'unknown';
  }

  get coverOpen(): boolean {
    return this.#supervisor.link?.status.coverOpen ?? false;
  }

  get media(): MouthState {
    return mouthState(this.#supervisor.link);
  }

  get cells(): number {
    return this.#profile.cells;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { ...capabilitiesOf(this.#profile), drawsMissingGlyphs: this.#options.glyphRaster !== undefined };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#story.onState(listener);
  }

  onPrinterEvent(listener: (event: PrinterEvent) => void): Unsubscribe {
    return this.#story.onEvent(listener);
  }

  obstacle(): PrintFault | 'deviceNotReady' | undefined {
    const wire = this.#supervisor.link;
    return wire ? obstacleIn(wire.status) : 'deviceNotReady';
  }

  async print(document: PaperDocument, options: PrintOptions): Promise<PrintCompletion> {
    let segments: readonly Segment[];
    try {
      const encoding = TextEncoding.of(this.#profile.charset);
      segments = encodeDocument(layOut(document, { cells: this.cells, encoding }), this.#encode);
    } catch (error) {
      if (!(error instanceof PaperLayoutError)) throw error;
      options.onJobState?.('failed', 0);
      return { ...failed('invalidData', error.message), onPaper: 'nothing' };
    }
    return this.#run(segments, options);
  }

  retract(options: CommandOptions): Promise<Completion<'retracted', RetractFault>> {
    return this.#queue.run<Completion<'retracted', RetractFault>, RetractFault>(options, async (signal) => {
      const wire = this.#supervisor.link;
      if (!wire) return failed('deviceNotReady', 'the printer is not there');
      return drawBack({ wire, profile: this.#profile, ...this.#mouth }, signal);
    });
  }

  /** Prints bytes made by somebody else's program, under the same checks and with the same proof. */
  printRaw(bytes: Uint8Array, options: PrintOptions): Promise<PrintCompletion> {
    return this.#run(encodeRaw(bytes, this.#encode), options);
  }

  /** Proves without a dot on paper that prints are confirmed; `unsupportedCommand` where this printer never does. */
  echo(options: CommandOptions): Promise<Completion<void>> {
    const upkeep = { clock: this.#options.clock, profile: this.#profile, id: this.#encode.nextProcessId() };
    return this.#queue.run(options, (signal) => echo({ ...upkeep, wire: this.#supervisor.link, signal }));
  }

  /** Whoever keeps a record of begun prints found one that a power cut or a crash of ours ended. */
  suspectRemains(): void {
    this.#remains.suspect();
    this.#cutOffWhenReady();
  }

  async close(): Promise<void> {
    this.#queue.drop();
    await this.#supervisor.close();
  }

  async #run(segments: readonly Segment[], options: PrintOptions): Promise<PrintCompletion> {
    const progress: JobProgress = { stage: 'waiting', confirmedSegments: 0 };
    const report = (state: PrintJobState): void => options.onJobState?.(state, progress.confirmedSegments);
    report('queued');
    this.#jobs += 1;
    const completion = await this.#queue
      .run<JobCompletion, PrintFault>(options, (signal) => this.#print(segments, { progress, report, signal }))
      .finally(() => {
        this.#jobs -= 1;
      });
    if (completion.done) {
      this.#printFault = undefined;
      const blind = this.#profile.outlet === undefined;
      if (blind && completion.value.proof === 'printed') this.#story.tell({ event: 'mediaPresented' });
      return completion;
    }
    report('failed');
    const { fault, detail } = completion;
    this.#printFault = { fault, detail, atWallMs: this.#options.clock.wallMs() };
    // Bytes may still be on their way: a new link is the only way to be sure that they are not.
    const underWay = progress.stage !== 'waiting' && (progress.stage !== 'asking' || fault === 'timeOut');
    if (underWay && (fault === 'timeOut' || fault === 'canceled')) this.#restart(`a print ended as ${fault}`);
    this.#cutOffWhenReady();
    return { ...completion, onPaper: onPaperAfter(fault, progress) };
  }

  async #print(
    segments: readonly Segment[],
    job: { progress: JobProgress; report: (state: PrintJobState) => void; signal: AbortSignal },
  ): Promise<JobCompletion> {
    const { signal } = job;
    job.progress.stage = 'asking';
    const wire = this.#supervisor.link;
    if (!wire) return failed('deviceNotReady', 'the printer is not there');
    const turn = { ...job, segments, wire, remains: this.#remains, ...this.#encode, ...this.#mouth };
    const onUnsure = (): void => this.#restart('the printer did not confirm that it cleared its buffers');
    return takePrintTurn({ ...turn, onUnsure }, signal);
  }

  /**
   * At once rather than before the next print: whoever closed the cover, or the
   * patient whose slip it was, still stands there; the next patient does not.
   */
  #cutOffWhenReady(): void {
    const wire = this.#supervisor.link;
    if (!this.#remains.due || !wire || this.#jobs > 0 || obstacleIn(wire.status)) return;
    // A mistake of ours would meet the next print in the same place, and its caller hears of it.
    this.#run([], { timeoutMs: CUT_OFF_MS }).catch(() => undefined);
  }

  async #ready(wire: PrinterWire, signal: AbortSignal): Promise<void> {
    const upkeep = { wire, signal, profile: this.#profile, clock: this.#options.clock };
    this.#wire = wire;
    let before = wire.status;
    wire.onStatus((status) => {
      this.#tellChanges();
      // Freeing a jam means opening the cover: that it is closed again is the moment to try.
      if (before.coverOpen && !status.coverOpen && status.jammed) recover(wire, this.#options.clock);
      before = status;
    });
    await wake(upkeep);
    this.#identity = (await identityOf(upkeep)) ?? this.#identity;
    const idle = (): boolean => this.#wire === wire && this.#jobs === 0;
    const onSilent = (): void => {
      if (idle()) this.#restart('the printer stopped answering');
    };
    this.#cancelIdleAsk = askWhenIdle({ ...upkeep, idle, onSilent });
  }

  #lost(): void {
    this.#cancelIdleAsk?.();
    this.#wire?.end(new LinkLostError('the link to the printer is lost'));
    this.#wire = undefined;
    this.#queue.drop();
  }

  #tellChanges(): void {
    const { coverOpen, slipWaiting: slip } = this.#supervisor.link?.status ?? {};
    this.#story.sees({ state: this.state, paper: this.paper, coverOpen, slip });
    this.#cutOffWhenReady();
  }

  #restart(why: string): void {
    this.#supervisor.restart(why).catch(() => undefined);
  }
}
