/**
 * The contract of a code scanner (XFS4IoT BarcodeReader).
 *
 * It delivers the text of one code and what kind of code its shape says; it
 * never parses an e-credential (insurance interface D.3, E.4).
 */
import type { Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';
import type { Secret } from '../secret.ts';

/** What the shape of a scanned text says it is (E.4): payment codes first, the rest may be a 医保电子凭证. */
export type CodeKind = 'wechatPay' | 'alipay' | 'unionPay' | 'eCredential' | 'unknown';

/** `line`: text with a line end, serial or TCP. `hidPos`: reports of usage page 0x8C. Never a keyboard. */
export type ScannerForm = 'line' | 'hidPos';

export type ScannerEvent =
  | {
      readonly event: 'codeRead';
      readonly kind: CodeKind;
      readonly text: Secret<string>;
      /** AIM identifier (ISO/IEC 15424) such as `]Q1` for a QR code, where the scanner says it. */
      readonly symbology?: string;
    }
  /** Bytes came that are no acceptable code text (too long, control characters). */
  | { readonly event: 'codeRefused'; readonly detail: string };

export interface CodeScanner extends Device {
  readonly deviceClass: 'codeScanner';
  onScannerEvent(listener: (event: ScannerEvent) => void): Unsubscribe;
}
