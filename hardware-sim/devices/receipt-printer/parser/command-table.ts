/**
 * The whole command table as a tree of prefixes, so that finding a command costs
 * one step a byte. No prefix is the beginning of another.
 */
import { type CommandRow, row } from './command-row.ts';
import { counted16 } from './length-rules.ts';
import { machineRows, pageLengthRow } from './machine-rows.ts';
import { pictureRows } from './picture-rows.ts';
import { textRows } from './text-rows.ts';

export interface PrefixNode {
  readonly next: Map<number, PrefixNode>;
  /** Behind `(` every command says its own length, also one that no row knows. */
  readonly counted: boolean;
  row?: CommandRow;
}

export const commandRows: readonly CommandRow[] = [...textRows, ...pictureRows, ...machineRows];

/** A `… ( x pL pH …` block of a command that no row knows: stepped over by its own length. */
export const unnamedBlock: PrefixNode = {
  next: new Map(),
  counted: false,
  row: row('( unknown', [], counted16(), 'length'),
};

function treeOf(rows: readonly CommandRow[]): PrefixNode {
  const root: PrefixNode = { next: new Map(), counted: false };
  for (const entry of rows) {
    let node = root;
    for (const byte of entry.prefix) {
      let following = node.next.get(byte);
      if (!following) {
        following = { next: new Map(), counted: node !== root && byte === 0x28 };
        node.next.set(byte, following);
      }
      node = following;
    }
    node.row = entry;
  }
  return root;
}

const buzzerTree = treeOf(commandRows);
const pageLengthTree = treeOf([...commandRows.filter((entry) => entry.name !== 'ESC C'), pageLengthRow]);

/** @param escC what `ESC C` means on this printer: makers disagree, and the lengths differ. */
export function commandTree(escC: 'buzzer' | 'pageLength'): PrefixNode {
  return escC === 'buzzer' ? buzzerTree : pageLengthTree;
}
