/**
 * A scenario: what the world is like, what a person does, what must come of it.
 *
 * Scenarios are YAML with a published JSON Schema; their expectations stand in
 * them, and each names the sabotage that must make it fail. A bad file gets an
 * error that says where and what.
 */
import { parse } from 'yaml';
import * as z from 'zod';
import type { ScreenName } from '../../firmware/screen/messages.ts';
import { BILL_PLANS, type BillKind } from '../parties/bills/bills.ts';
import { STAY_PLANS, type StayKind } from '../parties/bills/stay-plans.ts';
import { CLINICS, type ClinicKey } from '../parties/hospital/registration-desk.ts';
import { PATIENTS } from '../parties/people/patients.ts';
import { type HandName, handNames } from '../world/hands.ts';
import { bayHandNames, bayNames } from './hall-bays.ts';
import { sabotageNames } from './sabotage-names.ts';

const touches = [
  'start',
  'startRefund',
  'startInpatient',
  'startRegistration',
  'startReprint',
  'startRecords',
  'startGuides',
  'startComplaint',
  'startProxy',
  'findMoney',
  'typeNumber',
  'category',
  'injury',
  'menuPapers',
  'menuMore',
  'choose',
  'amount',
  'confirm',
  'decline',
  'pay',
  'cancel',
  'help',
  'useAccount',
  'leaveAccount',
  'sign',
  'rate',
  'english',
  'chinese',
  'largeText',
  'park',
  'ownExpense',
  'takeTicket',
  'prices',
  'search',
  'row',
  'keep',
  'priceList',
  'print',
  'withoutCard',
  'typed',
] as const;
export type Touch = (typeof touches)[number];

/** Exhaustive by type: a screen that the contract gains has to be named here, too. */
const SCREENS: Readonly<Record<ScreenName, true>> = {
  'S-HOME': true,
  'S-ID-HELP': true,
  'S-BUSY': true,
  'S-WHO': true,
  'S-FACE-ASK': true,
  'S-FACE': true,
  'S-BILL': true,
  'S-CONSENT': true,
  'S-PAPER-WARN': true,
  'S-SPLIT': true,
  'S-PAY': true,
  'S-CONFIRMING': true,
  'S-RECOVER': true,
  'S-DONE': true,
  'S-NOPAPER': true,
  'S-STOP': true,
  'S-HELD': true,
  'S-OWN-EXPENSE': true,
  'S-PARKED': true,
  'S-INJURY': true,
  'S-CATEGORY': true,
  'S-REMIND': true,
  'S-MONEY-ASK': true,
  'S-MONEY': true,
  'S-PRICE': true,
  'S-PRICE-ITEM': true,
  'S-PRICE-LIST': true,
  'S-NOT-SETTLED': true,
  'S-TAKE-CARD': true,
  'S-STILL-THERE': true,
  'S-HELP': true,
  'S-OUT': true,
  'S-MENU': true,
  'S-CHOOSE': true,
  'S-REFUND-LINES': true,
  'S-REFUND': true,
  'S-RESULT': true,
  'S-STAY': true,
  'S-DEPOSIT': true,
  'S-TICKET': true,
  'S-RATE': true,
  'S-REPRINT': true,
  'S-RECORDS': true,
  'S-DAY-LIST': true,
  'S-PAPERS': true,
  'S-TYPE': true,
  'S-STAFF': true,
  'S-PAPER': true,
  'S-GUIDES': true,
  'S-GUIDE': true,
  'S-COMPLAINT': true,
};
const screen = z.enum(Object.keys(SCREENS) as [ScreenName, ...ScreenName[]]);
const billKind = z.enum(Object.keys(BILL_PLANS) as [BillKind, ...BillKind[]]);
const stayKind = z.enum(Object.keys(STAY_PLANS) as [StayKind, ...StayKind[]]);
const clinicKey = z.enum(Object.keys(CLINICS) as [ClinicKey, ...ClinicKey[]]);
const personKey = z.enum(PATIENTS.map(({ key }) => key) as [string, ...string[]]);

const name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');

