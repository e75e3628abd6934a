import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Hmac } from '../../../firmware/settlement/hmac.ts';

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('the code of a row', () => {
  it('is the one of RFC 4231, test cases 1 and 2', () => {
    expect(hex(new Hmac(new Uint8Array(20).fill(0x0b)).of('Hi There'))).toBe(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    );
    expect(hex(new Hmac(Buffer.from('Jefe')).of('what do ya want for nothing?'))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('is the engine’s own for texts of every length, in Chinese, broken, and longer than any before', () => {
    const key = new Uint8Array(32).map((_, at) => at * 7);
    const ours = new Hmac(key);
    const before = new Uint8Array(32).fill(9);
    for (const text of [
      '',
      'a',
      '医保结算',
      'x\u{1F9FE}y',
      '\uD800 alone',
      '一'.repeat(5_000),
      'b'.repeat(40_000),
      'short again',
    ]) {
      expect(hex(ours.of(text))).toBe(createHmac('sha256', key).update(text).digest('hex'));
      expect(hex(ours.of(text, before))).toBe(createHmac('sha256', key).update(before).update(text).digest('hex'));
    }
  });

  it('takes no key that would have to be hashed first', () => {
    expect(() => new Hmac(new Uint8Array(65))).toThrow(RangeError);
  });
});
