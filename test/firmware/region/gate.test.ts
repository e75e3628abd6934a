import { beforeEach, describe, expect, test } from 'vitest';
import type { PlatformAnswer, Standing } from '../../../firmware/insurance/insurance-platform.ts';
import { SettlementGate } from '../../../firmware/region/gate.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { bill, INSTITUTION, line } from '../kiosk-fixture.ts';

const LIFE_MS = 600_000;
const DOCTOR = 'D990001000001';
const visit = bill([line(), line({ name: 'b', doctorCode: 'D990001000002' })]);

/** A centre whose answers a test sets by code. */
class Centre {
  readonly standings = new Map<string, Standing>();
  lineUp = true;

  institutionStanding = () => this.#tell(INSTITUTION);
  departmentStanding = (code: string) => this.#tell(code);
  practitionerStanding = (code: string) => this.#tell(code);

  async #tell(code: string): Promise<PlatformAnswer<Standing>> {
    if (!this.lineUp) return { outcome: 'unknown', detail: 'http timeOut' };
    return { outcome: 'ok', value: this.standings.get(code) ?? 'active' };
  }
}

let centre: Centre;
let clock: ManualClock;
let gate: SettlementGate;
beforeEach(() => {
  centre = new Centre();
  clock = new ManualClock();
  gate = new SettlementGate({ platform: centre, clock, institutionCode: INSTITUTION, eligibilityLifeMs: LIFE_MS });
});
const live = () => gate.check({ bill: visit, person: 'samePerson', asOf: 'live' });
const cached = () => gate.check({ bill: visit, person: 'samePerson', asOf: 'cached' });

describe('the four-part gate', () => {
  test('is open when institution, department, every doctor and the person stand', async () => {
    expect(await live()).toEqual({ open: true, ageMs: 0 });
  });

  test('[part of N-38(6), SZ-248] a paused or ended agreement shuts it', async () => {
    for (const standing of ['paused', 'ended'] as const) {
      centre.standings.set(INSTITUTION, standing);
      expect(await live()).toMatchObject({ open: false, reason: 'institutionStopped' });
    }
  });

  test('[part of SZ-248] a bill of another institution shuts it', async () => {
    const foreign = { ...visit, institutionCode: 'H99000200002' };
    const answer = await gate.check({ bill: foreign, person: 'samePerson', asOf: 'live' });
    expect(answer).toMatchObject({ open: false, reason: 'foreignInstitution' });
  });

  test('[N-38(5)] a stopped department shuts it for its own bills only', async () => {
    centre.standings.set('A01', 'paused');
    expect(await live()).toMatchObject({ open: false, reason: 'departmentStopped' });
    const other = { ...visit, departmentCode: 'B01' };
    expect(await gate.check({ bill: other, person: 'samePerson', asOf: 'live' })).toMatchObject({ open: true });
  });

  test('[SZ-246] a doctor of a single line counts as much as the doctor of the visit', async () => {
    centre.standings.set('D990001000002', 'ended');
    expect(await live()).toMatchObject({ open: false, reason: 'doctorStopped' });
  });

  test('[SZ-246] a doctor who is paused between pre-settlement and settlement shuts it', async () => {
    expect(await live()).toMatchObject({ open: true });
    centre.standings.set(DOCTOR, 'paused');
    expect(await cached()).toMatchObject({ open: true });
    expect(await live()).toMatchObject({ open: false, reason: 'doctorStopped' });
  });

  test('[Z-8.1.3] [part of SZ-213d] another person, or one who cannot be told, shuts it', async () => {
    for (const person of ['personDiffers', 'personIncomplete'] as const) {
      expect(await gate.check({ bill: visit, person, asOf: 'live' })).toMatchObject({ open: false, reason: person });
    }
  });

  test('[part of SZ-277] an answer is good up to its age limit and is unknown one millisecond later', async () => {
    await live();
    centre.lineUp = false;
    await clock.pass(LIFE_MS);
    expect(await live()).toEqual({ open: true, ageMs: LIFE_MS });
    await clock.pass(1);
    expect(await live()).toMatchObject({ open: false, reason: 'eligibilityUnknown' });
  });

  test('[part of SZ-277] the age of each answer can be shown', async () => {
    await live();
    await clock.pass(5_000);
    expect(gate.ages().get('institution')).toBe(5_000);
    expect(gate.ages().get(`doctor ${DOCTOR}`)).toBe(5_000);
  });

  test('[part of Z-4.1.3] a doctor whom the centre has not on file is said to be that', async () => {
    centre.standings.set(DOCTOR, 'unknown');
    expect(await live()).toMatchObject({ open: false, reason: 'doctorNotFiled' });
  });

  test('[part of SZ-277] a line that was never up is unknown', async () => {
    centre.lineUp = false;
    const fresh = new SettlementGate({
      platform: centre,
      clock,
      institutionCode: INSTITUTION,
      eligibilityLifeMs: LIFE_MS,
    });
    const answer = await fresh.check({ bill: visit, person: 'samePerson', asOf: 'cached' });
    expect(answer).toMatchObject({ open: false, reason: 'eligibilityUnknown' });
  });
});
