/**
 * How a scanner says a code, in the three modes that its set-up sheets know.
 *
 * Written from the manuals (Hand Held Products USB Interfaces User's Guide 1-11
 * for HID-POS; HID Usage Tables page 0x07 for the keyboard), not from a driver.
 */
import type { HidDevice } from '../../drivers/ports.ts';

export type ScannerMode = 'line' | 'hidPos' | 'keyboard';

export const HID_FACES: Readonly<Record<'hidPos' | 'keyboard', HidDevice>> = {
  hidPos: { product: 'Yizhan Virtual Scanner', usagePage: 0x8c, usage: 0x02 },
  keyboard: { product: 'Yizhan Virtual Scanner', usagePage: 0x01, usage: 0x06 },
};

/** QR code model 2, ISO/IEC 15424. */
export const QR_CODE = ']Q1';

const PER_REPORT = 56;
const REPORT_BYTES = 64;
/** The maker's own letter for a QR code, byte 61. */
const MAKERS_QR = 0x73;

/** The smallest things the cable carries for one code: bytes of a line, whole reports of a HID mode. */
export function piecesOf(code: Uint8Array, mode: ScannerMode, symbology: string): readonly Uint8Array[] {
  switch (mode) {
    case 'line':
      return [...code, 0x0d, 0x0a].map((byte) => Uint8Array.of(byte));
    case 'hidPos':
      return hidPosReports(code, symbology);
    case 'keyboard':
      return [...code].flatMap((byte) => [keyReport(byte), keyReport(0)]);
  }
}

function hidPosReports(code: Uint8Array, symbology: string): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(code.length / PER_REPORT));
  return Array.from({ length: count }, (_, index) => {
    const piece = code.subarray(index * PER_REPORT, (index + 1) * PER_REPORT);
    const report = new Uint8Array(REPORT_BYTES);
    report.set([2, piece.length], 0);
    report.set(new TextEncoder().encode(symbology).subarray(0, 3), 2);
    report.set(piece, 5);
    report[61] = MAKERS_QR;
    report[63] = index + 1 < count ? 1 : 0;
    return report;
  });
}

/** A boot keyboard's report behind id 0: modifiers, reserved, one key. Digits and letters only. */
function keyReport(byte: number): Uint8Array {
  const text = String.fromCharCode(byte);
  const shift = /[A-Z]/.test(text) ? 0x02 : 0;
  const letter = /[A-Za-z]/.test(text) ? text.toLowerCase().charCodeAt(0) - 0x61 + 0x04 : 0;
  const digit = /[1-9]/.test(text) ? byte - 0x31 + 0x1e : text === '0' ? 0x27 : 0;
  return Uint8Array.of(0, shift, 0, letter || digit, 0, 0, 0, 0, 0);
}
