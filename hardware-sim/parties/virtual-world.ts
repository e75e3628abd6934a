/**
 * The virtual world's parties, built together: the same people, bills and
 * institution in the insurance platform, the hospital, the payment broker and the phones.
 */
import type { Clock } from '../../drivers/ports.ts';
import type { BillKind } from './bills/bills.ts';
import { DEPARTMENTS, PAUSED_DOCTOR, PRACTITIONERS } from './bills/hospital-staff.ts';
import type { StayKind } from './bills/stay-plans.ts';
import { HospitalParty } from './hospital/hospital-party.ts';
import type { HospitalRules } from './hospital/hospital-rules.ts';
import { hospitalUpload } from './hospital/hospital-upload.ts';
import { PriceOffice } from './hospital/price-office.ts';
import type { ClinicKey } from './hospital/registration-desk.ts';
import { wardLines } from './hospital/ward-lines.ts';
import type { Institution } from './insurance/agreement-register.ts';
import { INSURANCE_DEFAULTS, type InsuranceOptions, InsuranceParty } from './insurance/insurance-party.ts';
import { PartyLedger } from './ledger.ts';
import { Mischief } from './mischief.ts';
import type { Party } from './party.ts';
import { PartyWire } from './party-wire.ts';
import { Acquirer } from './payment/acquirer.ts';
import { type BankCard, inventBankCard } from './payment/bank-card.ts';
import type { ChannelRules } from './payment/channel-rules.ts';
import { PaymentParty } from './payment/payment-party.ts';
import { type Wallet, walletOf } from './payment/wallet.ts';
import { ECredentialCentre } from './people/e-credential-centre.ts';
import { PATIENTS, type Patient, patientByKey } from './people/patients.ts';
import { PEOPLE_WITHOUT_INSURANCE } from './people/without-insurance.ts';
import { SeededStream } from './seeded-stream.ts';

export interface PartiesOptions {
  /** The parties' clock; its timers bring late requests. */
  readonly clock: Pick<Clock, 'wallMs' | 'timer'>;
  readonly seed: number;
  readonly institution?: Institution;
  /** `x-tif-paasid` and token of the kiosk; `undefined` = the gateway asks for no signature. */
  readonly caller?: { readonly id: string; readonly token: string } | undefined;
  readonly hospitalToken: string;
  readonly payment: { readonly token: string; readonly merchantId: string };
  readonly visitDrivenBy?: 'hospital' | 'kiosk';
  readonly patients?: readonly Patient[];
  /** Open bills at the start. */
  readonly bills?: readonly { readonly patient: string; readonly kind: BillKind }[];
  /** Who lies in a ward at the start. */
  readonly stays?: readonly { readonly patient: string; readonly kind: StayKind }[];
  /** Who has booked and paid for a clinic of today. */
  readonly booked?: readonly { readonly patient: string; readonly clinic: ClinicKey }[];
  readonly insurance?: Partial<Omit<InsuranceOptions, 'callers'>>;
  /** ms; the reference's 60 s and 30 min unless given. */
  readonly eCredential?: { readonly codeLifeMs?: number; readonly tokenLifeMs?: number };
  readonly hospitalRules?: Partial<HospitalRules>;
  readonly payCodeLifeMs?: number;
  readonly passwordMs?: number;
  readonly channels?: Partial<ChannelRules>;
}

export const DEMO_INSTITUTION: Institution = { code: 'H99000100001', name: '医站演示医院', areaCode: '990001' };

/** Everybody's first bill in a demonstration. */
export const DEMO_BILLS: readonly { readonly patient: string; readonly kind: BillKind }[] = [
  { patient: 'zhang', kind: 'example' },
  { patient: 'li', kind: 'allCovered' },
  { patient: 'wang', kind: 'consent20000' },
  { patient: 'zhao', kind: 'small' },
  { patient: 'chen', kind: 'small' },
  { patient: 'sun', kind: 'example' },
  { patient: 'zhou', kind: 'small' },
  { patient: 'wu', kind: 'example' },
  { patient: 'zheng', kind: 'consentMany' },
  { patient: 'qian', kind: 'small' },
  { patient: 'rare', kind: 'small' },
];

/** Who lies in the demonstration's ward. */
export const DEMO_STAYS: readonly { readonly patient: string; readonly kind: StayKind }[] = [
  { patient: 'huang', kind: 'ready' },
  { patient: 'he', kind: 'severalPayers' },
  { patient: 'ma', kind: 'owes' },
  { patient: 'tian', kind: 'noDischargeOrder' },
];

/** Who has booked for today. */
export const DEMO_BOOKED: readonly { readonly patient: string; readonly clinic: ClinicKey }[] = [
  { patient: 'feng', clinic: 'medicine' },
  { patient: 'lin', clinic: 'surgery' },
];

