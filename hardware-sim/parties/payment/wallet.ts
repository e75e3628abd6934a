/** The wallet in a patient's phone: what it holds, and whether it asks for a password. */
import type { Patient, PayRoute } from '../people/patients.ts';
import type { SeededStream } from '../seeded-stream.ts';

export interface Wallet {
  readonly owner: string;
  readonly route: PayRoute;
  readonly asksPassword: boolean;
  balanceFen: number;
}

export function walletOf(patient: Patient): Wallet {
  return { owner: patient.key, ...patient.wallet };
}

const DIGITS = '0123456789';

/** A fresh payment code of the route's own form: 18 digits for phones, 19 for UnionPay. */
export function inventPayCode(route: PayRoute, stream: SeededStream): string {
  switch (route) {
    case 'wechat':
      return `13${stream.letters(DIGITS, 16)}`;
    case 'alipay':
      return `28${stream.letters(DIGITS, 16)}`;
    case 'unionPay':
      return `6210${stream.letters(DIGITS, 15)}`;
  }
}
