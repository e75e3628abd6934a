/**
 * The press: turns tokens into what happens to the paper.
 *
 * It has no time and no faults: it says what is to be burnt, fed and cut, in
 * order. A line that no command ends is never burnt.
 */
import type { Mark, PaperOp, Strip } from '../paper.ts';
import type { CharacterToken, CommandToken, Token } from '../parser/token.ts';
import { handlers } from './handlers.ts';
import { LogoStore } from './logo-store.ts';
import { MacroRecorder } from './macro-recorder.ts';
import type { PageArea } from './page-area.ts';
import { CELL_DOTS, LINE_DOTS, type PressOptions, PrintState } from './print-state.ts';
import { SymbolStore } from './symbol-store.ts';

/** What became of a command; `outOfRange` = understood, but its values print nothing. */
export type Outcome = 'outOfRange' | undefined;

const FONT_B = { width: 9, height: 17 };
const TALLEST_LINE = 65_535;

export class Press {
  readonly options: PressOptions;
  readonly logos: LogoStore;
  readonly symbols = new SymbolStore();
  readonly #sink: (op: PaperOp) => void;
  readonly #macro = new MacroRecorder();
  state: PrintState;
  page: PageArea | undefined;
  /** The half-built line. */
  #marks: Mark[] = [];
  #x = 0;
  #lineHeight = 0;

  constructor(options: PressOptions, sink: (op: PaperOp) => void, logos = new LogoStore()) {
    this.options = options;
    this.#sink = sink;
    this.logos = logos;
    this.state = new PrintState(options.widthDots);
  }

  /** Runs one token. The press ignores commands that only the machine can carry out. */
  take(token: Token): Outcome {
    this.#macro.record(token);
    if (token.kind === 'character') return void this.character(token);
    if (token.kind === 'unknown') return undefined;
    return this.#command(token);
  }

  #command(token: CommandToken): Outcome {
    if (token.row.name === 'GS :') return void this.#macro.toggle();
    if (token.row.name === 'GS ^') {
      const replay = this.#macro.replay(token.args[0] ?? 0);
      for (const again of replay ?? []) this.take(again);
      return replay ? undefined : 'outOfRange';
    }
    return handlers[token.row.name]?.(this, token.args);
  }

  get lineEmpty(): boolean {
    return this.#marks.length === 0 && this.#x === 0;
  }

  get x(): number {
    return this.#x;
  }

  /** Moves the print position inside the line; outside the area nothing happens. */
  moveTo(x: number): Outcome {
    if (x < 0 || x > this.lineWidth) return 'outOfRange';
    this.#x = x;
    return undefined;
  }

  get lineWidth(): number {
    return this.page ? this.page.lineLength : this.state.areaWidth;
  }

  character(token: Pick<CharacterToken, 'text' | 'code' | 'cells'>): void {
    const { state } = this;
    const chinese = token.cells === 2;
    const style = state.style(token.cells);
    const cell = !chinese && style.font === 'b' ? FONT_B : { width: CELL_DOTS * token.cells, height: LINE_DOTS };
    const upright = { width: cell.width * style.scaleX, height: cell.height * style.scaleY };
    const { width, height } = style.rotated ? { width: upright.height, height: upright.width } : upright;
    const before = chinese ? state.chineseLeftSpace * style.scaleX : 0;
    const after = (chinese ? state.chineseRightSpace : state.rightSpace) * style.scaleX;
    const picture = chinese
      ? state.userChinese.get(token.code)
      : state.userGlyphsOn
        ? state.userGlyphs.get(token.code)
        : undefined;
    const made = { kind: 'glyph', width: width + before + after, height, text: token.text, style } as const;
    this.place(picture ? { ...made, x: 0, picture } : { ...made, x: 0 });
  }

  /** Text that a command turned into, e.g. bar code data that can't be coded. */
  text(characters: string): void {
    for (const text of characters) this.character({ text, code: text.charCodeAt(0), cells: 1 });
  }

  /** Puts a mark at the print position; what doesn't fit goes to the next line. */
  place(mark: Mark): void {
    if (this.#x + mark.width > this.lineWidth && this.#x > 0) this.endLine();
    mark.x = this.#x;
    this.#marks.push(mark);
    this.#x += mark.width;
    this.#lineHeight = Math.max(this.#lineHeight, mark.height);
  }

  /** Prints the line and feeds `spacing` dots (default: the line spacing), at least the height of the line. */
  endLine(spacing = this.state.lineSpacing): void {
    const height = Math.min(this.#lineHeight, TALLEST_LINE);
    const strip = this.#strip(height);
    this.dropLine();
    if (this.page) {
      this.page.add(strip, Math.max(height, spacing));
      return;
    }
    this.#sink({ kind: 'print', strips: [strip], height, advance: Math.max(height, spacing) });
  }

  /** Prints the line if there is one, then feeds exactly; nothing is added for an empty line. */
  endLineAndFeed(dots: number): void {
    if (!this.lineEmpty) {
      this.endLine(dots);
      return;
    }
    if (this.page) this.page.feed(dots);
    else if (dots !== 0) this.#sink({ kind: 'feed', dots });
  }

  /** A mark on a line of its own, with no line spacing below it (raster pictures, symbols). */
  placeAlone(mark: Mark): Outcome {
    if (!this.lineEmpty) return 'outOfRange';
    this.place(mark);
    this.endLine(0);
    return undefined;
  }

  cut(cut: 'full' | 'partial', feed: number): void {
    this.#sink({ kind: 'cut', cut, feed });
  }

  emit(op: PaperOp): void {
    this.#sink(op);
  }

  /** What `ESC @` and `CAN` do to data that is not printed yet. */
  dropLine(): void {
    this.#marks = [];
    this.#x = 0;
    this.#lineHeight = 0;
  }

  /** `ESC @`: settings back to their defaults, the half line gone; paper, logos and macro stay. */
  initialize(): void {
    this.dropLine();
    this.page = undefined;
    this.state = new PrintState(this.options.widthDots);
    this.symbols.reset();
  }

  /** Power gone: also what stands in RAM. */
  powerLost(): void {
    this.initialize();
    this.logos.forgetRam();
    this.#macro.forget();
  }

  #strip(height: number): Strip {
    const { align, areaWidth, marginLeft, upsideDown } = this.state;
    if (!this.page) {
      const used = this.#marks.reduce((widest, mark) => Math.max(widest, mark.x + mark.width), 0);
      const slack = Math.max(0, areaWidth - used);
      const shift = marginLeft + (align === 'center' ? Math.floor(slack / 2) : align === 'right' ? slack : 0);
      if (shift > 0) for (const mark of this.#marks) mark.x += shift;
    }
    return { dy: 0, height, marks: this.#marks, upsideDown, turned: 0, left: 0 };
  }
}
