/** The node on a real mosquitto, seen by a real mosquitto_sub, read by our own small reader. */
import { expect, test, vi } from 'vitest';
import { BrokerFailure } from '../../../firmware/ports.ts';
import { MqttBroker } from '../../../firmware/world/mqtt-broker.ts';
import { GROUP } from '../../firmware/health/health-bench.ts';
import { writeCommand } from '../../firmware/health/payload-reader.ts';
import {
  bdSeq,
  freePort,
  mosquittoMissing,
  startHost,
  startKioskProcess,
  startMosquitto,
  temporaryFolder,
} from './wire-fleet.ts';

// Each test starts up to five processes, on whatever else the machine is doing.
vi.setConfig({ testTimeout: 90_000 });

const NODE = 'YZ-0001';

async function fleet() {
  const port = await freePort();
  const broker = await startMosquitto(port);
  const heard = await startHost(broker, port);
  return { port, url: `mqtt://127.0.0.1:${port}`, broker, heard, folder: temporaryFolder() };
}

test('mosquitto_sub sees the birth, each change once, and after kill -9 the will with the number of that birth', async (ctx) => {
  const missing = mosquittoMissing();
  if (missing) return ctx.skip(missing);
  const { url, heard, folder } = await fleet();
  const kiosk = startKioskProcess(url, folder);

  const birth = await heard.next(({ verb }) => verb === 'NBIRTH');
  expect(birth).toMatchObject({ topic: `spBv1.0/${GROUP}/NBIRTH/${NODE}`, qos: 0, retain: false });
  expect(bdSeq(birth)).toBe(0);
  await heard.next(({ verb, device }) => verb === 'DBIRTH' && device === 'card-reader');
  expect(heard.all.slice(0, 3).map(({ verb }) => verb)).toEqual(['NBIRTH', 'DBIRTH', 'DBIRTH']);

  kiosk.say('paper low');
  const data = await heard.next(({ verb }) => verb === 'DDATA');
  expect(data.device).toBe('printer');
  expect(data.payload.metrics).toMatchObject([{ name: 'Paper', value: 'low', datatype: undefined }]);
  kiosk.say('unplug');
  expect((await heard.next(({ verb }) => verb === 'DDEATH')).device).toBe('printer');

  kiosk.process.kill('SIGKILL');
  const death = await heard.next(({ verb }) => verb === 'NDEATH');
  expect(death).toMatchObject({ topic: `spBv1.0/${GROUP}/NDEATH/${NODE}`, qos: 1, retain: false });
  expect(death.payload.metrics).toHaveLength(1);
  expect(bdSeq(death)).toBe(0);
  const said = heard.all.filter(({ verb }) => verb !== 'NDEATH').map(({ payload }) => payload.seq);
  expect(said).toEqual(said.map((_, index) => index));

  startKioskProcess(url, folder);
  const reborn = await heard.next((message) => message.verb === 'NBIRTH' && message !== birth);
  expect(bdSeq(reborn)).toBe(1);
});

test('a planned stop is seen as a death too, with the number of that birth, and the broker sends no will', async (ctx) => {
  const missing = mosquittoMissing();
  if (missing) return ctx.skip(missing);
  const { url, heard, folder, broker } = await fleet();
  const kiosk = startKioskProcess(url, folder);
  await heard.next(({ verb }) => verb === 'NBIRTH');
  kiosk.say('stop');
  const death = await heard.next(({ verb }) => verb === 'NDEATH');
  expect(bdSeq(death)).toBe(0);
  expect(await kiosk.ended).toBe(0);
  await broker.log.next((line) => line.includes(`Received DISCONNECT from ${GROUP}.${NODE}`));
  const received = broker.log.all.map((line) => line.replace(/^\d+: /, ''));
  const deathAt = received.findIndex((line) => line.startsWith('Received PUBLISH') && line.includes('NDEATH'));
  expect(deathAt).toBeGreaterThan(0);
  expect(deathAt).toBeLessThan(received.findIndex((line) => line.startsWith('Received DISCONNECT')));
  expect(heard.all.filter(({ verb }) => verb === 'NDEATH')).toHaveLength(1);
});

test('a broker that is killed and started again hears a new birth, one number on', async (ctx) => {
  const missing = mosquittoMissing();
  if (missing) return ctx.skip(missing);
  const { url, port, heard, folder, broker } = await fleet();
  const kiosk = startKioskProcess(url, folder);
  expect(bdSeq(await heard.next(({ verb }) => verb === 'NBIRTH'))).toBe(0);
  broker.process.kill('SIGKILL');
  await kiosk.notices.next((notice) => notice === 'lost');
  await kiosk.notices.next((notice) => notice === 'notConnected');
  const again = await startMosquitto(port);
  const heardAgain = await startHost(again, port);
  // It may have been born before the new host listened; a rebirth tells the host what it missed, as in life.
  const host = await new MqttBroker().connect(hostOptions(url));
  await kiosk.notices.next((notice) => notice === 'online', kiosk.notices.all.indexOf('lost'));
  await host.publish({
    topic: `spBv1.0/${GROUP}/NCMD/${NODE}`,
    payload: writeCommand({ name: 'Node Control/Rebirth', value: true }),
    qos: 0,
    retain: false,
  });
  await kiosk.notices.next((notice) => notice === 'rebirth');
  expect(bdSeq(await heardAgain.next(({ verb }) => verb === 'NBIRTH'))).toBe(1);
  await host.close();
});

