/** What a careless kiosk would do with money: the deeds behind two sabotages. */
import { createHash } from 'node:crypto';
import { simulatedSite } from '../world/simulated-site.ts';
import { callOf, type VirtualHall } from './virtual-hall.ts';

/** An unanswered 2207 is sent again under a message id of its own. */
export function settleAgain(hall: VirtualHall): void {
  let once = true;
  hall.afterDone = (request, party) => {
    if (!once || callOf(request) !== '2207') return;
    once = false;
    const text = new TextDecoder().decode(request.body);
    const other = text.replace(/("msgid"\s*:\s*"[^"]{26})(\d{4})"/, (_, head: string, tail: string) => {
      return `${head}${String((Number(tail) + 1) % 10_000).padStart(4, '0')}"`;
    });
    const timestamp = request.headers['x-tif-timestamp'] ?? '';
    const nonce = 'sent-again';
    const signed = `${timestamp}${simulatedSite.insurance.callerToken}${nonce}${timestamp}`;
    const headers = {
      ...request.headers,
      'x-tif-nonce': nonce,
      'x-tif-signature': createHash('sha256').update(signed).digest('hex'),
    };
    hall.clock.timer(1_000, () => party.handle({ ...request, headers, body: new TextEncoder().encode(other) }));
  };
}

/** A second order for the same bill is made, and paid. */
export function chargeAgain(hall: VirtualHall): void {
  let once = true;
  hall.afterDone = (request, party) => {
    if (!once || callOf(request) !== 'POST /v1/orders') return;
    once = false;
    const order = JSON.parse(new TextDecoder().decode(request.body)) as { readonly orderNumber: string };
    const body = new TextEncoder().encode(JSON.stringify({ ...order, orderNumber: `${order.orderNumber}x` }));
    const answer = party.handle({ ...request, body });
    const { payCode } = JSON.parse(new TextDecoder().decode(answer.body)) as { readonly payCode: string };
    hall.parties.payment.scanAndPay(payCode, hall.parties.wallet(hall.person));
  };
}
