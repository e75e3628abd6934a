/**
 * Rows of text, style, character sets, positions and paper feed
 * (escpos.md section 6; lengths from the makers' command references).
 */
import { type CommandRow, row } from './command-row.ts';
import { counted16, fixed, none, optionalArgument, tabStops, userCharacters } from './length-rules.ts';

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const one = fixed(1);
const two = fixed(2);

export const textRows: readonly CommandRow[] = [
  row('NUL', [0x00], none, 'state'),
  row('BEL', [0x07], none, 'state'),
  row('HT', [0x09], none, 'dots'),
  row('LF', [0x0a], none, 'dots'),
  row('FF', [0x0c], none, 'dots'),
  row('CR', [0x0d], none, 'dots'),
  row('CAN', [0x18], none, 'state'),

  row('ESC @', [ESC, 0x40], none, 'state'),
  row('ESC !', [ESC, 0x21], one, 'state'),
  row('ESC M', [ESC, 0x4d], one, 'state'),
  row('ESC E', [ESC, 0x45], one, 'state'),
  row('ESC G', [ESC, 0x47], one, 'state'),
  row('ESC -', [ESC, 0x2d], one, 'state'),
  row('ESC {', [ESC, 0x7b], one, 'state'),
  row('ESC V', [ESC, 0x56], one, 'state'),
  row('ESC SP', [ESC, 0x20], one, 'state'),
  row('ESC r', [ESC, 0x72], one, 'state'),
  row('ESC 4', [ESC, 0x34], optionalArgument([0x00, 0x01, 0x30, 0x31]), 'state'),
  row('ESC 5', [ESC, 0x35], optionalArgument([0x00, 0x01, 0x30, 0x31]), 'state'),
  row('GS !', [GS, 0x21], one, 'state'),
  row('GS B', [GS, 0x42], one, 'state'),
  row('GS b', [GS, 0x62], one, 'state'),

  row('ESC t', [ESC, 0x74], one, 'state'),
  row('ESC R', [ESC, 0x52], one, 'state'),
  row('ESC %', [ESC, 0x25], one, 'state'),
  row('ESC &', [ESC, 0x26], userCharacters, 'state'),
  row('ESC ?', [ESC, 0x3f], one, 'state'),
  row('FS &', [FS, 0x26], none, 'state'),
  row('FS .', [FS, 0x2e], none, 'state'),
  row('FS C', [FS, 0x43], one, 'state'),
  row('FS !', [FS, 0x21], one, 'state'),
  row('FS -', [FS, 0x2d], one, 'state'),
  row('FS S', [FS, 0x53], two, 'state'),
  row('FS W', [FS, 0x57], one, 'state'),
  row('FS 2', [FS, 0x32], fixed(74), 'state'),
  row('FS ?', [FS, 0x3f], two, 'state'),
  row('FS ( A', [FS, 0x28, 0x41], counted16(), 'state'),

  row('ESC 2', [ESC, 0x32], none, 'state'),
  row('ESC 3', [ESC, 0x33], one, 'state'),
  row('ESC J', [ESC, 0x4a], one, 'dots'),
  row('ESC d', [ESC, 0x64], one, 'dots'),
  row('ESC K', [ESC, 0x4b], one, 'dots'),
  row('ESC e', [ESC, 0x65], one, 'dots'),
  row('GS P', [GS, 0x50], two, 'state'),

  row('ESC a', [ESC, 0x61], one, 'state'),
  row('ESC $', [ESC, 0x24], two, 'state'),
  row('ESC \\', [ESC, 0x5c], two, 'state'),
  row('ESC D', [ESC, 0x44], tabStops, 'state'),
  row('GS L', [GS, 0x4c], two, 'state'),
  row('GS W', [GS, 0x57], two, 'state'),
  row('GS T', [GS, 0x54], one, 'state'),

  row('ESC L', [ESC, 0x4c], none, 'state'),
  row('ESC S', [ESC, 0x53], none, 'state'),
  row('ESC FF', [ESC, 0x0c], none, 'dots'),
  row('ESC T', [ESC, 0x54], one, 'state'),
  row('ESC W', [ESC, 0x57], fixed(8), 'state'),
  row('GS $', [GS, 0x24], two, 'state'),
  row('GS \\', [GS, 0x5c], two, 'state'),
];
