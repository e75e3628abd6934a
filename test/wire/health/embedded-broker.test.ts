/** The same node on the embedded broker, and what that broker does not put up with. */
import { connect as connectTcp, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { MqttBroker } from '../../../firmware/world/mqtt-broker.ts';
import { type EmbeddedBroker, openEmbeddedBroker } from '../../../hardware-sim/world/embedded-broker.ts';
import { asHeard, bdSeq, type Heard, Lines, startKioskProcess, temporaryFolder } from './wire-fleet.ts';

// Each test starts up to five processes, on whatever else the machine is doing.
vi.setConfig({ testTimeout: 90_000 });

async function embedded(options?: Parameters<typeof openEmbeddedBroker>[0]): Promise<EmbeddedBroker> {
  const broker = await openEmbeddedBroker(options);
  onTestFinished(() => broker.close());
  return broker;
}

function session(url: string, clientId: string) {
  const will = { topic: 'gone', payload: Uint8Array.of(7), qos: 1, retain: false } as const;
  return new MqttBroker().connect({ url, clientId, will, keepAliveSeconds: 10 });
}

/** A client that writes MQTT by hand: CONNECT (clean, level 4, keep-alive 60 s) and SUBSCRIBE to everything. */
function rawSubscriber(port: number): Socket {
  const socket = connectTcp(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const connect = Buffer.from('101000044d5154540402003c000473 6c6f77'.replace(/ /g, ''), 'hex');
  const subscribe = Buffer.from('82060001000123 00'.replace(/ /g, ''), 'hex');
  socket.write(Buffer.concat([connect, subscribe]));
  return socket;
}

test('the kiosk on the embedded broker: birth, change, will after kill -9, born again', async () => {
  const broker = await embedded();
  const heard = new Lines<Heard>();
  broker.onMessage(({ topic, qos, retain, payload }) => heard.push(asHeard({ topic, qos, retain, bytes: payload })));
  const folder = temporaryFolder();
  const kiosk = startKioskProcess(broker.url, folder);
  expect(bdSeq(await heard.next(({ verb }) => verb === 'NBIRTH'))).toBe(0);
  await kiosk.notices.next((notice) => notice === 'online');
  kiosk.say('paper out');
  const data = await heard.next(({ verb }) => verb === 'DDATA');
  expect(data.payload.metrics).toMatchObject([{ name: 'Paper', value: 'out' }]);
  kiosk.process.kill('SIGKILL');
  expect(bdSeq(await heard.next(({ verb }) => verb === 'NDEATH'))).toBe(0);
  const before = heard.all.length;
  const again = startKioskProcess(broker.url, folder);
  expect(bdSeq(await heard.next(({ verb }) => verb === 'NBIRTH', before))).toBe(1);
  again.say('stop');
  expect(bdSeq(await heard.next(({ verb }) => verb === 'NDEATH', before))).toBe(1);
  expect(await again.ended).toBe(0);
});

test('a client that does not read is put out, and the others are served', async () => {
  const broker = await embedded({ backlogBytes: 262_144 });
  const slow = rawSubscriber(broker.port);
  await new Promise<void>((resolve) => slow.once('data', () => resolve()));
  slow.pause();
  const putOut = new Promise<void>((resolve) => {
    // A paused socket still learns that the other side is gone when it writes.
    slow.once('error', () => resolve());
    slow.once('close', () => resolve());
  });
  const writer = await session(broker.url, 'writer');
  const load = { topic: 'load', payload: new Uint8Array(60_000), qos: 1, retain: false } as const;
  // Far more than the socket buffers of both sides hold.
  for (let sent = 0; sent < 400; sent += 1) await writer.publish(load);
  slow.write(Buffer.from('c000', 'hex'));
  slow.write(Buffer.from('c000', 'hex'));
  slow.resume();
  await putOut;
  await writer.publish(load);
  await writer.close();
});

test('a message that is too large, or on a topic of the broker itself, ends the session of its sender only', async () => {
  const broker = await embedded();
  const good = await session(broker.url, 'good');
  for (const message of [
    { topic: 'large', payload: new Uint8Array(70_000) },
    { topic: '$SYS/uptime', payload: new Uint8Array(1) },
  ]) {
    const bad = await session(broker.url, 'bad');
    const lost = new Promise<void>((resolve) => void bad.onLost(() => resolve()));
    bad.publish({ ...message, qos: 0, retain: false }).catch(() => undefined);
    await lost;
  }
  await good.publish({ topic: 'small', payload: new Uint8Array(1), qos: 1, retain: false });
  await good.close();
});

test('closing frees the port and tells every client', async () => {
  const broker = await openEmbeddedBroker();
  const client = await session(broker.url, 'client');
  const lost = new Promise<void>((resolve) => void client.onLost(() => resolve()));
  await broker.close();
  await lost;
  const again = await embedded({ port: broker.port });
  expect(again.port).toBe(broker.port);
});
