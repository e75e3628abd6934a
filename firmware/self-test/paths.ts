/**
 * The two applications that a settlement terminal runs (SZ-268a): mobile pay, and the 医保业务综合服务终端's decoder of codes.
 *
 * Each is asked a question that has no answer but "no such thing". One promise: asking moves no money and names nobody.
 */
import { Secret } from '../../drivers/secret.ts';
import type { InsurancePlatform } from '../insurance/insurance-platform.ts';
import type { PaymentGateway } from '../payment/payment-gateway.ts';
import { failed, passed, type SelfTest } from './self-test.ts';

export interface PathReport {
  readonly path: 'mobilePay' | 'insuranceTerminal';
  readonly selfTest: {
    readonly result: SelfTest['result'];
    readonly sentence: string;
    readonly remedy: string | null;
  };
}

export interface Paths {
  readonly payment: Pick<PaymentGateway, 'query'>;
  readonly insurance: Pick<InsurancePlatform, 'decodeECredential'>;
}

/** An order that nobody has made: sixteen noughts belong to no settlement. */
const NO_ORDER = 'pay_0000000000000000';

export async function testPaths({ payment, insurance }: Paths): Promise<readonly PathReport[]> {
  const [order, code] = await Promise.all([
    payment.query(NO_ORDER),
    insurance.decodeECredential(new Secret('SELFTEST'), '01301'),
  ]);
  return [
    report('mobilePay', order.outcome === 'ok' || order.outcome === 'refused', {
      well: 'The payment broker answers.',
      ill: `The payment broker gives no answer (${order.outcome}).`,
      remedy: 'Check the line to the payment broker and its token in the site file.',
    }),
    report('insuranceTerminal', code.outcome === 'refused', {
      well: 'The insurance platform’s decoder of codes answers.',
      ill: `The insurance platform’s decoder of codes gives no answer (${code.outcome}).`,
      remedy: 'Check the insurance line, and the caller’s id and token in the site file.',
    }),
  ];
}

interface Words {
  readonly well: string;
  readonly ill: string;
  readonly remedy: string;
}

function report(path: PathReport['path'], answers: boolean, { well, ill, remedy }: Words): PathReport {
  const { result, sentence, remedy: next } = answers ? passed(well) : failed(ill, remedy);
  return { path, selfTest: { result, sentence, remedy: next ?? null } };
}
