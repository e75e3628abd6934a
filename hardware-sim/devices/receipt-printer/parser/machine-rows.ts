/**
 * Rows that move, set or ask the machine: drawer, buzzer, status, counters,
 * process ids, presenter, macros, and the few Star bytes (escpos.md sections 5, 6).
 */
import { type CommandRow, row } from './command-row.ts';
import { counted16, counterCommand, fixed, none, oneMoreFor, realTimeRequest } from './length-rules.ts';

const DLE = 0x10;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const one = fixed(1);
const two = fixed(2);

export const machineRows: readonly CommandRow[] = [
  row('DLE EOT', [DLE, 0x04], oneMoreFor([0x07, 0x08, 0x12]), 'answer'),
  row('DLE ENQ', [DLE, 0x05], one, 'answer'),
  row('DLE DC4', [DLE, 0x14], realTimeRequest, 'answer'),
  row('GS a', [GS, 0x61], one, 'answer'),
  row('GS r', [GS, 0x72], one, 'answer'),
  row('GS I', [GS, 0x49], one, 'answer'),
  row('GS g', [GS, 0x67], counterCommand, 'answer'),
  row('GS ( H', [GS, 0x28, 0x48], counted16(), 'answer'),
  row('ESC v', [ESC, 0x76], none, 'answer'),
  row('ESC u', [ESC, 0x75], one, 'answer'),

  row('ESC p', [ESC, 0x70], fixed(3), 'state'),
  row('ESC B', [ESC, 0x42], two, 'state'),
  row('ESC ( A', [ESC, 0x28, 0x41], counted16(), 'state'),
  row('ESC C', [ESC, 0x43], fixed(3), 'state'),

  row('GS e', [GS, 0x65], oneMoreFor([0x03]), 'answer'),
  row('GS E0', [GS, 0xe0], one, 'answer'),
  row('GS E1', [GS, 0xe1], none, 'answer'),
  row('GS E2', [GS, 0xe2], none, 'answer'),
  row('GS E3', [GS, 0xe3], none, 'answer'),
  row('GS E4', [GS, 0xe4], none, 'answer'),
  row('GS E5', [GS, 0xe5], none, 'length'),
  row('GS E6', [GS, 0xe6], two, 'length'),
  row('GS R', [GS, 0x52], oneMoreFor([0x31]), 'answer'),

  row('ESC c 3', [ESC, 0x63, 0x33], one, 'length'),
  row('ESC c 4', [ESC, 0x63, 0x34], one, 'length'),
  row('ESC c 5', [ESC, 0x63, 0x35], one, 'length'),
  row('ESC =', [ESC, 0x3d], one, 'length'),
  row('ESC U', [ESC, 0x55], one, 'length'),
  row('GS ( A', [GS, 0x28, 0x41], counted16(), 'length'),
  row('GS ( C', [GS, 0x28, 0x43], counted16(), 'length'),
  row('GS ( D', [GS, 0x28, 0x44], counted16(), 'length'),
  row('GS ( E', [GS, 0x28, 0x45], counted16(), 'length'),
  row('GS ( K', [GS, 0x28, 0x4b], counted16(), 'length'),
  row('GS ( M', [GS, 0x28, 0x4d], counted16(), 'length'),
  row('GS ( N', [GS, 0x28, 0x4e], counted16(), 'length'),
  row('FS ( E', [FS, 0x28, 0x45], counted16(), 'length'),
  row('FS ( L', [FS, 0x28, 0x4c], counted16(), 'length'),
  row('GS E', [GS, 0x45], one, 'length'),
  row('GS |', [GS, 0x7c], one, 'length'),
  row('GS :', [GS, 0x3a], none, 'state'),
  row('GS ^', [GS, 0x5e], fixed(3), 'dots'),

  row('ETB', [0x17], none, 'answer'),
  row('ESC RS E', [ESC, 0x1e, 0x45], one, 'answer'),
  row('ESC ACK SOH', [ESC, 0x06, 0x01], none, 'answer'),
  row('ESC GS ETX', [ESC, 0x1d, 0x03], fixed(3), 'length'),
];

/** `ESC C n` where the profile says that `ESC C` sets the page length instead of sounding the buzzer. */
export const pageLengthRow: CommandRow = row('ESC C page length', [ESC, 0x43], one, 'length');
