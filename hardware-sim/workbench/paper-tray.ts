/**
 * The sheets that a workbench can show: at the head, in the outlet, and the last
 * ones that a hand took. A sheet keeps its id from its first dot to the tray.
 */
import type { Sheet } from '../devices/receipt-printer/paper.ts';
import { DOTS_PER_MM } from '../devices/receipt-printer/paper.ts';
import { paperText } from '../devices/receipt-printer/paper-text.ts';
import type { VirtualPrinter } from '../devices/receipt-printer/virtual-printer.ts';
import { PaperDrawer } from './paper-drawer.ts';
import type { PaperView, SheetView } from './workbench-messages.ts';

const KEPT = 12;

export class PaperTray {
  readonly #printer: VirtualPrinter;
  readonly #ids = new WeakMap<Sheet, number>();
  readonly #taken: Sheet[] = [];
  readonly #drawer = new PaperDrawer();
  readonly #unsubscribe: () => void;
  #lastId = 0;
  #lastDrawn:
    | { readonly sheet: Sheet; readonly version: number; readonly svg: Promise<string | undefined> }
    | undefined;

  constructor(printer: VirtualPrinter) {
    this.#printer = printer;
    this.#unsubscribe = printer.onPaper((event) => {
      if (event.kind !== 'taken') return;
      this.#taken.unshift(event.sheet);
      this.#taken.splice(KEPT);
    });
  }

  view(): PaperView {
    const { atHead, outlet } = this.#printer.state();
    const begun = atHead.lines.length > 0 || atHead.heightDots > 0;
    return {
      atHead: begun ? this.#sheetView(atHead) : undefined,
      outlet: outlet.map((sheet) => this.#sheetView(sheet)),
      tray: this.#taken.map((sheet) => this.#sheetView(sheet)),
    };
  }

  /** Somebody is going to look at paper soon. */
  expectLooks(): void {
    this.#drawer.warm();
  }

  /** `undefined` for an id that is not there any more. Two looks at the same sheet are one drawing. */
  async svg(id: number): Promise<string | undefined> {
    const sheet = this.#find(id);
    if (!sheet) return undefined;
    const { version } = this.#sheetView(sheet);
    const last = this.#lastDrawn;
    if (last?.sheet === sheet && last.version === version) return last.svg;
    const svg = this.#drawer.draw(sheet);
    this.#lastDrawn = { sheet, version, svg };
    const drawn = await svg;
    // A drawing that was lost is not kept: the next look tries again.
    if (drawn === undefined) this.#lastDrawn = undefined;
    return drawn;
  }

  text(id: number): string | undefined {
    const sheet = this.#find(id);
    return sheet && `${paperText(sheet, { figures: true }).join('\n')}\n`;
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    await this.#drawer.close();
  }

  #find(id: number): Sheet | undefined {
    const { atHead, outlet } = this.#printer.state();
    return [atHead, ...outlet, ...this.#taken].find((sheet) => this.#ids.get(sheet) === id);
  }

  #sheetView(sheet: Sheet): SheetView {
    const id = this.#ids.get(sheet) ?? ++this.#lastId;
    this.#ids.set(sheet, id);
    // Paper only ever gains: lines are added, the last one burns on, the sheet comes out further.
    const version = sheet.lines.length * 1_000_000 + sheet.heightDots + (sheet.lines.at(-1)?.burnt ?? 0);
    return { id, version, widthMm: sheet.widthDots / DOTS_PER_MM, heightMm: sheet.heightDots / DOTS_PER_MM };
  }
}
