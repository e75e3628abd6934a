/** A slip that is left at the printer's mouth names its patient: said once, then out of everybody's reach. */
import { expect, it } from 'vitest';
import { customKiosk, epsonWithDetector } from '../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const presenter = { machine: customKiosk, profile: 'custom-presenter' } as const;
const detector = { machine: epsonWithDetector, profile: 'epson-taken-sensor' } as const;
const pages = ({ patient }: VirtualKiosk): string[] =>
  patient.bodies.flatMap((body) => (body.name === 'S-DONE' ? [body.paper] : []));

const leftWords = (kiosk: VirtualKiosk): string[] =>
  kiosk.audited('slip.left').map(({ fields }) => String(JSON.parse(fields).state));

it('a slip that the patient takes is said to be taken, and nobody is reminded', async () => {
  const kiosk = new VirtualKiosk({ printer: presenter });
  await kiosk.visit({
    'S-DONE': ({ hall }) => {
      hall.clock.timer(6_000, () => hall.printer.tear());
    },
  });
  expect([...new Set(pages(kiosk))]).toEqual(['printing', 'ready', 'taken']);
  expect(kiosk.audited('slip.left')).toEqual([]);
  expect(kiosk.hall.printer.state()).toMatchObject({ outlet: [], retracted: [], fallen: [] });
});

it('a slip that is left is said to be there, then drawn back, and the journal knows', async () => {
  const kiosk = new VirtualKiosk({ printer: presenter });
  await kiosk.visit({});
  expect([...new Set(pages(kiosk))]).toEqual(['printing', 'ready', 'left']);
  expect(kiosk.hall.printer.state().retracted).toHaveLength(1);
  expect(kiosk.hall.printer.state()).toMatchObject({ outlet: [], fallen: [] });
  expect(leftWords(kiosk)).toEqual(['retracted']);
  expect(kiosk.troubles).toEqual([]);
});

it('the reminder comes after T-PAPER, 20 s or with large print 30 s; where nothing is seen the page has its own time', async () => {
  const waits = async (setting: Setting): Promise<number | undefined> => {
    const kiosk = new VirtualKiosk(setting);
    await kiosk.run(() => kiosk.atRest);
    let wholeMs: number | undefined;
    kiosk.kiosk.screen.connect((message) => {
      if (message.type !== 'screen' || message.screen.body.name !== 'S-DONE') return;
      if (message.screen.body.paper === 'ready') wholeMs = message.screen.deadline?.wholeMs;
    });
    await kiosk.visit({});
    return wholeMs;
  };
  const old = { person: 'li', bills: ['allCovered'] };
  expect(await waits({ printer: presenter })).toBe(20_000);
  expect(await waits({ printer: presenter, ...old })).toBe(30_000);
  expect(await waits(old)).toBe(40_000);
});

it('the next patient gets one slip, their own', async () => {
  const kiosk = new VirtualKiosk({ printer: presenter });
  await kiosk.visit({});
  kiosk.hall.parties.hospital.addBill('zhang', 'small');
  await kiosk.visit({});
  expect(kiosk.hall.printer.state().fallen).toEqual([]);
  expect(kiosk.slips.filter((slip) => slip.includes('医疗保障结算单'))).toHaveLength(2);
});

it('where only hands can take it away, the journal says so, and the kiosk serves on', async () => {
  const kiosk = new VirtualKiosk({ printer: detector });
  await kiosk.visit({});
  expect(bodyOf(kiosk.patient.bodies, 'S-DONE').paper).toBe('left');
  expect(leftWords(kiosk)).toEqual(['unsupportedCommand']);
  kiosk.hall.parties.hospital.addBill('zhang', 'small');
  await kiosk.visit({});
  expect(kiosk.ended).toEqual(['settled', 'settled']);
});

it('a printer without an eye changes nothing: no reminder, no word in the journal', async () => {
  const kiosk = new VirtualKiosk();
  await kiosk.visit({});
  expect([...new Set(pages(kiosk))]).toEqual(['printing', 'ready']);
  expect(kiosk.audited('slip.left')).toEqual([]);
});

it('a slip pulled half out is nobody’s to draw back; the journal keeps the word', async () => {
  const kiosk = new VirtualKiosk({ printer: presenter });
  await kiosk.visit({
    'S-DONE': ({ hall }) => {
      hall.clock.timer(6_000, () => hall.printer.pullHalf());
    },
  });
  expect(leftWords(kiosk)).toEqual(['mediaJammed']);
});
