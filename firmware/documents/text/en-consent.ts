/** The copy of a signed consent on paper, in English, beside the Chinese. */
import type { ConsentTextId, signersZh } from './zh-consent.ts';

export const consentEn: Readonly<Record<ConsentTextId, string>> = {
  consentTitle: 'Consent to pay by yourself',
  consentCopy: '(copy for the patient)',
  consentNumber: 'Consent',
  patient: 'Patient',
  consentLine:
    'Insurance does not pay for these items; you pay all of it. You were told before anything was charged and could say no.',
  consentTotal: 'You pay for these',
  agreed: 'I know these items and amounts, and agree to have them and to pay for them.',
  signedBy: 'Signed by',
  signedAt: 'Signed at',
  signedWhere: 'Where',
  atKiosk: 'Self-service kiosk',
};

export const signersEn: Readonly<Record<keyof typeof signersZh, string>> = {
  patient: 'The patient',
  relative: 'A near relative',
  guardian: 'The guardian',
};
