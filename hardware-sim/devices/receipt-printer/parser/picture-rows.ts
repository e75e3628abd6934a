/**
 * Rows of pictures, logos, bar codes, two-dimensional codes and cuts
 * (escpos.md section 6).
 */
import { type CommandRow, row } from './command-row.ts';
import {
  barcode,
  columnPicture,
  counted16,
  counted32,
  downloadedPicture,
  fixed,
  legacySymbol,
  none,
  nvPictures,
  oneMoreFor,
  rasterPicture,
} from './length-rules.ts';

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const one = fixed(1);
const two = fixed(2);

export const pictureRows: readonly CommandRow[] = [
  row('ESC *', [ESC, 0x2a], columnPicture, 'dots'),
  row('GS v 0', [GS, 0x76, 0x30], rasterPicture, 'dots'),
  row('GS ( L', [GS, 0x28, 0x4c], counted16(), 'dots'),
  row('GS 8 L', [GS, 0x38, 0x4c], counted32, 'dots'),
  row('FS p', [FS, 0x70], two, 'dots'),
  row('FS q', [FS, 0x71], nvPictures, 'state'),
  row('GS *', [GS, 0x2a], downloadedPicture, 'state'),
  row('GS /', [GS, 0x2f], one, 'dots'),

  row('GS k', [GS, 0x6b], barcode, 'dots'),
  row('GS h', [GS, 0x68], one, 'state'),
  row('GS w', [GS, 0x77], one, 'state'),
  row('GS H', [GS, 0x48], one, 'state'),
  row('GS f', [GS, 0x66], one, 'state'),
  row('GS ( k', [GS, 0x28, 0x6b], counted16(), 'dots'),
  row('GS Z', [GS, 0x5a], one, 'state'),
  row('ESC Z', [ESC, 0x5a], legacySymbol, 'dots'),

  row('GS V', [GS, 0x56], oneMoreFor([65, 66, 97, 98, 103, 104]), 'dots'),
  row('ESC i', [ESC, 0x69], none, 'dots'),
  row('ESC m', [ESC, 0x6d], none, 'dots'),
  row('FS } 60', [FS, 0x7d, 0x60], one, 'dots'),
  row('GS ( F', [GS, 0x28, 0x46], counted16(), 'length'),
  row('GS <', [GS, 0x3c], none, 'length'),
  row('GS FF', [GS, 0x0c], none, 'dots'),
  row('GS A', [GS, 0x41], two, 'length'),
];