export interface Parties {
  readonly insurance: InsuranceParty;
  readonly hospital: HospitalParty;
  readonly payment: PaymentParty;
  /** 物价办 of the hospital: the list that people sign and put down at the kiosk. */
  readonly priceOffice: PriceOffice;
  /** At the far end of the bank terminal's line. */
  readonly acquirer: Acquirer;
  /** Each party behind its own wire, with its own mischief. */
  readonly wires: { readonly insurance: PartyWire; readonly hospital: PartyWire; readonly payment: PartyWire };
  readonly ledger: PartyLedger;
  readonly patients: readonly Patient[];
  patient(key: string): Patient;
  /** The payment wallet in this person's phone. */
  wallet(key: string): Wallet;
  /** A bank card of this person. */
  bankCard(key: string): BankCard;
  /** 医保码 at the centre, as other places use it. */
  readonly eCredentials: ECredentialCentre;
  /** The person's phone opens 医保码: a fresh code text. */
  showECredential(key: string): string;
}

/** Builds all parties. @throws RangeError for bills of people that are not there. */
export function createParties(options: PartiesOptions): Parties {
  const { clock, seed } = options;
  const institution = options.institution ?? DEMO_INSTITUTION;
  const patients = options.patients ?? PATIENTS;
  const credentials = new ECredentialCentre(clock, new SeededStream(seed, 'e-credential'), {
    codeLifeMs: options.eCredential?.codeLifeMs ?? 60_000,
    tokenLifeMs: options.eCredential?.tokenLifeMs ?? 30 * 60_000,
  });
  const callers = options.caller && new Map([[options.caller.id, options.caller.token]]);
  const insurance = new InsuranceParty(
    clock,
    { institution, departments: DEPARTMENTS, practitioners: PRACTITIONERS, patients },
    credentials,
    { ...INSURANCE_DEFAULTS, ...options.insurance, callers },
  );
  insurance.suspendPractitioner(PAUSED_DOCTOR.code);
  const acquirer = new Acquirer(clock);
  const wallets = new Map(patients.map((patient) => [patient.key, walletOf(patient)]));
  const cards = new Map(
    patients.map(({ key, wallet: { balanceFen } }, index) => [
      key,
      acquirer.issue(inventBankCard(key, index + 1, balanceFen)),
    ]),
  );
  const patient = (key: string): Patient => patientByKey(key, patients);
  const wallet = (key: string): Wallet => ofPerson(wallets, patient(key).key);
  const bankCard = (key: string): BankCard => ofPerson(cards, patient(key).key);
  const payment = new PaymentParty({
    clock,
    seed,
    ...options.payment,
    otherChannels: [{ channel: 'card', cutOff: '23:00:00', entries: () => acquirer.entries() }],
    ...(options.payCodeLifeMs === undefined ? {} : { payCodeLifeMs: options.payCodeLifeMs }),
    ...(options.passwordMs === undefined ? {} : { passwordMs: options.passwordMs }),
    ...(options.channels === undefined ? {} : { channels: options.channels }),
  });
  const hospital = new HospitalParty({
    clock,
    token: options.hospitalToken,
    institutionCode: institution.code,
    patients,
    ward: wardLines({
      insurance,
      payment,
      acquirer,
      institutionCode: institution.code,
      walletOf: wallet,
      cardOf: bankCard,
    }),
    uninsured: PEOPLE_WITHOUT_INSURANCE,
    ...(options.hospitalRules === undefined ? {} : { rules: options.hospitalRules }),
    insurance: options.visitDrivenBy === 'kiosk' ? undefined : hospitalUpload(insurance),
  });
  for (const { patient: whose, kind } of options.bills ?? DEMO_BILLS) hospital.addBill(whose, kind);
  for (const { patient: whose, kind } of options.stays ?? []) hospital.admit(whose, kind);
  for (const { patient: whose, clinic } of options.booked ?? []) {
    hospital.registration.booked(hospital.person(whose), clinic);
  }

  const wireOf = (name: string, party: Party): PartyWire => new PartyWire(party, new Mischief(seed, name), clock);
  return {
    insurance,
    hospital,
    payment,
    eCredentials: credentials,
    priceOffice: new PriceOffice({
      institution: institution.code,
      catalogues: () => insurance.catalogues.versions,
    }),
    acquirer,
    wires: {
      insurance: wireOf('insurance', insurance),
      hospital: wireOf('hospital', hospital),
      payment: wireOf('payment', payment),
    },
    ledger: new PartyLedger({ insurance, hospital, payment, acquirer }),
    patients,
    patient,
    wallet,
    bankCard,
    showECredential: (key) => credentials.show(patient(key)),
  };
}

function ofPerson<Thing>(things: ReadonlyMap<string, Thing>, key: string): Thing {
  const found = things.get(key);
  if (!found) throw new RangeError('This person has none.');
  return found;
}
