/**
 * Every journey as one walk of one invented patient who knows what to do: where it starts, and what is done on each
 * page. A disturbed walk is the same walk with one thing going wrong on one page.
 */
import type { Intent, JourneyName } from '../../../firmware/screen/messages.ts';
import type { Deed, Plan } from '../patient.ts';
import { type Setting, VirtualKiosk } from '../virtual-kiosk.ts';

export interface Walk {
  readonly journey: string;
  /** The kiosk and the patient's affairs as they are before the patient comes. */
  readonly before: () => Promise<VirtualKiosk>;
  readonly plan: Plan;
  /** How it ends when nothing goes wrong. */
  readonly end: string;
}

const MINUTE_MS = 60_000;

async function kiosk(setting: Setting): Promise<VirtualKiosk> {
  const it = new VirtualKiosk({ devices: ['cabinet'], ...setting });
  await it.run(() => it.atRest && it.kiosk.devices.all.every(({ state }) => state === 'online'));
  return it;
}

/** Somebody whose bill was settled and paid here a while ago. */
async function withPaidBill(setting: Setting): Promise<VirtualKiosk> {
  const it = await kiosk(setting);
  await it.visit({});
  await it.pass(MINUTE_MS);
  it.ended.length = 0;
  return it;
}

const byTile = (journey: JourneyName, plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.open(journey),
  'S-ID-HELP': 'insertCard',
  ...plan,
});

/** Waits for the paper, and goes on if the page is still the same. */
const thenLeaves =
  (intent: Intent): Deed =>
  ({ hall, patient }) => {
    const name = patient.body?.name;
    patient.touch(intent);
    hall.clock.timer(20_000, () => {
      if (patient.body?.name === name) patient.touch({ do: 'confirm' });
    });
  };

export const outpatientWalks: readonly Walk[] = [
  {
    journey: 'outpatient by card, consent and own part',
    before: () => kiosk({ person: 'wang', bills: ['consent20000'] }),
    plan: {},
    end: 'settled',
  },
  {
    journey: 'outpatient by code, visit driven by the kiosk, settled before paid',
    before: () => kiosk({ visitDrivenBy: 'kiosk', money: 'settleThenPay' }),
    plan: { 'S-HOME': 'showCode' },
    end: 'settled',
  },
  {
    journey: 'outpatient, two bills in one confirmation',
    before: () => kiosk({ bills: ['example', 'small'] }),
    plan: {},
    end: 'settled',
  },
];

/** Ways on which insurance does not settle, or is asked about first. */
export const otherOutpatientWalks: readonly Walk[] = [
  {
    journey: 'outpatient by identity card and face',
    before: () => kiosk({ devices: ['cabinet', 'idCardReader', 'faceTerminal', 'pinPad', 'bankTerminal'] }),
    plan: {
      'S-HOME': ({ hall }) => hall.useBay('idCardReader.present', undefined),
      'S-FACE-ASK': ({ hall, patient }) => {
        hall.useBay('faceTerminal.stepInFront', undefined);
        patient.touch({ do: 'confirm' });
      },
      'S-WHO': ({ hall }) => {
        if (hall.bays.can('idCardReader.takeAway')) hall.useBay('idCardReader.takeAway', undefined);
      },
    },
    end: 'settled',
  },
  {
    journey: 'outpatient by the hospital’s card, at own expense',
    before: () => kiosk({}),
    plan: {
      'S-HOME': (its) => its.hand('showText', 'JZ99000000101'),
      'S-STOP': 'ownExpense',
      'S-OWN-EXPENSE': 'confirm',
    },
    end: 'settled',
  },
  {
    journey: 'a bill kept for later',
    before: async () => {
      const it = await kiosk({});
      it.hand('cutInsuranceLine');
      return it;
    },
    plan: { 'S-STOP': ({ patient }) => patient.touch({ do: 'park' }), 'S-PARKED': 'nothing' },
    end: 'parked',
  },
  {
    journey: 'outpatient with a filed chronic disease',
    before: async () => {
      const it = await kiosk({ bills: ['chronic'], visitDrivenBy: 'kiosk' });
      it.hand('fileChronic');
      return it;
    },
    plan: { 'S-CATEGORY': ({ patient }) => patient.touch({ do: 'category', code: 'M01600' }) },
    end: 'settled',
  },
  {
    journey: 'a number for the filing window',
    before: () => kiosk({ bills: ['injuryUnfiled'], visitDrivenBy: 'kiosk' }),
    plan: { 'S-STOP': ['takeTicket', 'nothing'] },
    end: 'stopped',
  },
];

export const registrationWalks: readonly Walk[] = [
  {
    journey: 'registration with a fee',
    before: () => kiosk({ bills: [] }),
    plan: byTile('registration'),
    end: 'checkedIn',
  },
  {
    journey: 'check-in of a booked visit',
    before: () => kiosk({ bills: [], booked: ['medicine'] }),
    plan: byTile('registration'),
    end: 'checkedIn',
  },
];

