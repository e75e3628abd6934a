/**
 * 大字凭条: any slip again in letters that can be read without glasses, for who reads the screen in them.
 *
 * 大字 is twice as high; 特大 is twice as high and as wide, save tables, whose columns need the width of the paper. Pure.
 * One promise: the words and figures are the same ones in the same order, and nothing is cut to make room: a value that
 * no longer fits beside its label goes below it.
 */
import type { PaperBlock, PaperDocument, RowBlock, TextBlock } from '../../drivers/receipt-printer/paper-document.ts';
import type { TextSize } from '../screen/messages.ts';
import { brokenAtWords, cellsOf } from './bilingual-rows.ts';

/** 80 mm paper in letters of double width. */
const WIDE_CELLS = 24;

export function forReader(document: PaperDocument, textSize: TextSize): PaperDocument {
  if (textSize === 'standard') return document;
  return { blocks: document.blocks.flatMap(textSize === 'large' ? taller : larger) };
}

function taller(block: PaperBlock): PaperBlock | readonly PaperBlock[] {
  if (block.kind === 'row') return { ...block, tall: true };
  return block.kind === 'text' && (block.size ?? 1) === 1 ? { ...block, tall: true } : block;
}

function larger(block: PaperBlock): PaperBlock | readonly PaperBlock[] {
  if (block.kind === 'text') return (block.size ?? 1) === 1 ? wide(block) : block;
  if (block.kind !== 'row') return block;
  return block.columns.length > 2 ? { ...block, tall: true } : wideRow(block);
}

function wide(block: TextBlock): TextBlock {
  const text = block.text
    .split('\n')
    .flatMap((line) => (cellsOf(line) > WIDE_CELLS ? brokenAtWords(line, WIDE_CELLS) : [line]))
    .join('\n');
  return { ...block, text, size: 2 };
}

/** Label and value on one line where both fit, else the value at the right edge below. */
function wideRow({ columns, bold = false }: RowBlock): readonly PaperBlock[] {
  const [label = '', value = ''] = columns.map(({ text }) => text);
  const room = WIDE_CELLS - cellsOf(label) - cellsOf(value);
  if (label !== '' && value !== '' && room >= 1) {
    return [{ kind: 'text', text: `${label}${' '.repeat(room)}${value}`, size: 2, bold }];
  }
  const below: readonly TextBlock[] = [
    // The English of a label begins a line of its own.
    { kind: 'text', text: label.replace(/(?<=\p{Script=Han}) (?=[A-Za-z])/u, '\n'), size: 2, bold },
    { kind: 'text', text: value, size: 2, bold, align: 'right' },
  ];
  return below.filter(({ text }) => text !== '').map(wide);
}
