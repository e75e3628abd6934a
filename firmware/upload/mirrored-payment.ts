/**
 * A payment gateway that lets the mirror of the intent go first: when the hospital answers, another machine knows of
 * the settlement before its first fen moves. Nobody waits for it longer than a moment.
 */
import type { PaymentGateway } from '../payment/payment-gateway.ts';

const LIMIT_MS = 300;

export function mirroredPayment(payment: PaymentGateway, flush: (limitMs: number) => Promise<void>): PaymentGateway {
  const after =
    <Args extends readonly unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      await flush(LIMIT_MS);
      return call(...args);
    };
  // The gateway is a class: its methods are taken one by one, whatever it has beside them.
  return new Proxy(payment, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      const call = member.bind(target) as (...args: readonly unknown[]) => Promise<unknown>;
      return name === 'createOrder' || name === 'chargeByCode' ? after(call) : call;
    },
  });
}
