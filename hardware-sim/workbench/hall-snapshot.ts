/** The hall at one moment, as the workbench's page needs it. It only looks. */
import type { Bay } from '../bays/bay.ts';
import type { LiveHall } from '../live-hall.ts';
import { DEPARTMENTS, PRACTITIONERS } from '../parties/bills/hospital-staff.ts';
import { type BillEntry, WINDOW } from '../parties/hospital/bill-book.ts';
import { refundedOf } from '../parties/payment/order-book.ts';
import type { Patient } from '../parties/people/patients.ts';
import type {
  BayView,
  CabinetView,
  LedgersView,
  OpenBillView,
  PaperView,
  PersonView,
  Snapshot,
} from './workbench-messages.ts';

/** Rows of each book: the newest are enough to watch. */
const LEDGER_ROWS = 40;
const STATUS = { '1': 'normal', '2': 'paused', '4': 'ended' } as const;

export function snapshotOf(hall: LiveHall, paper: PaperView, screenUrl: string | undefined): Snapshot {
  return {
    screenUrl,
    openMoney: hall.parties.hospital.money.open(),
    person: hall.person,
    people: hall.parties.patients.map((patient) => personView(hall, patient)),
    cabinet: cabinetView(hall),
    bays: hall.bays.map(bayView),
    paper,
    payableFen: [...hall.parties.payment.book.orders.values()].findLast((order) => order.state === 'waiting')
      ?.amountFen,
    ledgers: ledgersView(hall),
    staff: {
      doctors: PRACTITIONERS.map(({ code, name }) => ({ code, name })),
      departments: DEPARTMENTS.map(({ code, name }) => ({ code, name })),
    },
  };
}

function personView(hall: LiveHall, patient: Patient): PersonView {
  const { payment, hospital } = hall.parties;
  const wallet = hall.parties.wallet(patient.key);
  return {
    key: patient.key,
    name: patient.name,
    sex: patient.sex,
    born: patient.born,
    hasCard: patient.card !== undefined,
    hasECredential: patient.hasECredential,
    insurances: patient.insurances.map((row) => ({
      kind: row.type === '310' ? 'employee' : 'resident',
      status: STATUS[row.status],
      balanceFen: hall.parties.insurance.people.account(patient.personNumber, row.type).balanceFen,
      offSite: row.insuredArea !== undefined,
    })),
    wallet: { route: wallet.route, balanceFen: wallet.balanceFen },
    askedForPassword: payment.book.askedOf(wallet) !== undefined,
    openBills: hospital.book.openBillsOf(patient).map((entry): OpenBillView => {
      const holder = hospital.book.holderOf(entry);
      const heldBy = holder === undefined ? undefined : holder === WINDOW ? 'window' : 'kiosk';
      return { billId: entry.bill.billId, totalFen: entry.bill.totalFen, heldBy };
    }),
  };
}

function cabinetView(hall: LiveHall): CabinetView {
  const { slot, printer } = hall;
  const state = printer.state();
  const inSlot = slot.card;
  const holder = inSlot?.card.label.replace(/^card-/, '');
  return {
    powered: state.powered,
    insuranceLineUp: hall.insuranceLine.up,
    hospitalLineUp: hall.hospitalLine.up,
    reader: {
      pluggedIn: slot.pluggedIn,
      card: inSlot && {
        label: inSlot.card.label,
        holder: hall.parties.patients.some((patient) => patient.key === holder) ? holder : undefined,
        face: inSlot.face,
      },
      media: slot.media().kind === 'mute' ? 'mute' : slot.media().kind === 'present' ? 'present' : 'notPresent',
    },
    printer: {
      pluggedIn: state.plugged,
      connected: state.connected,
      coverOpen: state.coverOpen,
      paperMm: Math.round(state.paperMm),
      paper: state.paperOut ? 'out' : state.paperNearEnd ? 'low' : 'full',
      printing: state.printing,
      faults: (['cutterJammed', 'cutterError', 'headHot', 'hung'] as const).filter((fault) => state[fault]),
      cuts: state.cuts,
      unknownBytes: state.unknownBytes,
    },
  };
}

function bayView({ id, words, lamp, look, hands }: Bay): BayView {
  const views = Object.entries(hands).map(([name, hand]) => ({
    ...{ name, words: hand.words, look: hand.look, with: hand.with ?? [] },
    can: hand.can?.() ?? true,
  }));
  return { id, words, lamp: lamp(), seen: look(), hands: views };
}

function ledgersView(hall: LiveHall): LedgersView {
  const { ledger, hospital, payment } = hall.parties;
  return {
    claims: ledger
      .claims()
      .slice(-LEDGER_ROWS)
      .map(({ settlementId, billId, state, totalFen, fundFen, accountFen, cashFen }) => ({
        ...{ settlementId, billId, state, totalFen, fundFen, accountFen, cashFen },
      })),
    bills: [...hospital.book.entries.values()].slice(-LEDGER_ROWS).map((entry) => ({
      billId: entry.bill.billId,
      person: entry.patient.key,
      totalFen: entry.bill.totalFen,
      state: billState(entry, hospital.book.holderOf(entry)),
    })),
    orders: [...payment.book.orders.values()].slice(-LEDGER_ROWS).map((order) => ({
      orderNumber: order.orderNumber,
      state: order.state,
      amountFen: order.amountFen,
      paidFen: order.paidFen,
      refundedFen: refundedOf(order),
    })),
    violations: ledger.violations().slice(0, LEDGER_ROWS),
  };
}

function billState(entry: BillEntry, holder: string | undefined): LedgersView['bills'][number]['state'] {
  if (entry.settled) return entry.settled.by === 'kiosk' ? 'settledByKiosk' : 'settledAtWindow';
  if (holder === undefined) return 'open';
  return holder === WINDOW ? 'atWindow' : 'held';
}
