/**
 * What a HID report descriptor says about its reports (HID 1.11, section 6.2.2).
 *
 * Only one question is asked of it: whether the device numbers its reports.
 * The library hands out a numbered report with its id and an unnumbered one
 * without, and does not say which. Hostile descriptors end the reading early.
 */

const SHORT_SIZES = [0, 1, 2, 4] as const;
const LONG_ITEM = 0xfe;
/** Prefix of a global item "Report ID" (tag 8, type 1), without its two size bits. */
const REPORT_ID = 0x84;

/** Whether the first byte of each report is an id of the device's own. */
export function numbersItsReports(descriptor: Uint8Array): boolean {
  let at = 0;
  while (at < descriptor.length) {
    const prefix = descriptor[at] ?? 0;
    if (prefix === LONG_ITEM) {
      at += 3 + (descriptor[at + 1] ?? 0);
      continue;
    }
    if ((prefix & 0xfc) === REPORT_ID) return true;
    at += 1 + (SHORT_SIZES[prefix & 0x03] ?? 0);
  }
  return false;
}
