/**
 * What the shape of a scanned text says it is.
 *
 * The digit patterns of the payment networks come first; a 医保电子凭证 is
 * longer or has letters (insurance interface E.4, D.3). The text is never
 * parsed further: what it means, only the platform knows.
 */
import type { CodeKind } from './code-scanner.ts';

const SHAPES: readonly (readonly [CodeKind, RegExp])[] = [
  ['wechatPay', /^1[0-5]\d{16}$/],
  ['alipay', /^(?:2[5-9]|30)\d{14,22}$/],
  ['unionPay', /^62\d{17}$/],
  ['eCredential', /^[0-9A-Za-z]{20,}$/],
];

export function codeKindOf(text: string): CodeKind {
  return SHAPES.find(([, shape]) => shape.test(text))?.[0] ?? 'unknown';
}