const step = z
  .strictObject({
    on: screen.optional().describe('Wait for this screen, e.g. S-BILL.'),
    call: z.string().optional().describe('Wait for this transaction (2207) or path to reach its party.'),
    moment: z
      .enum(['before', 'after'])
      .optional()
      .describe('With call: before the party sees it, or after it was done and before its answer is heard.'),
    after: z.number().int().min(0).optional().describe('Wait this many ms of virtual time.'),
    touch: z.enum(touches).optional().describe('What the person touches on the screen.'),
    do: z
      .enum([...(handNames as [HandName, ...HandName[]]), ...bayHandNames])
      .optional()
      .describe('What hands do to the cabinet or the world.'),
    with: z
      .union([z.string(), z.number()])
      .optional()
      .describe('What the hand needs, e.g. millimetres of paper; what is chosen or searched (`drug amxl`), which row.'),
  })
  .refine((one) => one.touch !== undefined || one.do !== undefined || one.after !== undefined, {
    message: 'a step touches, does something or waits',
  })
  .refine((one) => (one.moment === undefined) === (one.call === undefined), {
    message: '"moment" and "call" go together',
  });

const expectation = z.strictObject({
  ended: z.string().describe('The word with which the session, or the settlement after a power cut, ended.'),
  touches: z.number().int().min(0).optional(),
  screens: z.array(screen).optional().describe('Every screen in order, repeats in a row counted once.'),
  slips: z.number().int().min(0).optional().describe('Slips that came out of the printer.'),
  paper: z.array(z.string()).optional().describe('Text that stands on the paper.'),
  notOnPaper: z.array(z.string()).optional(),
  claims: z.number().int().min(0).describe('Live claims at the insurance platform.'),
  chargedFen: z.number().int().min(0).describe('Paid by the patient and not given back.'),
  confirmed: z.number().int().min(0).describe('Bills that the hospital has as settled.'),
  calls: z
    .record(z.string(), z.number().int().min(0))
    .optional()
    .describe('How often a transaction reached the platform.'),
});

const scenarioSchema = z.strictObject({
  name,
  title: z.string().min(1),
  clauses: z.array(z.string()).default([]),
  profile: z.enum(['national', 'zhejiang', 'shenzhen', 'hunan']).default('national'),
  visitDrivenBy: z.enum(['hospital', 'kiosk']).optional().describe('Overrides the profile.'),
  money: z.enum(['payThenSettle', 'settleThenPay']).optional().describe('Overrides the profile.'),
  person: personKey.describe('Who stands in front of the kiosk, by key.'),
  bills: z.array(billKind).describe('Open bills, by their keys in the virtual hospital.'),
  stays: z.array(stayKind).default([]).describe('The person lies in a ward, by the key of the stay.'),
  booked: z.array(clinicKey).default([]).describe('Booked and paid for today, by the key of the clinic.'),
  devices: z
    .array(z.enum(bayNames))
    .default([])
    .describe('What the cabinet has beside card reader, scanner and slip printer.'),
  watched: z.boolean().default(false).describe('The region wants a camera to see whoever settles (SZ-268b).'),
  priceList: z.boolean().default(false).describe('The hospital publishes its prices at the kiosk.'),
  start: z.iso.datetime({ offset: true }).default('2026-03-05T09:00:00+08:00'),
  limitMs: z.number().int().min(1000).default(900_000).describe('Virtual time after which the run is given up.'),
  steps: z.array(step).min(1),
  expect: expectation,
  sabotage: z.enum(sabotageNames).describe('What must make this scenario fail.'),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type Step = Scenario['steps'][number];

/** The file is no scenario; the message says where and what. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

/** @throws ScenarioError */
export function readScenario(text: string, fileName: string): Scenario {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw new ScenarioError(`${fileName} is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  const result = scenarioSchema.safeParse(data);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.') || 'top level'}: ${issue.message}`);
  throw new ScenarioError(`${fileName} is not a scenario:\n${faults.join('\n')}`);
}

/** The JSON Schema of scenario files, for editors and docs/interfaces. */
export function scenarioJsonSchema(): unknown {
  return { title: 'Yizhan scenario', ...z.toJSONSchema(scenarioSchema, { io: 'input' }) };
}
