/** Whose account is paid stands in the signed pack, and is looked at before any money is asked for. */
import { describe, expect, test } from 'vitest';
import { outOfService } from '../../../firmware/out-of-service.ts';
import { filedFor, MerchantNotFiledError } from '../../../firmware/region/filed-merchant.ts';
import { parseProfileBytes } from '../../../firmware/region/profile-schema.ts';
import { config, INSTITUTION, profileBytes } from '../kiosk-fixture.ts';

const { merchantId } = config.paymentGateway;

function profileWith(merchants: unknown) {
  const pack = JSON.parse(new TextDecoder().decode(profileBytes('national'))) as { money: Record<string, unknown> };
  pack.money['merchants'] = merchants;
  return parseProfileBytes(new TextEncoder().encode(JSON.stringify(pack)));
}

describe('[part of Y3-11a] the merchant account', () => {
  test('of this hospital that two people have signed is taken', () => {
    const other = { institutionCode: 'H99999999999', merchantId: 'M-OTHER' };
    const profile = profileWith([other, { institutionCode: INSTITUTION, merchantId }]);
    expect(() => filedFor(config, profile)).not.toThrow();
  });

  test('that somebody wrote into the site file instead is refused', () => {
    const profile = profileWith([{ institutionCode: INSTITUTION, merchantId: 'M-FILED' }]);
    expect(() => filedFor(config, profile)).toThrow(MerchantNotFiledError);
  });

  test('of another hospital is refused', () => {
    const profile = profileWith([{ institutionCode: 'H99999999999', merchantId }]);
    expect(() => filedFor(config, profile)).toThrow('names no account');
  });

  test('that is refused keeps the kiosk out of service, with a reason for the screen and a sentence for staff', () => {
    const trouble = outOfService(new MerchantNotFiledError('The site file names another account.'));
    expect(trouble).toMatchObject({ reason: 'merchantNotFiled', againAfterMs: undefined });
    expect(trouble?.forStaff).toContain('signed anew');
  });

  test('an empty list is no list: such a pack is not taken', () => {
    expect(() => profileWith([])).toThrow();
  });
});
