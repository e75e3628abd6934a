/**
 * The code scanner of the device map, in the form its address says.
 *
 * One promise: whoever uses it sees one contract, whichever way the codes come.
 */
import type { CodeScanner, ScannerForm } from './code-scanner.ts';
import { HidCodeScanner } from './hid-code-scanner.ts';
import { type CodeScannerOptions, LineCodeScanner } from './line-code-scanner.ts';

/** @param form for addresses that do not say it (the simulator's); default `line` */
export function openCodeScanner(options: CodeScannerOptions, form?: ScannerForm): CodeScanner {
  const hid = form === undefined ? /^(?:tcp-)?hid:/.test(options.address) : form === 'hidPos';
  return hid ? new HidCodeScanner(options) : new LineCodeScanner(options);
}
