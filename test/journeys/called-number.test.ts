/** A number that a patient got here is the number that is called in the hall: on the lamps and on the second screen. */
import { expect, it } from 'vitest';
import type { BoardView } from '../../firmware/screen/messages.ts';
import { expectFree } from './endings.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

interface Hall {
  readonly kiosk: VirtualKiosk;
  /** What the second screen has shown, call by call. */
  readonly views: BoardView[];
}

function hall(setting: Setting): Hall {
  const kiosk = new VirtualKiosk({ bills: [], displays: true, ...setting });
  const views: BoardView[] = [];
  const page = kiosk.kiosk.devices.board?.attach((message) => {
    if (message.type !== 'view') return;
    views.push(message.view);
    kiosk.hall.clock.timer(50, () => page?.hear({ type: 'drawn', viewId: message.view.id }));
  });
  return { kiosk, views };
}

const comes = {
  'S-HOME': ({ patient }: VirtualKiosk) => patient.open('registration'),
  'S-ID-HELP': 'insertCard',
} as const;

it('the number of a check-in stands on ticket, lamps and second screen alike, with the masked name', async () => {
  const { kiosk, views } = hall({ booked: ['medicine'] });
  await kiosk.run(() => kiosk.atRest);
  await kiosk.visit(comes);
  expect(kiosk.ended).toEqual(['checkedIn']);
  const { ticket, place } = bodyOf(kiosk.patient.bodies, 'S-TICKET');
  expect(kiosk.slips.at(-1)).toContain(ticket);
  kiosk.hand('callNumber');
  await kiosk.run(() => views.at(-1)?.call?.number === ticket);
  expect(views.at(-1)?.call).toMatchObject({ number: ticket, place, maskedName: '张*一' });
  await kiosk.pass(2_000);
  expect(kiosk.hall.queueDisplay.text().join(' ')).toContain(ticket);
  expect(JSON.stringify(views)).not.toContain('张演一');
  expectFree(kiosk);
});

it('who comes after the first was called waits for nobody, and has the next number', async () => {
  const { kiosk } = hall({ booked: ['medicine'] });
  await kiosk.run(() => kiosk.atRest);
  await kiosk.visit(comes);
  kiosk.hand('callNumber');
  await kiosk.pass(10_000);
  const { hospital } = kiosk.hall.parties;
  hospital.registration.booked(hospital.person('li'), 'medicine');
  await kiosk.visit({
    ...comes,
    'S-ID-HELP': (its) => its.hand('insertCardOf', 'li'),
  });
  expect(bodyOf(kiosk.patient.bodies, 'S-TICKET')).toMatchObject({ ticket: 'N002', waitingBefore: 0 });
  expectFree(kiosk);
});

it('a number for a window is called on both, too', async () => {
  const { kiosk, views } = hall({});
  await kiosk.run(() => kiosk.atRest);
  const { ticket } = kiosk.hall.parties.hospital.queue.take('counter', 'ses_x') as { ticket: string };
  kiosk.hand('callNumber');
  await kiosk.run(() => views.at(-1)?.call?.number === ticket);
  await kiosk.pass(2_000);
  expect(kiosk.hall.queueDisplay.text().join(' ')).toContain(ticket);
});
