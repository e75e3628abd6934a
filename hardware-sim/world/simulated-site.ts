/** One simulated hospital's site data: addresses and tokens that exist nowhere else. */
export const simulatedSite = {
  insurance: {
    url: 'http://insurance.sim',
    callerId: 'sim-kiosk',
    callerToken: 'sim-insurance-token',
    messageSequence: { first: 0, last: 999 },
  },
  hospitalGateway: { url: 'http://hospital.sim', token: 'sim-hospital-token' },
  paymentGateway: { url: 'http://payment.sim', token: 'sim-payment-token', merchantId: 'sim-merchant' },
  devices: {
    cardReader: { id: 'card-reader', address: 'sim:card-reader' },
    receiptPrinter: { id: 'receipt-printer', address: 'sim:receipt-printer' },
    codeScanner: { id: 'code-scanner', address: 'sim:code-scanner' },
  },
} as const;

/** A region pack in which the simulated hospital's account is filed. */
export function withMerchant(profile: Uint8Array, institutionCode: string): Uint8Array {
  const pack = JSON.parse(new TextDecoder().decode(profile)) as { money: Record<string, unknown> };
  pack.money['merchants'] = [{ institutionCode, merchantId: simulatedSite.paymentGateway.merchantId }];
  return new TextEncoder().encode(JSON.stringify(pack));
}
