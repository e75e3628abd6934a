import { describe, expect, test } from 'vitest';
import { tifSignature, tifSigner } from '../../../firmware/insurance/signers.ts';
import { ManualClock } from '../../support/manual-clock.ts';

describe('gateway headers', () => {
  test('the signature is that of the reference vector', () => {
    expect(tifSignature('1700000000', 'TESTTOKEN', 'n1')).toBe(
      '4c69f333ffbecd84b907a4e30352f4d4dde4f77b0fcc3389cf7877754604a31d',
    );
  });

  test('time is in seconds, a nonce is used once, the token itself is not sent', () => {
    let seed = 0;
    const random = { bytes: (count: number) => new Uint8Array(count).fill(++seed) };
    const sign = tifSigner({ callerId: 'me', callerToken: 'TESTTOKEN' }, new ManualClock(1_700_000_000_999), random);
    const [first, second] = [sign(), sign()];
    expect(first).toMatchObject({ 'x-tif-paasid': 'me', 'x-tif-timestamp': '1700000000' });
    expect(first['x-tif-nonce']).not.toBe(second['x-tif-nonce']);
    expect(JSON.stringify(first)).not.toContain('TESTTOKEN');
  });
});