test('CONNECT asks for a clean session of MQTT 3.1.1, and NCMD is subscribed at QoS 1 {tck-id-principles-persistence-clean-session-311}', async (ctx) => {
  const missing = mosquittoMissing();
  if (missing) return ctx.skip(missing);
  const { url, folder, broker } = await fleet();
  startKioskProcess(url, folder);
  const line = await broker.log.next((one) => one.includes(`as ${GROUP}.${NODE} (`));
  // Protocol level 4 is printed as p2; c1 is the clean session.
  expect(line).toMatch(/\(p2, c1, k10\)/);
  const filter = `spBv1.0/${GROUP}/NCMD/${NODE}`;
  expect(await broker.log.next((one) => one.includes(`\t${filter}`))).toContain(`${filter} (QoS 1)`);
});

test('a port on which nobody listens is notSent, a broker that refuses us is unknown', async (ctx) => {
  const missing = mosquittoMissing();
  if (missing) return ctx.skip(missing);
  const port = await freePort();
  const url = `mqtt://127.0.0.1:${port}`;
  const attempt = () => new MqttBroker().connect(hostOptions(url)).catch((error: unknown) => error);
  const nobody = await attempt();
  expect(nobody).toBeInstanceOf(BrokerFailure);
  expect(nobody).toMatchObject({ reach: 'notSent' });
  await startMosquitto(port, ['allow_anonymous false']);
  expect(await attempt()).toMatchObject({ name: 'BrokerFailure', reach: 'unknown' });
});

test('a lost session is told once, and what waited for the broker is rejected', async (ctx) => {
  const missing = mosquittoMissing();
  if (missing) return ctx.skip(missing);
  const port = await freePort();
  const broker = await startMosquitto(port);
  const session = await new MqttBroker().connect(hostOptions(`mqtt://127.0.0.1:${port}`));
  const reasons: string[] = [];
  const lost = new Promise<void>((resolve) => {
    session.onLost((reason) => {
      reasons.push(reason);
      resolve();
    });
  });
  broker.process.kill('SIGSTOP');
  const waiting = session.publish({ topic: 'a', payload: new Uint8Array(1), qos: 1, retain: false });
  const outcome = waiting.then(
    () => 'acknowledged',
    (error: unknown) => (error instanceof BrokerFailure ? 'rejected' : 'other'),
  );
  broker.process.kill('SIGKILL');
  await lost;
  expect(await outcome).toBe('rejected');
  await expect(session.publish({ topic: 'a', payload: new Uint8Array(1), qos: 0, retain: false })).rejects.toThrow();
  await expect(session.subscribe('a', 1)).rejects.toThrow();
  await session.close();
  expect(reasons).toHaveLength(1);
});

test('closing does not hang on a broker that has stopped answering, and what waited is rejected', async (ctx) => {
  const missing = mosquittoMissing();
  if (missing) return ctx.skip(missing);
  const port = await freePort();
  const broker = await startMosquitto(port);
  const session = await new MqttBroker().connect(hostOptions(`mqtt://127.0.0.1:${port}`));
  let lost = false;
  session.onLost(() => {
    lost = true;
  });
  broker.process.kill('SIGSTOP');
  const outcome = session.publish({ topic: 'a', payload: new Uint8Array(1), qos: 1, retain: false }).then(
    () => 'acknowledged',
    () => 'rejected',
  );
  await session.close();
  expect(await outcome).toBe('rejected');
  // It was wanted: nobody is told of a loss.
  expect(lost).toBe(false);
});

test('a kept message is told from a fresh one', async (ctx) => {
  const missing = mosquittoMissing();
  if (missing) return ctx.skip(missing);
  const port = await freePort();
  await startMosquitto(port);
  const session = await new MqttBroker().connect(hostOptions(`mqtt://127.0.0.1:${port}`));
  const heard: (readonly [string, boolean])[] = [];
  const both = new Promise<void>((resolve) => {
    session.onMessage((topic, _payload, retained) => {
      heard.push([topic, retained]);
      if (heard.length === 2) resolve();
    });
  });
  await session.publish({ topic: 'kept', payload: Uint8Array.of(1), qos: 1, retain: true });
  await session.subscribe('kept', 1);
  await session.subscribe('fresh', 1);
  await session.publish({ topic: 'fresh', payload: Uint8Array.of(1), qos: 1, retain: false });
  await both;
  expect(heard).toEqual([
    ['kept', true],
    ['fresh', false],
  ]);
  await session.close();
});

function hostOptions(url: string) {
  const will = { topic: 'host', payload: new Uint8Array(0), qos: 0, retain: false } as const;
  return { url, clientId: 'other-host', will, keepAliveSeconds: 10 };
}
