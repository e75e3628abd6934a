import { afterEach, expect, test } from 'vitest';
import { badAnswers } from '../../../hardware-sim/parties/bad-answers.ts';
import { type HttpDoor, openHttpDoor } from '../../../hardware-sim/parties/http-door.ts';
import { onBench, PAYMENT_TOKEN } from './parties-bench.ts';

const doors: HttpDoor[] = [];

afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

async function open() {
  const bench = onBench();
  const door = await openHttpDoor(bench.parties.wires.payment);
  doors.push(door);
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${door.origin}${path}`, { ...init, headers: { authorization: `Bearer ${PAYMENT_TOKEN}` } });
  return { ...bench, ask };
}

test('a party answers on a loopback port of its own', async () => {
  const { ask } = await open();
  const created = await ask('/v1/orders', {
    method: 'POST',
    body: JSON.stringify({ orderNumber: 'P1', amountFen: 100, lifeMs: 1_000, merchantId: 'M1' }),
  });
  expect(created.status).toBe(200);
  const order = await ask('/v1/orders/P1');
  expect(await order.json()).toEqual({ orderNumber: 'P1', state: 'waiting', paidFen: 0, route: null });
});

test('mischief reaches a real socket', async () => {
  const { ask, parties } = await open();
  parties.wires.payment.mischief.answer(1, badAnswers.html502);
  const answer = await ask('/v1/orders/P1');
  expect(answer.status).toBe(502);
  expect(answer.headers.get('content-type')).toContain('text/html');
});

test('a lost answer is never heard, and closing the door ends the wait', async () => {
  const { ask, parties } = await open();
  parties.wires.payment.mischief.loseAnswer();
  const lost = ask('/v1/orders/P1').then(
    () => 'heard',
    () => 'ended',
  );
  // A second exchange on the same door is answered while the first still waits.
  expect((await ask('/v1/orders/P1')).status).toBe(404);
  await doors.splice(0)[0]?.close();
  expect(await lost).toBe('ended');
});
