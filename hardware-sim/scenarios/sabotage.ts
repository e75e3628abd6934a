/**
 * What must make a scenario fail.
 *
 * A scenario that passes whatever happens proves nothing, so each names one of
 * these: a promise of the kiosk or the world, broken on purpose. A test runs
 * every scenario with its sabotage and expects it to fail.
 */

import { hands, isHand } from '../world/hands.ts';
import { chargeAgain, settleAgain } from './sabotage-deeds.ts';
import type { SabotageName } from './sabotage-names.ts';
import type { Scenario } from './scenario.ts';
import type { VirtualHall } from './virtual-hall.ts';

export interface Sabotage {
  readonly breaks: string;
  /** Changes the scenario before anything is built. */
  readonly scenario?: (scenario: Scenario) => Scenario;
  /** Changes what the firmware is told about the rules of the place. */
  readonly rules?: (rules: Rules) => void;
  /** Changes the hall before the first step. */
  readonly hall?: (hall: VirtualHall) => void;
}

/** The part of a region profile that a sabotage may bend. */
export interface Rules {
  consent: { unitPriceFen: number; sumFen: number };
  money: { useAccountByDefault: boolean };
  guides?: readonly unknown[];
  information?: unknown;
}

/** After the card was put in the wrong way, before it is turned over. */
const READER_GOES_MS = 1_000;

const PUTS_A_CARD: ReadonlySet<string> = new Set(['insertCard', 'idCardReader.present']);
/** Places that the patient's own hands do not reach. */
const ELSEWHERE: ReadonlySet<string> = new Set(['centre', 'hospital', 'lines']);

export const sabotages: Readonly<Record<SabotageName, Sabotage>> = {
  printerLosesBytes: {
    breaks: 'what was sent to the printer stands on the paper',
    hall: (hall) => {
      for (let position = 300; position < 1_500; position += 7) hall.printer.faults.loseByte(position);
    },
  },
  codesDieAtOnce: {
    breaks: 'a fresh code can be decoded',
    scenario: (scenario) => ({
      ...scenario,
      steps: scenario.steps.map((step) =>
        step.do === 'showCode' ? { ...step, do: 'showText' as const, with: 'E'.repeat(28) } : step,
      ),
    }),
  },
  consentNeverDue: {
    breaks: 'non-covered items are asked about',
    rules: (rules) => {
      rules.consent.unitPriceFen = 100_000_000;
      rules.consent.sumFen = 100_000_000;
    },
  },
  accountLeftAlone: {
    breaks: 'the personal account pays what it may',
    rules: (rules) => {
      rules.money.useAccountByDefault = false;
    },
  },
  centreAgrees: {
    breaks: 'a person who is not the card holder is stopped',
    scenario: (scenario) => ({ ...scenario, steps: scenario.steps.filter((step) => step.do !== 'answerOtherName') }),
  },
  paperComesBack: {
    breaks: 'paper that is out stays out',
    scenario: (scenario) => ({ ...scenario, steps: scenario.steps.filter((step) => step.do !== 'takePaperOut') }),
  },
  settledTwice: {
    breaks: 'an unknown settlement is never sent again under a new number',
    hall: settleAgain,
  },
  diskForgets: {
    breaks: 'what was journaled is there after a power cut',
    hall: (hall) => hall.loseDiskAtPowerCut(),
  },
  chargedTwice: {
    breaks: 'the patient pays once',
    hall: chargeAgain,
  },
  readerGoesAway: {
    breaks: 'a card that was turned over is seen',
    hall: (hall) => {
      hall.clock.timer(READER_GOES_MS, () => hall.slot.unplug());
    },
  },
  hospitalUploads: {
    breaks: 'the kiosk brings visit and fees to the centre',
    scenario: (scenario) => ({ ...scenario, visitDrivenBy: 'hospital' }),
  },
  cardStaysOut: {
    breaks: 'who puts a card in is known',
    scenario: (scenario) => ({
      ...scenario,
      steps: scenario.steps.filter(({ do: hand }) => !PUTS_A_CARD.has(hand ?? '')),
    }),
  },
  guidesUnsigned: {
    breaks: 'what is signed to be read can be read',
    rules: (rules) => {
      rules.guides = [];
      delete rules.information;
    },
  },
  clockStaysRight: {
    breaks: 'a clock that is apart keeps insurance shut',
    scenario: (scenario) => ({ ...scenario, steps: scenario.steps.filter((step) => step.do !== 'setClockApart') }),
  },
  cabinetStaysWell: {
    breaks: 'what is done to the cabinet and its devices changes the way',
    scenario: (scenario) => ({
      ...scenario,
      // Whoever waits for what comes of it waits in vain.
      steps: scenario.steps.map((step) => (step.do && !isHand(step.do) ? { ...step, do: undefined } : step)),
    }),
  },
  worldStaysCalm: {
    breaks: 'what happens at the centre, at the window and on the lines changes the way',
    scenario: (scenario) => ({
      ...scenario,
      steps: scenario.steps.filter((step) => !(isHand(step.do) && ELSEWHERE.has(hands[step.do].at))),
    }),
  },
};
