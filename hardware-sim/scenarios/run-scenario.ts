/**
 * Runs one scenario on virtual time, through the real firmware.
 *
 * The parties' own books are checked after every event, not only at the end;
 * the same seed gives the same run. The kiosk is started by whoever calls: this
 * room does not know the firmware.
 */
import type { ScreenBody } from '../../firmware/screen/messages.ts';
import { paperText } from '../devices/receipt-printer/paper-text.ts';
import type { Boot } from '../world/boot.ts';
import { hands, isHand } from '../world/hands.ts';
import { StuckError } from '../world/virtual-clock.ts';
import { Actor, type PageDoor } from './actor.ts';
import { type Rules, sabotages } from './sabotage.ts';
import type { SabotageName } from './sabotage-names.ts';
import type { Scenario } from './scenario.ts';
import { VirtualHall } from './virtual-hall.ts';

/** The kiosk as a scenario needs it. */
export interface StartedKiosk {
  readonly page: PageDoor;
  /** Settlements that have not ended. */
  openSettlements(): Promise<readonly string[]>;
  /** The state word of one settlement, e.g. `settled`. */
  settlementState(number: string): Promise<string | undefined>;
}

/** Starts the firmware on one boot's world; `onSessionEnded` hears how each session ended. */
export type StartKiosk = (start: {
  readonly world: Boot['world'];
  readonly scenario: Scenario;
  /** Rows of the device map beside reader, scanner and printer. */
  readonly devices: Readonly<Record<string, object>>;
  /** What the price office has put down at the kiosk, where it publishes. */
  readonly priceList: () => Uint8Array | undefined;
  readonly bend: (rules: Rules) => void;
  readonly onSessionEnded: (end: string) => void;
}) => StartedKiosk;

export interface ScenarioResult {
  readonly scenario: string;
  readonly seed: number;
  readonly ok: boolean;
  readonly ended: string;
  readonly touches: number;
  readonly screens: readonly string[];
  readonly virtualMs: number;
  readonly wallMs: number;
  readonly paper: readonly string[];
  /** What must never be so and was, with the time it was first seen. */
  readonly violations: readonly string[];
  /** Expectations that did not hold. */
  readonly failures: readonly string[];
}

export interface RunOptions {
  readonly seed: number;
  readonly startKiosk: StartKiosk;
  /** Real milliseconds, for `wallMs`. */
  readonly realMs: () => number;
  readonly sabotage?: SabotageName | undefined;
}

export async function runScenario(given: Scenario, options: RunOptions): Promise<ScenarioResult> {
  const startedMs = options.realMs();
  const sabotage = options.sabotage && sabotages[options.sabotage];
  const scenario = sabotage?.scenario?.(given) ?? given;
  const hall = new VirtualHall(scenario, options.seed);
  const actor = new Actor({
    steps: scenario.steps,
    clock: hall.clock,
    hand: (name, what) => (isHand(name) ? hands[name].use(hall, what) : hall.useBay(name, what)),
  });
  hall.screen = (): ScreenBody | undefined => actor.screen;
  hall.onCall = (call, moment) => actor.callReached(call, moment);
  sabotage?.hall?.(hall);

  const violations = new Map<string, number>();
  const known = new Set<string>();
  let kiosk: StartedKiosk | undefined;
  let open: readonly string[] = [];
  let ended = '';
  hall.start({
    powerCut: () => {
      kiosk = undefined;
      ended = '';
      actor.turnAway();
    },
    powerBack: ({ world }) => {
      kiosk = options.startKiosk({
        world,
        scenario,
        devices: hall.bays.rows,
        priceList: () => (scenario.priceList ? hall.parties.priceOffice.list : undefined),
        bend: (rules) => sabotage?.rules?.(rules),
        onSessionEnded: (end) => {
          ended = end;
        },
      });
      actor.face(kiosk.page);
    },
  });

  const over = (): boolean =>
    actor.done && hall.hasPower && actor.screen?.name === 'S-HOME' && open.length === 0 && !hall.printing;
  const look = (): void => {
    for (const violation of hall.parties.ledger.violations()) {
      if (!violations.has(violation)) violations.set(violation, hall.clock.monotonicMs());
    }
    // The answer arrives before the next event: every promise drains between two of them.
    kiosk?.openSettlements().then(
      (numbers) => {
        open = numbers;
        for (const number of numbers) known.add(number);
      },
      () => undefined,
    );
  };

  const failures: string[] = [];
  try {
    await hall.clock.runUntil(over, scenario.limitMs, look);
  } catch (error) {
    if (!(error instanceof StuckError)) throw error;
    failures.push(
      `stuck on ${actor.screen?.name ?? 'a dark screen'}, waiting for ${actor.waitingFor}: ${error.message}`,
    );
  }
  if (ended === '' && kiosk) ended = await stateAfterPowerCut(kiosk, known);

  const paper = [...hall.slips, hall.printer.state().atHead].flatMap((sheet) => paperText(sheet));
  // With nothing left open the books must agree with each other, whatever the file expects.
  if (open.length === 0) failures.push(...hall.parties.ledger.endViolations());
  failures.push(...unmet({ scenario, hall, actor, ended, paper, slips: hall.slips.length }));
  return {
    scenario: scenario.name,
    seed: options.seed,
    ok: failures.length === 0 && violations.size === 0,
    ended,
    touches: actor.touches,
    screens: actor.screens,
    virtualMs: hall.clock.monotonicMs(),
    wallMs: Math.round(options.realMs() - startedMs),
    paper,
    violations: [...violations].map(([what, atMs]) => `${what} (at ${atMs} ms)`),
    failures,
  };
}

/** No session lived to its end: the settlement's own state is the end. */
async function stateAfterPowerCut(kiosk: StartedKiosk, known: ReadonlySet<string>): Promise<string> {
  const number = [...known].at(-1);
  const state = number === undefined ? undefined : await kiosk.settlementState(number);
  return `${state ?? 'nothing'}AfterPowerCut`;
}

interface Outcome {
  readonly scenario: Scenario;
  readonly hall: VirtualHall;
  readonly actor: Actor;
  readonly ended: string;
  readonly paper: readonly string[];
  readonly slips: number;
}

function unmet({ scenario, hall, actor, ended, paper, slips }: Outcome): readonly string[] {
  const { expect } = scenario;
  const { ledger } = hall.parties;
  const found: string[] = [];
  const same = (what: string, wanted: unknown, got: unknown): void => {
    if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(got)) return;
    found.push(`${what}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`);
  };
  const chargedFen = ledger.charges().reduce((sum, charge) => sum + charge.paidFen - charge.refundedFen, 0);
  same('ended', expect.ended, ended);
  same('touches', expect.touches, actor.touches);
  same('screens', expect.screens, actor.screens);
  same('slips', expect.slips, slips);
  same('live claims', expect.claims, ledger.liveClaims().length);
  same('charged', expect.chargedFen, chargedFen);
  same('confirmed bills', expect.confirmed, ledger.confirmedBills().length);
  for (const [call, times] of Object.entries(expect.calls ?? {}))
    same(`calls of ${call}`, times, hall.calls.get(call) ?? 0);
  const text = paper.join('\n');
  for (const wanted of expect.paper ?? []) if (!text.includes(wanted)) found.push(`not on the paper: ${wanted}`);
  for (const unwanted of expect.notOnPaper ?? []) if (text.includes(unwanted)) found.push(`on the paper: ${unwanted}`);
  return found;
}
