/**
 * What stands on one piece of receipt paper, before anyone thinks of bytes.
 *
 * A document is a list of blocks. Widths are cells: one cell is one encoded
 * byte, so a Chinese character is two cells; 80 mm paper has 48.
 */

export type Align = 'left' | 'center' | 'right';

export interface TextBlock {
  readonly kind: 'text';
  readonly text: string;
  readonly align?: Align;
  readonly bold?: boolean;
  /** Magnification of both axes, 1 to 4. Default 1. */
  readonly size?: 1 | 2 | 3 | 4;
  /** Twice as high at the same width (倍高). */
  readonly tall?: boolean;
}

/** One table row; `widths` of the block's columns add up to at most the paper's cells. Long text wraps inside its column. */
export interface RowBlock {
  readonly kind: 'row';
  readonly columns: readonly { readonly text: string; readonly width: number; readonly align?: Align }[];
  readonly bold?: boolean;
  /** Twice as high at the same width (倍高): a table keeps its columns. */
  readonly tall?: boolean;
}

export interface RuleBlock {
  readonly kind: 'rule';
  /** Character to fill the line with. Default `-`. */
  readonly fill?: string;
}

export interface QrBlock {
  readonly kind: 'qr';
  readonly data: string;
  /** Dots per module, 1 to 16. Default 6. */
  readonly moduleDots?: number;
}

export interface FeedBlock {
  readonly kind: 'feed';
  readonly lines: number;
}

/** Full or partial cut; always the last block of a document. */
export interface CutBlock {
  readonly kind: 'cut';
  readonly mode: 'full' | 'partial';
}

export type PaperBlock = TextBlock | RowBlock | RuleBlock | QrBlock | FeedBlock | CutBlock;

export interface PaperDocument {
  readonly blocks: readonly PaperBlock[];
}
