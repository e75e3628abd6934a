/**
 * A patient who reacts to screens, as a person does: looks, then touches or uses hands.
 *
 * A plan says what to do when a screen comes up; what it does not say is done as by someone who wants to pay and go.
 */
import type { Intent, JobName, Screen, ScreenBody, ScreenName, ToPage } from '../../firmware/screen/messages.ts';
import type { PageConnection } from '../../firmware/screen/screen-hub.ts';
import type { HandName } from '../../hardware-sim/world/hands.ts';
import type { VirtualKiosk } from './virtual-kiosk.ts';

export type Deed = Intent['do'] | HandName | 'nothing' | ((kiosk: VirtualKiosk) => void);

/** What somebody who wants to pay by card and go does on a page that no plan names. */
export const plainDeed = (name: ScreenName): Deed | readonly Deed[] | undefined => GOOD[name];

/** By screen: a deed for each time that it comes up, the last one for all times after. */
export type Plan = Partial<Record<ScreenName, Deed | readonly Deed[]>>;

/** Someone who wants to pay by card and go. */
const GOOD: Plan = {
  'S-HOME': 'insertCard',
  'S-WHO': 'removeCard',
  'S-BILL': 'confirm',
  'S-CONSENT': (kiosk) => kiosk.patient.agree(),
  'S-PAPER-WARN': 'confirm',
  'S-SPLIT': (kiosk) => kiosk.patient.pay(),
  'S-PAY': 'payByPhone',
  'S-DONE': 'nothing',
  'S-NOPAPER': 'confirm',
  'S-STOP': 'confirm',
  'S-HELD': 'confirm',
  'S-MENU': ({ patient }) => patient.openWanted(),
  'S-REPRINT': 'nothing',
  'S-RECORDS': 'confirm',
  'S-COMPLAINT': 'nothing',
  'S-REFUND-LINES': 'confirm',
  'S-REFUND': 'confirm',
  'S-CHOOSE': (kiosk) => kiosk.patient.choose(0),
  'S-RESULT': 'nothing',
  'S-TICKET': 'nothing',
  'S-RATE': 'confirm',
  'S-STAY': ({ patient }) => patient.offer(),
  'S-DEPOSIT': ({ patient }) => patient.touch({ do: 'amount', amountFen: 100_000 }),
  'S-REMIND': 'confirm',
  'S-NOT-SETTLED': 'confirm',
  'S-RECOVER': 'confirm',
  'S-TAKE-CARD': 'removeCard',
};

const PLAIN_INTENTS: ReadonlySet<string> = new Set([
  'confirm',
  'decline',
  'cancel',
  'help',
  'ownExpense',
  'takeTicket',
]);

/** A person looks before acting, ms. */
const GLANCE_MS = 400;

/** One question after the other on the same kind of page is another page. */
function pageOf(body: ScreenBody): string {
  if (body.name === 'S-TYPE') return `${body.name} ${body.of}`;
  return body.name === 'S-CHOOSE' ? `${body.name} ${body.ask}` : body.name;
}

/** Where pages connect: the firmware's screen hub. */
interface Pages {
  connect(listener: (message: ToPage) => void): PageConnection;
}

const PAPERS: readonly JobName[] = ['reprint', 'records', 'findMoney'];

function startOf(job: JobName): Intent {
  if (job === 'findMoney') return { do: job };
  return job === 'papers' || job === 'more' ? { do: 'menu', menu: job } : { do: 'start', journey: job };
}

export class Patient {
  readonly #kiosk: VirtualKiosk;
  /** Nobody is there until someone comes. */
  #plan: Plan | undefined;
  #page: PageConnection | undefined;
  #hub: Pages | undefined;
  #screenBefore = '';
  #screen: Screen | undefined;
  #times = new Map<ScreenName, number>();
  #arrived = false;
  #wanted: JobName | undefined;
  screens: ScreenName[] = [];
  bodies: ScreenBody[] = [];
  touches = 0;

  constructor(kiosk: VirtualKiosk) {
    this.#kiosk = kiosk;
  }

  get body(): ScreenBody | undefined {
    return this.#screen?.body;
  }

  get screen(): Screen | undefined {
    return this.#screen;
  }

  /** Has done something at the home screen. */
  get hasCome(): boolean {
    return this.#arrived;
  }