export const inpatientWalks: readonly Walk[] = [
  {
    journey: 'inpatient deposit',
    before: () => kiosk({ bills: [], stays: ['noDeposit'] }),
    plan: byTile('inpatient', { 'S-STAY': ({ patient }) => patient.touch({ do: 'choose', id: 'deposit' }) }),
    end: 'settled',
  },
  {
    journey: 'discharge',
    before: () => kiosk({ bills: [], stays: ['ready'] }),
    plan: byTile('inpatient'),
    end: 'settled',
  },
  {
    journey: 'discharge, and its papers are taken',
    before: () => kiosk({ bills: [], stays: ['ready'] }),
    plan: byTile('inpatient', {
      'S-RESULT': 'confirm',
      'S-PAPERS': [({ patient }) => patient.touch({ do: 'choose', id: 'dischargeRecord' }), 'confirm'],
      'S-PAPER': ({ patient, hall }) => {
        patient.touch({ do: 'print' });
        hall.clock.timer(10_000, () => patient.body?.name === 'S-PAPER' && patient.touch({ do: 'confirm' }));
      },
    }),
    end: 'settled',
  },
];

export const wardWalks: readonly Walk[] = [
  {
    journey: 'a day in hospital, on paper',
    before: () => kiosk({ bills: [], stays: ['noDischargeOrder'] }),
    plan: byTile('inpatient', {
      'S-STAY': ({ patient }) => patient.touch({ do: 'choose', id: 'dailyList' }),
      'S-DAY-LIST': thenLeaves({ do: 'print' }),
    }),
    end: 'dayListShown',
  },
];

/** Nobody says who they are. */
export const openWalks: readonly Walk[] = [
  {
    journey: 'guides',
    before: () => kiosk({ bills: [] }),
    plan: byTile('guides', {
      'S-GUIDES': [({ patient }) => patient.touch({ do: 'choose', id: 'guide.refund' }), 'cancel'],
      'S-GUIDE': 'confirm',
    }),
    end: 'guidesRead',
  },
  {
    journey: 'where the money is',
    before: () => withPaidBill({}),
    plan: {
      'S-HOME': ({ patient }) => patient.open('findMoney'),
      'S-MONEY-ASK': ({ hall, patient }) => {
        const [bill] = hall.parties.ledger.confirmedBills();
        patient.touch({ do: 'number', number: (bill?.settlementNumber ?? '').replace(/^[a-z]+_/, '') });
      },
      'S-MONEY': 'confirm',
    },
    end: 'moneyFound',
  },
  {
    journey: 'a price on paper',
    before: () => kiosk({ bills: [], priceList: true }),
    plan: {
      'S-HOME': ({ patient }) => patient.touch({ do: 'prices' }),
      'S-PRICE': [
        ({ hall, patient }) => {
          patient.touch({ do: 'priceSearch', kind: 'drug', text: 'amxlj' });
          hall.clock.timer(3_000, () => {
            const code = patient.body?.name === 'S-PRICE' ? patient.body.rows[0]?.code : undefined;
            if (code !== undefined) patient.touch({ do: 'priceItem', code });
          });
        },
        'cancel',
      ],
      'S-PRICE-ITEM': thenLeaves({ do: 'print' }),
    },
    end: 'pricesShown',
  },
  {
    journey: 'help at the home screen',
    before: () => kiosk({ bills: [] }),
    plan: { 'S-HOME': 'help', 'S-HELP': 'confirm' },
    end: 'finished',
  },
];

/** One's own affairs beside paying. */
export const affairWalks: readonly Walk[] = [
  {
    journey: 'a slip once more',
    before: () => withPaidBill({}),
    plan: byTile('reprint'),
    end: 'reprinted',
  },
  {
    journey: 'what the centre knows',
    before: () => kiosk({ bills: [] }),
    plan: byTile('records'),
    end: 'recordsShown',
  },
  {
    journey: 'a complaint',
    before: () => kiosk({ bills: [] }),
    plan: byTile('complaint', { 'S-CHOOSE': ({ patient }) => patient.touch({ do: 'choose', id: 'fee' }) }),
    end: 'complained',
  },
  {
    journey: 'a bill settled for somebody else',
    before: async () => {
      const it = await kiosk({});
      it.hand('registerProxy', 'li');
      return it;
    },
    plan: byTile('proxy', {
      'S-ID-HELP': [
        'insertCard',
        (its) => {
          its.hand('removeCard');
          its.hand('insertCardOf', 'li');
        },
      ],
      'S-BILL': (its) => {
        its.hand('removeCard');
        its.patient.touch({ do: 'confirm' });
      },
    }),
    end: 'settled',
  },
];

/** People whom no insurance knows. */
export const uninsuredWalks: readonly Walk[] = [
  {
    journey: 'a bill at own expense by a passport',
    before: async () => {
      const it = await kiosk({ bills: [] });
      it.hand('orderWithoutInsurance', 'visitor');
      return it;
    },
    plan: {
      'S-HOME': ({ patient }) => patient.open('settleOutpatient'),
      'S-ID-HELP': ({ patient }) => patient.touch({ do: 'withoutCard' }),
      'S-CHOOSE': ({ patient }) => patient.touch({ do: 'choose', id: 'passport' }),
      'S-TYPE': [
        ({ patient }) => patient.touch({ do: 'typed', text: 'XX9900017' }),
        ({ patient }) => patient.touch({ do: 'typed', text: '19940217' }),
      ],
      'S-STOP': 'ownExpense',
      'S-OWN-EXPENSE': 'confirm',
    },
    end: 'settled',
  },
];

export const refundWalks: readonly Walk[] = [
  {
    journey: 'refund of what was not done',
    before: () => withPaidBill({ bills: ['severalLines'] }),
    plan: byTile('refund'),
    end: 'refunded',
  },
];
