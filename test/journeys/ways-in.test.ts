/** The ways in of a settlement terminal: each listed with its certificate, each good by itself, and none on the page that is not there. */
import { describe, expect, it } from 'vitest';
import { testPaths } from '../../firmware/self-test/paths.ts';
import { testDevices } from '../../firmware/self-test/run-self-tests.ts';
import { type WayIn, type WayInReport, waysIn } from '../../firmware/self-test/ways-in.ts';
import { issueIdCard } from '../../hardware-sim/devices/id-card-reader/virtual-id-cards.ts';
import { EXAMPLE_PAID, expectFree } from './endings.ts';
import type { Plan } from './patient.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

/** The invented officers' key: no pad outside a bench has it. */
const BENCH_KEY = Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex');
const certificate = { number: '检-990000', until: '2027-12-31' };
const sim = (id: string, held: object | undefined = certificate) => ({
  ...{ id, address: `sim:${id}` },
  ...(held && { certificate: held }),
});

/** With all four, each certified; as the site file would have it. */
function whole(devices: Readonly<Record<string, object | undefined>> = {}): VirtualKiosk {
  const kiosk = new VirtualKiosk({
    face: true,
    deviceRows: {
      cardReader: sim('card-reader'),
      codeScanner: sim('code-scanner'),
      idCardReader: sim('id-card-reader'),
      pinPad: sim('pin-pad'),
      ...devices,
    },
  });
  kiosk.hall.pinPad.loadMasterKey(BENCH_KEY);
  return kiosk;
}

/** An identity card is noticed a moment after it was put down: the visit is over when it has an end. */
async function settles(kiosk: VirtualKiosk, plan: Plan): Promise<void> {
  kiosk.patient.come(plan);
  await kiosk.run(() => kiosk.ended.length > 0 && kiosk.atRest);
  expect(kiosk.ended).toEqual(['settled']);
  expect(kiosk.books).toEqual(EXAMPLE_PAID);
  expectFree(kiosk);
}

/** The kiosk's own self-test, in the hall's time. */
async function selfTest(kiosk: VirtualKiosk): Promise<readonly WayInReport[]> {
  await kiosk.pass(3_000);
  let report: readonly WayInReport[] | undefined;
  const testing = testDevices(kiosk.kiosk.devices, { clock: kiosk.hall.clock, busy: () => false });
  testing.then(
    (devices) => {
      report = waysIn(devices);
    },
    () => undefined,
  );
  await kiosk.run(() => report !== undefined);
  return report ?? [];
}

const BY_CARD: Plan = {};
const BY_CODE: Plan = { 'S-HOME': 'showCode' };
const BY_ID_CARD: Plan = {
  'S-HOME': (its) => its.hall.idCards.present(issueIdCard(its.hall.parties.patient('zhang'))),
  'S-FACE-ASK': (its) => {
    its.hall.faceTerminal.before = { patient: its.hall.parties.patient('zhang') };
    its.patient.touch({ do: 'confirm' });
  },
  'S-WHO': (its) => its.hall.idCards.takeAway(),
};

/** What is on the home page of it, and a way that is still good. */
const MISSING: readonly [WayIn, unplug: (its: VirtualKiosk) => void, media: object, other: Plan][] = [
  ['socialSecurityCard', ({ hall }) => hall.slot.unplug(), { card: false, code: true, idCard: true }, BY_CODE],
  ['insuranceCode', ({ hall }) => hall.scanner.unplug(), { card: true, code: false, idCard: true }, BY_ID_CARD],
  ['identityCard', ({ hall }) => hall.idCards.unplug(), { card: true, code: true }, BY_CARD],
  ['pinPad', ({ hall }) => hall.pinPad.unplug(), { card: true, code: true, idCard: true }, BY_CARD],
];