  come(plan: Plan): void {
    this.#plan = { ...GOOD, ...plan };
    this.#times = new Map();
    this.#arrived = false;
    this.#wanted = undefined;
    this.screens = [];
    this.bodies = [];
    this.touches = 0;
    if (this.#screen) this.#enter(this.#screen.body);
  }

  /** Goes away: what the screen shows from now on is seen by nobody. */
  leave(): void {
    this.#plan = undefined;
  }

  face(hub: Pages): void {
    this.#hub = hub;
    this.#page = hub.connect((message) => {
      if (message.type !== 'screen') return;
      if (this.#screen && message.screen.id !== this.#screen.id) this.#screenBefore = this.#screen.id;
      const before = this.#screen && pageOf(this.#screen.body);
      this.#screen = message.screen;
      const { body } = message.screen;
      this.bodies.push(body);
      if (pageOf(body) !== before) this.#enter(body);
    });
  }

  /** The page is loaded anew: another connection, which knows nothing of the one before. */
  reload(): void {
    const hub = this.#hub;
    this.#page?.close();
    if (hub) this.face(hub);
  }

  turnAway(): void {
    this.#page = undefined;
    this.#hub = undefined;
    this.#screen = undefined;
  }

  touch(intent: Intent): void {
    if (!this.#screen) return;
    this.touches += 1;
    this.#page?.send({ type: 'intent', screenId: this.#screen.id, intent });
  }

  /** A finger that comes down late: what it touches was on the screen before this one. */
  touchLate(intent: Intent): void {
    this.#page?.send({ type: 'intent', screenId: this.#screenBefore, intent });
  }

  agree(): void {
    const required = this.body?.name === 'S-CONSENT' && this.body.signature === 'required';
    this.touch(required ? { do: 'sign', signer: 'patient' } : { do: 'confirm' });
  }

  /** Touches the tile of a job, or the tile behind which it stands; then S-MENU goes on to it. */
  open(job: JobName): void {
    this.#wanted = job;
    this.openWanted();
  }

  openWanted(): void {
    const { body } = this;
    const jobs = body?.name === 'S-HOME' || body?.name === 'S-MENU' ? body.jobs : [];
    const job = this.#wanted;
    if (job !== undefined && jobs.includes(job)) this.touch(startOf(job));
    else if (body?.name === 'S-MENU') this.touch({ do: 'cancel' });
    else if (job !== undefined) this.touch({ do: 'menu', menu: PAPERS.includes(job) ? 'papers' : 'more' });
  }

  /** The n-th of what can be chosen. */
  choose(place: number): void {
    if (this.body?.name !== 'S-CHOOSE') return;
    const choice = this.body.choices.filter(({ off }) => off === undefined)[place];
    if (choice) this.touch({ do: 'choose', id: choice.id });
  }

  /** What stands first on the page of a stay. */
  offer(): void {
    const id = this.body?.name === 'S-STAY' ? this.body.offers[0] : undefined;
    if (id) this.touch({ do: 'choose', id });
  }

  pay(): void {
    const owed = this.body?.name === 'S-SPLIT' && this.body.ownFen > 0;
    this.touch(owed ? { do: 'pay', method: 'phone' } : { do: 'confirm' });
  }

  #enter({ name }: ScreenBody): void {
    this.screens.push(name);
    const time = this.#times.get(name) ?? 0;
    this.#times.set(name, time + 1);
    if (name === 'S-HOME' && this.#arrived) return;
    const plan = this.#plan;
    const planned = plan?.[name];
    const deed = Array.isArray(planned) ? (planned[Math.min(time, planned.length - 1)] as Deed) : (planned as Deed);
    if (deed === undefined) return;
    this.#kiosk.hall.clock.timer(GLANCE_MS, () => {
      if (this.body?.name !== name || this.#plan !== plan) return;
      if (name === 'S-HOME') this.#arrived = true;
      this.do(deed);
    });
  }

  /** Does one deed now, on whatever page is up. */
  do(deed: Deed): void {
    if (typeof deed === 'function') deed(this.#kiosk);
    else if (deed === 'start') this.touch({ do: 'start', journey: 'settleOutpatient' });
    else if (PLAIN_INTENTS.has(deed)) this.touch({ do: deed } as Intent);
    // No hand puts a second card into a slot.
    else if (deed === 'insertCard' && this.#kiosk.hall.slot.card) return;
    else if (deed !== 'nothing') this.#kiosk.hand(deed as HandName);
  }
}
