/** Health beside a whole kiosk that serves a patient: it sees the service, shows no patient, and never holds anyone up. */
import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { startHealth } from '../../../firmware/health/kiosk-health.ts';
import { startKiosk } from '../../../firmware/kiosk.ts';
import { demoRulePackBytes } from '../../../hardware-sim/parties/catalogue/rule-pack.ts';
import { PATIENTS } from '../../../hardware-sim/parties/people/patients.ts';
import { DEMO_INSTITUTION } from '../../../hardware-sim/parties/virtual-world.ts';
import { runScenario, type ScenarioResult, type StartKiosk } from '../../../hardware-sim/scenarios/run-scenario.ts';
import { readScenario } from '../../../hardware-sim/scenarios/scenario.ts';
import { MemoryBroker } from '../../../hardware-sim/world/memory-broker.ts';
import { simulatedSite } from '../../../hardware-sim/world/simulated-site.ts';
import { createTestAuthority, signByBoth } from '../../../provisioning/test-authority.ts';
import { readPayload } from './payload-reader.ts';

const authority = createTestAuthority();
const hospital = {
  institutionCode: DEMO_INSTITUTION.code,
  institutionName: DEMO_INSTITUTION.name,
  areaCode: DEMO_INSTITUTION.areaCode,
  helpWindow: '1号人工窗口',
  phone: '0990-1234567',
};

interface Run {
  readonly result: ScenarioResult;
  /** One broker for each boot that had health. */
  readonly brokers: readonly MemoryBroker[];
}

/** @param broken what is wrong with the broker, if there is one at all */
async function runWith(name: string, broken: 'noHealth' | 'nothing' | 'away' | 'mute' | 'refuse'): Promise<Run> {
  const file = new URL(`../../../hardware-sim/scenarios/files/${name}.yaml`, import.meta.url);
  const scenario = readScenario(readFileSync(file, 'utf8'), name);
  const profile = readFileSync(new URL(`../../../firmware/region/profiles/${scenario.profile}.json`, import.meta.url));
  const rules = demoRulePackBytes();
  const signedAt = '2026-01-01T00:00:00+08:00';
  const brokers: MemoryBroker[] = [];
  const start: StartKiosk = ({ world, onSessionEnded }) => {
    let sessionEnded = (): void => undefined;
    const kiosk = startKiosk({
      world,
      config: { kioskId: 'sim-kiosk-1', hospital, ...simulatedSite, broker: undefined, screenPort: 0 },
      pack: { profile, signatures: signByBoth(profile, authority, signedAt, 'region') },
      rulePack: { rules, signatures: signByBoth(rules, authority, signedAt, 'rules') },
      trust: authority.trust,
      sealingKey: new Uint8Array(32).fill(7),
      ledger: 'thisThread',
      onLedgerStopped: () => undefined,
      onSessionEnded: (end) => {
        sessionEnded();
        onSessionEnded(end);
      },
    });
    if (broken !== 'noHealth') {
      const broker = new MemoryBroker(world.clock);
      brokers.push(broker);
      if (broken === 'away') broker.goAway();
      if (broken === 'mute' || broken === 'refuse') broker.answerConnects(broken);
      const health = startHealth({
        broker,
        openStore: () => world.store.open('spool.db'),
        clock: world.clock,
        // The kiosk's own draws stay what they are without health.
        random: { bytes: (count) => new Uint8Array(count).fill(0x55) },
        url: 'mqtt://broker.sim',
        group: hospital.institutionCode,
        node: 'sim-kiosk-1',
        version: '0.1.0',
        devices: kiosk.devices.all,
        openSettlements: () => kiosk.settlements.open(),
      });
      kiosk.screen.connect((message) => {
        if (message.type === 'screen') health.screenShown(message.screen.body.name);
      });
      sessionEnded = () => health.sessionEnded();
    }
    return {
      page: kiosk.screen,
      openSettlements: () => kiosk.settlements.open(),
      settlementState: async (number) => (await kiosk.settlements.status(number))?.view.state,
    };
  };
  return { result: await runScenario(scenario, { seed: 1, startKiosk: start, realMs: () => 0 }), brokers };
}

/** Every way in which the people of the hall could stand in bytes. */
function traces(): readonly Buffer[] {
  const texts = PATIENTS.flatMap(({ name, identityNumber, personNumber, card }) => [
    name,
    identityNumber,
    personNumber,
    ...(card ? [card.number, card.cardIdHex] : []),
  ]);
  return texts.flatMap((text) => [
    Buffer.from(text, 'utf8'),
    Buffer.from(text, 'utf16le'),
    iconv.encode(text, 'gb18030'),
    ...(/^[0-9A-Fa-f]{32}$/.test(text) ? [Buffer.from(text, 'hex')] : []),
  ]);
}

test.each(['outpatient-card', 'outpatient-qr'])('%s leaves no trace of anyone in any published byte', async (name) => {
  const { result, brokers } = await runWith(name, 'nothing');
  expect(result.failures).toEqual([]);
  const published = brokers.flatMap((broker) => broker.published.map(({ payload }) => payload));
  const screens = published.flatMap((bytes) =>
    readPayload(bytes).metrics.flatMap(({ name: metric, value }) => (metric === 'Kiosk/Screen' ? [value] : [])),
  );
  // It was really there while the patient was: the very screens came by.
  expect(screens).toEqual(expect.arrayContaining(['S-WHO', 'S-BILL', 'S-SPLIT', 'S-PAY', 'S-DONE', 'S-HOME']));
  const people = traces();
  expect(people.length).toBeGreaterThan(20);
  const found = published.filter((bytes) => people.some((trace) => Buffer.from(bytes).includes(trace)));
  expect(found).toEqual([]);
});

test('a patient is served to the same millisecond with a good broker, without health, and with each kind of bad broker', async () => {
  const { result: alone } = await runWith('outpatient-card', 'noHealth');
  expect(alone.ok).toBe(true);
  for (const broken of ['nothing', 'away', 'mute', 'refuse'] as const) {
    const { result } = await runWith('outpatient-card', broken);
    expect({ broken, ...result }).toEqual({ broken, ...alone });
  }
});

test('after a power cut in the middle of a settlement the kiosk is born with the next number', async () => {
  const { result, brokers } = await runWith('outpatient-power-cut-in-settle', 'nothing');
  expect(result.failures).toEqual([]);
  const numbers = brokers.map(({ traffic }) => {
    const birth = traffic.find((entry) => entry.packet === 'publish' && entry.message.topic.includes('/NBIRTH/'));
    const payload = birth?.packet === 'publish' ? birth.message.payload : new Uint8Array(0);
    return readPayload(payload).metrics.find((metric) => metric.name === 'bdSeq')?.value;
  });
  expect(numbers).toEqual([0, 1]);
});
