/** 挂号取号 at the kiosk: an appointment checks in with one touch, a new one is paid first, and the number is the hospital's. */
import { describe, expect, it } from 'vitest';
import { CLINICS } from '../../hardware-sim/parties/hospital/registration-desk.ts';
import { expectFree, NOTHING } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const wanting = (plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.touch({ do: 'start', journey: 'registration' }),
  'S-ID-HELP': 'insertCard',
  ...plan,
});

const kioskFor = (setting: Setting = {}): VirtualKiosk => new VirtualKiosk({ bills: [], ...setting });
const tickets = (kiosk: VirtualKiosk): readonly string[] => kiosk.hall.parties.hospital.registration.tickets;

describe('a new registration', () => {
  it('[SZ-212] is paid from the personal account, and the number comes on page and paper', async () => {
    const kiosk = kioskFor();
    await kiosk.visit(wanting());
    expect(kiosk.ended).toEqual(['checkedIn']);
    const ticket = bodyOf(kiosk.patient.bodies, 'S-TICKET');
    expect(tickets(kiosk)).toEqual([ticket.ticket]);
    expect(ticket).toMatchObject({ waitingBefore: 0, paper: 'ready' });
    // Nothing to pay but from the account: the centre has the claim, the phone was not asked.
    expect(kiosk.books).toEqual({ claims: 1, chargedFen: 0, confirmed: 1 });
    const [fee = '', number = ''] = kiosk.slips.slice(-2);
    expect(fee).toContain('医疗保障结算单');
    for (const words of [ticket.ticket, ticket.place, '张*一', '前面还有', '12345']) expect(number).toContain(words);
    for (const words of ['张演一', '感染']) expect(number).not.toContain(words);
    expectFree(kiosk);
  });

  it('needs four touches for a known doctor', async () => {
    const kiosk = kioskFor();
    await kiosk.visit(wanting({ 'S-TICKET': 'nothing' }));
    expect(kiosk.patient.touches).toBeLessThanOrEqual(4);
  });

  it('is driven to the centre by the kiosk where the place says so', async () => {
    const kiosk = kioskFor({ visitDrivenBy: 'kiosk' });
    await kiosk.visit(wanting());
    expect(kiosk.ended).toEqual(['checkedIn']);
    expect(kiosk.wire.filter((call) => /^22/.test(call))).toEqual(['2201', '2203A', '2204', '2206', '2207']);
    expectFree(kiosk);
  });

  it('offers what is left, and a doctor whose last number went meanwhile is told', async () => {
    const kiosk = kioskFor();
    const { registration } = kiosk.hall.parties.hospital;
    await kiosk.visit(
      wanting({
        'S-CHOOSE': [
          ({ patient }) => patient.choose(0),
          (its) => {
            registration.full.add(CLINICS.medicine.clinicId);
            its.patient.choose(0);
          },
        ],
      }),
    );
    expect(
      kiosk.patient.bodies.filter((body) => body.name === 'S-CHOOSE').map((body) => 'ask' in body && body.ask),
    ).toEqual(['department', 'doctor']);
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe('clinicFull');
    expect(kiosk.books).toEqual(NOTHING);
    expectFree(kiosk);
  });

  it.each([
    ['gives up at the department', { 'S-CHOOSE': 'cancel' }],
    ['gives up at the split', { 'S-SPLIT': 'cancel' }],
    ['walks away from the split', { 'S-SPLIT': 'nothing' }],
  ] as const)('who %s has paid nothing and holds no number for long', async (_, plan) => {
    const kiosk = kioskFor();
    await kiosk.visit(wanting(plan));
    expect(kiosk.books).toEqual(NOTHING);
    expect(tickets(kiosk)).toEqual([]);
    await kiosk.pass(20 * 60_000);
    expect(kiosk.hall.parties.hospital.openBills(kiosk.hall.parties.hospital.person('zhang'))).toEqual([]);
    expectFree(kiosk);
  });

  it('whose number does not come after the fee is paid says so; it comes the next time', async () => {
    const kiosk = kioskFor();
    kiosk.hall.parties.wires.hospital.mischief.loseRequest(1, { path: '/check-in' });
    await kiosk.visit(wanting());
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe('numberLater');
    expect(kiosk.books).toMatchObject({ claims: 1, confirmed: 1 });
    await kiosk.visit({});
    expect(kiosk.ended.at(-1)).toBe('checkedIn');
    expect(tickets(kiosk)).toHaveLength(1);
    expectFree(kiosk);
  });

  it('the plug is pulled while the fee is settled: after the boot it is whole, and the number can be had', async () => {
    const kiosk = kioskFor();
    kiosk.when('2207', 'after', () => kiosk.hall.cutPower());
    kiosk.patient.come(wanting());
    await kiosk.run(() => !kiosk.hall.hasPower);
    kiosk.patient.leave();
    kiosk.hand('removeCard');
    kiosk.hall.restorePower();
    await kiosk.run(() => kiosk.atRest);
    expect(kiosk.books.claims).toBe(kiosk.books.confirmed);
    expectFree(kiosk);
  });
});

describe('an appointment of today', () => {
  it('checks in with one touch after the card is put down at home', async () => {
    const kiosk = kioskFor({ booked: ['medicine'] });
    await kiosk.visit({});
    expect(kiosk.ended).toEqual(['checkedIn']);
    expect(kiosk.patient.touches).toBe(1);
    expect(bodyOf(kiosk.patient.bodies, 'S-TICKET').ticket).toBe('N001');
    expect(kiosk.books).toEqual(NOTHING);
    expectFree(kiosk);
  });

  it('gives the same number again when the answer is lost, and no second one', async () => {
    const kiosk = kioskFor({ booked: ['medicine'] });
    kiosk.hall.parties.wires.hospital.mischief.loseAnswer(1, { path: '/check-in' });
    await kiosk.visit({});
    expect(kiosk.ended).toEqual(['stopped']);
    expect(tickets(kiosk)).toEqual(['N001']);
    expectFree(kiosk);
  });

  it('that was called and missed is sent to the nurse, in words', async () => {
    const kiosk = kioskFor();
    const { registration, ...office } = kiosk.hall.parties.hospital;
    const person = office.people.find(({ key }) => key === 'zhang');
    if (!person) throw new Error('nobody');
    registration.miss(registration.booked(person, 'surgery'));
    await kiosk.visit({});
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe('numberMissed');
    expectFree(kiosk);
  });

  it('without paper the number stays on the page', async () => {
    const kiosk = kioskFor({ booked: ['surgery'] });
    kiosk.hand('takePaperOut');
    await kiosk.visit({});
    expect(bodyOf(kiosk.patient.bodies, 'S-TICKET')).toMatchObject({ ticket: 'W001', paper: 'none' });
    expectFree(kiosk);
  });
});
