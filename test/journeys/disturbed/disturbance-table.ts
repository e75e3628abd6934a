/**
 * What can go wrong on a page, each as one deed of the hall or of the patient.
 *
 * `goesOn`: the patient then does what was meant to be done there, as people do. What was broken is put right when the
 * visit is over, or when `for` says.
 */
import type { BayHandName } from '../../../hardware-sim/scenarios/hall-bays.ts';
import type { VirtualKiosk } from '../virtual-kiosk.ts';

export interface Disturbance {
  readonly what: string;
  readonly happens: (kiosk: VirtualKiosk) => void;
  readonly goesOn: boolean;
  /** The deed of that page is done so often, in one instant. */
  readonly touches?: number;
  /** Put right when the visit is over. */
  readonly mended?: (kiosk: VirtualKiosk) => void;
}

const forMs =
  (ms: number, breaks: (kiosk: VirtualKiosk) => void, mends: (kiosk: VirtualKiosk) => void) =>
  (kiosk: VirtualKiosk): void => {
    breaks(kiosk);
    kiosk.hall.clock.timer(ms, () => mends(kiosk));
  };

/** Longer than any party is waited for, ms. */
const LONG_MS = 90_000;

/** Every party of the hospital's side answers that it cannot, whatever was asked. */
const gone =
  (wire: 'hospital' | 'payment' | 'insurance', times: number) =>
  (kiosk: VirtualKiosk): void =>
    kiosk.hall.parties.wires[wire].mischief.loseRequest(times);

/** A page may be gone before it happened there; then there is nothing to mend. */
const bay =
  (hand: BayHandName) =>
  ({ hall }: VirtualKiosk): void => {
    if (hall.bays.can(hand)) hall.useBay(hand, undefined);
  };

export const disturbances: readonly Disturbance[] = [
  {
    what: 'the patient walks away with the card',
    happens: ({ hall, patient }) => {
      hall.slot.remove();
      patient.leave();
    },
    goesOn: false,
  },
  { what: 'the patient does nothing more', happens: ({ patient }) => patient.leave(), goesOn: false },
  { what: 'the patient wants no more of it', happens: ({ patient }) => patient.touch({ do: 'cancel' }), goesOn: false },
  { what: 'the patient says no', happens: ({ patient }) => patient.touch({ do: 'decline' }), goesOn: false },
  // The page that help stands over comes back, and the deed is done then.
  { what: 'help is called', happens: ({ patient }) => patient.touch({ do: 'help' }), goesOn: false },
  {
    what: 'the language changes',
    happens: ({ patient }) => patient.touch({ do: 'setLanguage', language: 'en' }),
    goesOn: true,
  },
  {
    what: 'the print is made largest',
    happens: ({ patient }) => patient.touch({ do: 'setTextSize', textSize: 'extraLarge' }),
    goesOn: true,
  },
  { what: 'every touch comes twice', happens: () => undefined, goesOn: true, touches: 2 },
  { what: 'the page is loaded anew', happens: ({ patient }) => patient.reload(), goesOn: true },
  {
    what: 'a late finger touches what stood there before',
    happens: ({ patient }) => {
      patient.touchLate({ do: 'confirm' });
      patient.touchLate({ do: 'pay', method: 'phone' });
      patient.touchLate({ do: 'cancel' });
    },
    goesOn: true,
  },
  { what: 'the card is pulled', happens: ({ hall }) => hall.slot.remove(), goesOn: true },
  { what: 'a card is put in', happens: ({ patient }) => patient.do('insertCard'), goesOn: true },
  {
    what: 'the reader is lost',
    happens: (kiosk) => kiosk.hand('unplugReader'),
    goesOn: true,
    mended: (kiosk) => kiosk.hand('plugInReader'),
  },
  {
    what: 'the scanner is lost',
    happens: ({ hall }) => hall.scanner.unplug(),
    goesOn: true,
    mended: ({ hall }) => hall.scanner.plugIn(),
  },
  {
    what: 'the printer is lost',
    happens: (kiosk) => kiosk.hand('unplugPrinter'),
    goesOn: true,
    mended: (kiosk) => kiosk.hand('plugInPrinter'),
  },
  {
    what: 'the paper is out',
    happens: (kiosk) => kiosk.hand('takePaperOut'),
    goesOn: true,
    mended: (kiosk) => kiosk.hand('loadPaper'),
  },
  {
    what: 'the cabinet’s board is lost',
    happens: bay('cabinet.unplug'),
    goesOn: true,
    mended: bay('cabinet.plugIn'),
  },
  {
    what: 'the other devices are lost',
    happens: ({ hall }) => {
      for (const name of hall.bays.others) hall.useBay(`${name}.unplug`, undefined);
    },
    goesOn: true,
    mended: (kiosk) => {
      for (const name of kiosk.hall.bays.others) bay(`${name}.plugIn`)(kiosk);
    },
  },
  {
    what: 'nobody is seen there any more',
    happens: ({ hall, patient }) => {
      hall.useBay('cabinet.stepAway', undefined);
      patient.leave();
    },
    goesOn: false,
    mended: bay('cabinet.stepUp'),
  },
  {
    what: 'the service door is opened for a while',
    happens: ({ hall, patient }) => {
      patient.leave();
      hall.slot.remove();
      hall.useBay('cabinet.openService', undefined);
      hall.clock.timer(LONG_MS, () => hall.useBay('cabinet.closeService', undefined));
    },
    goesOn: false,
  },
  {
    what: 'mains is gone',
    happens: bay('cabinet.cutMains'),
    goesOn: true,
    mended: bay('cabinet.restoreMains'),
  },
  {
    what: 'the insurance line is cut for a while',
    happens: forMs(
      LONG_MS,
      ({ hall }) => hall.insuranceLine.cut(),
      ({ hall }) => hall.insuranceLine.restore(),
    ),
    goesOn: true,
  },
  {
    what: 'the insurance line stays cut',
    happens: ({ hall }) => hall.insuranceLine.cut(),
    goesOn: true,
    mended: ({ hall }) => hall.insuranceLine.restore(),
  },
  {
    what: 'the hospital line is cut for a while',
    happens: forMs(
      LONG_MS,
      ({ hall }) => hall.hospitalLine.cut(),
      ({ hall }) => hall.hospitalLine.restore(),
    ),
    goesOn: true,
  },
  { what: 'the payment gateway hears nothing for a while', happens: gone('payment', 6), goesOn: true },
  { what: 'the hospital hears nothing for a while', happens: gone('hospital', 6), goesOn: true },
  { what: 'the centre hears nothing for a while', happens: gone('insurance', 6), goesOn: true },
  {
    what: 'the power goes for a minute',
    happens: ({ hall, patient }) => {
      hall.cutPower();
      hall.slot.remove();
      patient.leave();
      hall.clock.timer(60_000, () => hall.restorePower());
    },
    goesOn: false,
  },
  {
    what: 'the clock jumps two minutes',
    happens: ({ hall }) => hall.setClockApart(120_000),
    goesOn: true,
    mended: ({ hall }) => hall.setClockApart(0),
  },
];
