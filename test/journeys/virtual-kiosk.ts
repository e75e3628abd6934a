/**
 * The whole firmware in the hall on virtual time, for tests: one hall, one plug, as many visits as a test likes.
 *
 * It stands beside the scenario runner on purpose: a test may reach everything (mischief, books, journal, audit
 * trail) before, between and during the steps. One promise: the parties' books are looked at after every event.
 */
import { readFileSync } from 'node:fs';
import type { PrinterProfileName } from '../../drivers/receipt-printer/printer-profile.ts';
import type { AuditEntry } from '../../firmware/audit/audit-trail.ts';
import { type Kiosk, startKiosk } from '../../firmware/kiosk.ts';
import type { Store, StorePort } from '../../firmware/ports.ts';
import type { ScreenBody } from '../../firmware/screen/messages.ts';
import type { PresenceSensor } from '../../firmware/session/presence.ts';
import type { PrinterProfile } from '../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import { paperText } from '../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { type DemoRulePack, demoRulePack } from '../../hardware-sim/parties/catalogue/rule-pack.ts';
import { DEMO_INSTITUTION } from '../../hardware-sim/parties/virtual-world.ts';
import type { BayName } from '../../hardware-sim/scenarios/hall-bays.ts';
import { readScenario } from '../../hardware-sim/scenarios/scenario.ts';
import { VirtualHall } from '../../hardware-sim/scenarios/virtual-hall.ts';
import type { Boot } from '../../hardware-sim/world/boot.ts';
import { type Given, type HandName, hands } from '../../hardware-sim/world/hands.ts';
import { simulatedSite } from '../../hardware-sim/world/simulated-site.ts';
import { createTestAuthority, signByBoth } from '../../provisioning/test-authority.ts';
import { Patient, type Plan } from './patient.ts';

export interface Profile {
  consent: Record<string, unknown>;
  insurance: Record<string, unknown>;
  money: Record<string, unknown>;
  checks: Record<string, unknown>;
}

export interface Setting {
  readonly profile?: 'national' | 'zhejiang' | 'shenzhen' | 'hunan';
  readonly person?: string;
  readonly bills?: readonly string[];
  readonly stays?: readonly string[];
  /** Booked and paid for today, by clinic. */
  readonly booked?: readonly string[];
  readonly visitDrivenBy?: 'hospital' | 'kiosk';
  readonly money?: 'payThenSettle' | 'settleThenPay';
  readonly seed?: number;
  /** Changes the rules of the place before they are signed. */
  readonly rules?: (profile: Profile) => void;
  /** Without one nobody knows who is there. */
  readonly presenceSensor?: PresenceSensor;
  /** The printer in the cabinet, and the profile that the site file gives it. */
  readonly printer?: { readonly machine: PrinterProfile; readonly profile: PrinterProfileName };
  /** The kiosk has an identity-card reader and the platform's face terminal. */
  readonly face?: boolean;
  /** What the cabinet has beside reader, scanner and printer: the bays of scenario files; who wants a cabinet has loaded its library. */
  readonly devices?: readonly BayName[];
  /** The card reader pushes cards out by itself. */
  readonly cardMotor?: boolean;
  /** The kiosk has a camera. */
  readonly camera?: boolean;
  /** Rows of the site file's device map that are added, or taken out with `undefined`. */
  readonly deviceRows?: Readonly<Record<string, object | undefined>>;
  /** The kiosk feeds a display of lamps over the windows and the second screen. */
  readonly displays?: boolean;
  /** The hospital publishes its prices at the kiosk; who wants this has loaded the romanizer. */
  readonly priceList?: boolean;
  /** Changes the rule pack before it is signed. */
  readonly rulePack?: (pack: DemoRulePack) => void;
}

/** Virtual time after which a visit is given up, ms. */
const VISIT_LIMIT_MS = 1_800_000;

const FACE = {
  idCardReader: { id: 'id-card-reader', address: 'sim:id-card-reader' },
  face: {
    ...{ id: 'face', match: 'platform', address: 'sim:face-terminal', padLevel: 'none' },
    institutionCode: DEMO_INSTITUTION.code,
  },
} as const;

const DISPLAYS = {
  queueDisplay: { id: 'queue-display', address: 'sim:queue-display', cells: 24, rows: 2 },
  secondScreen: { id: 'second-screen', address: 'page:' },
} as const;

const authority = createTestAuthority();
const SIGNED_AT = '2026-01-01T00:00:00+08:00';

function signedPrices(list: Uint8Array) {
  return { list, signatures: signByBoth(list, authority, SIGNED_AT, 'prices') };
}