describe('a settlement terminal', () => {
  it('[SZ-266a] lists its PIN pad and three readers as present and certified; one that is missing is off the page, and the others work', async () => {
    const kiosk = whole();
    const listed = await selfTest(kiosk);
    expect(listed.map(({ way }) => way)).toEqual(['pinPad', 'insuranceCode', 'identityCard', 'socialSecurityCard']);
    for (const { present, certified } of listed) expect([present, certified]).toEqual([true, 'yes']);
    expect(kiosk.patient.body).toMatchObject({ media: { card: true, code: true, idCard: true } });

    for (const [way, unplug, media, other] of MISSING) {
      const lacking = whole();
      await lacking.run(() => lacking.atRest);
      unplug(lacking);
      const left = await selfTest(lacking);
      expect(left.filter(({ present }) => !present).map((one) => one.way)).toEqual([way]);
      const { body } = lacking.patient;
      expect(body?.name === 'S-HOME' && body.media).toEqual(media);
      await settles(lacking, other);
    }
  });

  it('does not call a reader certified whose certificate has ended, or that has none', async () => {
    const kiosk = whole({
      cardReader: sim('card-reader', { number: '检-990001', until: '2026-01-31' }),
      codeScanner: { id: 'code-scanner', address: 'sim:code-scanner' },
      pinPad: undefined,
    });
    expect(await selfTest(kiosk)).toEqual([
      { way: 'pinPad', device: null, present: false, certified: 'notStated' },
      { way: 'insuranceCode', device: 'code-scanner', present: true, certified: 'notStated' },
      { way: 'identityCard', device: 'id-card-reader', present: true, certified: 'yes' },
      { way: 'socialSecurityCard', device: 'card-reader', present: true, certified: 'ended' },
    ]);
  });

  it('[Y4-13] takes the 医保电子凭证 alone, and the 身份证 alone: each settles where there is nothing else', async () => {
    const ways: readonly [Plan, object, string][] = [
      [BY_CODE, { cardReader: undefined, idCardReader: undefined, face: undefined }, 'code'],
      [BY_ID_CARD, { cardReader: undefined, codeScanner: undefined }, 'idCard'],
    ];
    for (const [plan, without, way] of ways) {
      const kiosk = whole({ ...without });
      await kiosk.run(() => kiosk.atRest);
      await kiosk.pass(3_000);
      const { body } = kiosk.patient;
      const media = body?.name === 'S-HOME' ? Object.entries(body.media).filter(([, on]) => on) : [];
      expect(media.map(([name]) => name)).toEqual([way]);
      await settles(kiosk, plan);
    }
  });

  it('[SZ-268a] has mobile pay and the 医保业务综合服务终端 in its self-test; a line that is cut fails its own', async () => {
    const kiosk = whole();
    await kiosk.run(() => kiosk.atRest);
    const results = async (): Promise<readonly string[]> => {
      let said: readonly string[] | undefined;
      const tested = kiosk.kiosk.testPaths().then((paths) => {
        said = paths.map(({ path, selfTest }) => `${path} ${selfTest.result}`);
      });
      tested.catch(() => undefined);
      await kiosk.run(() => said !== undefined);
      return said ?? [];
    };
    expect(await results()).toEqual(['mobilePay passed', 'insuranceTerminal passed']);
    kiosk.hand('cutInsuranceLine');
    expect(await results()).toEqual(['mobilePay passed', 'insuranceTerminal failed']);
    kiosk.hand('restoreInsuranceLine');
    kiosk.hand('cutHospitalLine');
    expect(await results()).toEqual(['mobilePay failed', 'insuranceTerminal passed']);
    // Nobody was named and nothing was charged.
    expect(kiosk.hall.parties.eCredentials.uses).toEqual([]);
    expect(kiosk.troubles).toEqual([]);
  });
});

it('a path whose far end says nothing useful is failed with what to do', async () => {
  const [pay, terminal] = await testPaths({
    payment: { query: async () => ({ outcome: 'malformed', detail: 'not JSON' }) as never },
    insurance: { decodeECredential: async () => ({ outcome: 'malformed', detail: 'not JSON' }) as never },
  });
  expect([pay?.selfTest.result, terminal?.selfTest.result]).toEqual(['failed', 'failed']);
  expect(pay?.selfTest.remedy).toMatch(/token/);
});