export class VirtualKiosk {
  readonly hall: VirtualHall;
  readonly patient: Patient;
  /** Words with which sessions ended. */
  readonly ended: string[] = [];
  /** Every call that reached a party, in order: `2207` or `POST /v1/orders`. */
  readonly wire: string[] = [];
  readonly violations = new Set<string>();
  readonly #setting: Setting;
  readonly #moments: {
    readonly at: string | number;
    readonly moment: 'before' | 'after';
    readonly deed: () => void;
  }[] = [];
  #exchanges = 0;
  #kiosk: Kiosk | undefined;
  #store: StorePort | undefined;
  #open: readonly string[] = [];

  constructor(setting: Setting = {}) {
    this.#setting = setting;
    const {
      person = 'zhang',
      bills = ['example'],
      stays = [],
      booked = [],
      devices = [],
      visitDrivenBy = 'hospital',
      seed = 1,
    } = setting;
    // The same schema as scenario files: a setting that no file could have is an error here, too.
    const scenario = readScenario(
      JSON.stringify({
        ...{ name: 'a-test', title: 'A test', person, bills, stays, booked, devices, visitDrivenBy },
        steps: [{ after: 0 }],
        expect: { ended: '', claims: 0, chargedFen: 0, confirmed: 0 },
        sabotage: 'chargedTwice',
      }),
      'setting',
    );
    this.hall = new VirtualHall(scenario, seed, setting.printer?.machine, setting.cardMotor);
    this.patient = new Patient(this);
    this.hall.screen = () => this.patient.body;
    this.hall.onCall = (call, moment) => {
      if (moment === 'before') this.#exchanges += 1;
      else this.wire.push(call.replace(/\/(?:B\d+|(?:pay|ref|set)_\w+)/, '/N'));
      const due = this.#moments.findIndex(
        ({ at, moment: when }) =>
          when === moment && (typeof at === 'number' ? at === this.#exchanges : call.startsWith(at)),
      );
      if (due >= 0) this.#moments.splice(due, 1)[0]?.deed();
    };
    this.hall.start({
      powerCut: () => {
        this.#kiosk = undefined;
        this.patient.turnAway();
      },
      powerBack: (boot) => this.#boot(boot),
    });
  }

  get kiosk(): Kiosk {
    if (!this.#kiosk) throw new Error('The kiosk has no power.');
    return this.#kiosk;
  }

  /** Someone comes, does as planned, and goes: until the home screen is back and nothing is open. → screens seen */
  async visit(plan: Plan): Promise<readonly string[]> {
    this.patient.come(plan);
    await this.run(() => this.patient.hasCome && this.atRest, VISIT_LIMIT_MS);
    return this.patient.screens;
  }

  /** Lets virtual time go on until something holds. @throws StuckError */
  run(done: () => boolean, limitMs = VISIT_LIMIT_MS): Promise<void> {
    return this.hall.clock.runUntil(done, limitMs, () => this.#look());
  }

  async pass(ms: number): Promise<void> {
    const endMs = this.hall.clock.monotonicMs() + ms;
    this.hall.clock.timer(ms, () => undefined);
    await this.run(() => this.hall.clock.monotonicMs() >= endMs, ms + 1);
  }

  get atRest(): boolean {
    return this.hall.hasPower && this.patient.body?.name === 'S-HOME' && this.#open.length === 0 && !this.hall.printing;
  }

  get openSettlements(): readonly string[] {
    return this.#open;
  }

  hand(name: HandName, given?: Given): void {
    hands[name].use(this.hall, given);
  }

  /** How many calls have arrived at a party so far. */
  get exchanges(): number {
    return this.#exchanges;
  }

  /** Moments that were waited for and have not come. */
  get stillWaiting(): number {
    return this.#moments.length;
  }

  /** Something happens once at the very moment when a call (or path, or the n-th call) reaches its party or was done there. */
  when(at: string | number, moment: 'before' | 'after', deed: () => void): void {
    this.#moments.push({ at, moment, deed });
  }

  get insurance() {
    return this.hall.parties.wires.insurance.mischief;
  }

  /** How often a call reached its party. */
  count(call: string): number {
    return this.wire.filter((one) => one === call).length;
  }

  /** Everything that the parties' books say against us now. */
  get troubles(): readonly string[] {
    return [...this.violations, ...this.hall.parties.ledger.endViolations()];
  }

  get books() {
    const { ledger } = this.hall.parties;
    return {
      claims: ledger.liveClaims().length,
      chargedFen: ledger.charges().reduce((sum, charge) => sum + charge.paidFen - charge.refundedFen, 0),
      confirmed: ledger.confirmedBills().length,
    };
  }

  get audit(): readonly AuditEntry[] {
    return this.kiosk.audit.entries();
  }

  audited(event: string): readonly AuditEntry[] {
    return this.audit.filter((entry) => entry.event === event);
  }

  get slips(): readonly string[] {
    return this.hall.slips.map((sheet) => paperText(sheet).join('\n'));
  }

  /** The kiosk's own database, to be read. */
  database(): Store {
    if (!this.#store) throw new Error('The kiosk was never started.');
    return this.#store.open('kiosk.db');
  }

  /** Everything in the kiosk's database, as text: what a thief of the disk could read. */
  diskText(): string {
    const store = this.#store?.open('kiosk.db');
    const tables = store?.all("SELECT name FROM sqlite_master WHERE type = 'table'") ?? [];
    const cell = (value: unknown): string =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
    return tables
      .flatMap(({ name }) => store?.all(`SELECT * FROM "${String(name)}"`) ?? [])
      .map((row) => Object.values(row).map(cell).join(' '))
      .join('\n');
  }

  /** The journal of settlements alone, as text. */
  journalText(): string {
    const rows = this.#store?.open('kiosk.db').all('SELECT body FROM journal ORDER BY seq') ?? [];
    return rows.map((row) => String(row['body'])).join('\n');
  }

  #look(): void {
    for (const violation of this.hall.parties.ledger.violations()) this.violations.add(violation);
    const kiosk = this.#kiosk;
    kiosk?.settlements.open().then(
      (numbers) => {
        if (kiosk === this.#kiosk) this.#open = numbers;
      },
      () => undefined,
    );
  }

  get #devices(): typeof simulatedSite.devices & { receiptPrinter: { profile?: PrinterProfileName } } {
    const { devices } = simulatedSite;
    const profile = this.#setting.printer?.profile;
    const camera = this.#setting.camera ? { camera: { id: 'camera', address: 'sim:camera' } } : {};
    const face = this.#setting.face ? FACE : {};
    const displays = this.#setting.displays ? DISPLAYS : {};
    return {
      ...devices,
      ...camera,
      ...face,
      ...this.hall.bays.rows,
      ...displays,
      receiptPrinter: { ...devices.receiptPrinter, ...(profile && { profile }) },
      ...this.#setting.deviceRows,
    };
  }

  #boot({ world }: Boot): void {
    this.#store = world.store;
    const { profile: name = 'zhejiang', visitDrivenBy = 'hospital', money, rules } = this.#setting;
    const file = new URL(`../../firmware/region/profiles/${name}.json`, import.meta.url);
    const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile;
    profile.insurance['visitDrivenBy'] = visitDrivenBy;
    if (money) profile.money['order'] = money;
    rules?.(profile);
    const bytes = new TextEncoder().encode(JSON.stringify(profile));
    const pack = demoRulePack();
    this.#setting.rulePack?.(pack);
    const packed = new TextEncoder().encode(JSON.stringify(pack));
    this.#kiosk = startKiosk({
      world,
      config: {
        kioskId: 'sim-kiosk-1',
        hospital: {
          institutionCode: DEMO_INSTITUTION.code,
          institutionName: DEMO_INSTITUTION.name,
          areaCode: DEMO_INSTITUTION.areaCode,
          helpWindow: '1号人工窗口',
          phone: '0990-1234567',
        },
        ...simulatedSite,
        devices: this.#devices,
        broker: undefined,
        screenPort: 0,
      },
      pack: { profile: bytes, signatures: signByBoth(bytes, authority, SIGNED_AT, 'region') },
      rulePack: { rules: packed, signatures: signByBoth(packed, authority, SIGNED_AT, 'rules') },
      ...(this.#setting.priceList
        ? { prices: { offered: () => signedPrices(this.hall.parties.priceOffice.list) } }
        : {}),
      trust: authority.trust,
      sealingKey: new Uint8Array(32).fill(7),
      ledger: 'thisThread',
      onLedgerStopped: (error) => this.violations.add(`the ledger stopped: ${error.message}`),
      onSessionEnded: (end) => this.ended.push(end),
      ...(this.#setting.presenceSensor ? { presenceSensor: this.#setting.presenceSensor } : {}),
    });
    this.patient.face(this.#kiosk.screen);
  }
}

/** One body by its name, typed. */
export function bodyOf<Name extends ScreenBody['name']>(
  bodies: readonly ScreenBody[],
  name: Name,
): Extract<ScreenBody, { name: Name }> {
  const found = bodies.findLast((body) => body.name === name);
  if (!found) throw new Error(`${name} was not shown; seen: ${bodies.map((body) => body.name).join(' ')}`);
  return found as Extract<ScreenBody, { name: Name }>;
}
