/**
 * One sample of every screen and of its looks, for tests and screenshots.
 * People, bills and numbers are invented; long words are chosen on purpose.
 */
import type { HelpLine, ScreenBody } from '../firmware/screen/messages.ts';
import { affairSamples } from './affair-samples-table.ts';
import { homeSamples } from './home-samples.ts';
import { moneySamples } from './money-samples.ts';
import { priceSamples } from './price-samples.ts';
import { waySamples } from './way-samples-table.ts';

export interface Sample {
  /** e.g. `S-DONE printing` */
  readonly title: string;
  readonly body: ScreenBody;
  readonly deadline?: { readonly leftMs: number; readonly wholeMs: number };
}

export const sampleHelp: HelpLine = {
  window: '一楼收费处3号窗口',
  hospitalPhone: '0571-0000 1234',
  insurancePhone: '12393',
};

const number = 'set_cuxmysf9h2jd';

const oneBill = {
  billId: 'bil_1',
  department: '心血管内科门诊',
  visitDate: '2026-03-05',
  totalFen: 32_656,
  lineCount: 9,
  categories: [
    { category: '02', amountFen: 2_500 },
    { category: '04', amountFen: 12_800 },
    { category: '09', amountFen: 15_356 },
    { category: '08', amountFen: 2_000 },
  ],
};

const manyBills = [
  oneBill,
  {
    billId: 'bil_2',
    department: '眼科',
    visitDate: '2026-03-04',
    totalFen: 1_286_040,
    lineCount: 31,
    categories: [
      { category: '03', amountFen: 46_040 },
      { category: '05', amountFen: 90_000 },
      { category: '06', amountFen: 900_000 },
      { category: '10', amountFen: 120_000 },
      { category: '11', amountFen: 130_000 },
    ],
  },
  {
    billId: 'bil_3',
    department: '中医康复医学科（针灸推拿门诊）',
    visitDate: '2026-02-28',
    totalFen: 8_800,
    lineCount: 2,
    categories: [
      { category: '05', amountFen: 8_000 },
      { category: '12', amountFen: 800 },
    ],
  },
];

const consentItems = [
  { name: '注射用紫杉醇（白蛋白结合型）', unitPriceFen: 78_000, quantity: '1 瓶', amountFen: 78_000 },
  { name: '一次性使用压力延长管', unitPriceFen: 20_000, quantity: '2 根', amountFen: 40_000 },
];

const manyConsentItems = [
  ...consentItems,
  ...['人工泪液', '医用冷敷贴', '钙维生素D咀嚼片', '多功能血糖试纸条'].map((name, index) => ({
    name,
    unitPriceFen: 3_000 + index * 100,
    quantity: '7 盒',
    amountFen: 7 * (3_000 + index * 100),
  })),
];

const parts = [
  { part: 'basic', amountFen: 18_420 },
  { part: 'seriousIllness', amountFen: 3_100 },
  { part: 'assistance', amountFen: 0 },
  { part: 'account', amountFen: 6_000 },
  { part: 'own', amountFen: 5_136 },
] as const;

const allParts = [
  'basic',
  'seriousIllness',
  'assistance',
  'civilServant',
  'largeAmount',
  'enterprise',
  'other',
  'hospital',
  'account',
  'mutualAid',
  'own',
] as const;

const who = { name: 'S-WHO', insuranceType: '310', insuredArea: '330100', local: true, removeCard: true } as const;
const consent = { name: 'S-CONSENT', items: consentItems, totalFen: 118_000, removeCard: false } as const;
const split = {
  name: 'S-SPLIT',
  totalFen: 32_656,
  parts,
  ownFen: 5_136,
  uncovered: [{ part: 'overLimit', amountFen: 880 }],
  account: { used: true, mayChange: true },
  methods: ['phone'],
  removeCard: false,
} as const;
const pay = {
  name: 'S-PAY',
  ownFen: 5_136,
  payCode: 'https://pay.example.invalid/o/8f3b61c02d',
  removeCard: false,
} as const;
const done = {
  name: 'S-DONE',
  totalFen: 32_656,
  ownFen: 5_136,
  fundFen: 21_520,
  accountFen: 6_000,
  number,
  nextStep: '3楼西药房5号窗口取药',
  removeCard: false,
} as const;
const notSettled = { name: 'S-NOT-SETTLED', staffCode: 'ST-02', number, removeCard: false } as const;
const doneDeadline = { leftMs: 20_000, wholeMs: 20_000 };

export const gallery: readonly Sample[] = [
  ...homeSamples,
  {
    title: 'S-ID-HELP',
    body: { name: 'S-ID-HELP', problem: '', staffCode: '' },
    deadline: { leftMs: 30_000, wholeMs: 30_000 },
  },
  { title: 'S-ID-HELP turned', body: { name: 'S-ID-HELP', problem: 'cardUpsideDown', staffCode: 'ID-01' } },
  {
    title: 'S-ID-HELP code',
    body: { name: 'S-ID-HELP', problem: 'codeExpiredOrUsed', staffCode: 'ID-06' },
    deadline: { leftMs: 15_000, wholeMs: 30_000 },
  },
  { title: 'S-BUSY card', body: { name: 'S-BUSY', work: 'readingCard', slow: false, removeCard: false } },
  { title: 'S-BUSY slow', body: { name: 'S-BUSY', work: 'calculating', slow: true, removeCard: true } },
  { title: 'S-BUSY slow payment', body: { name: 'S-BUSY', work: 'preparingPayment', slow: true, removeCard: false } },
  { title: 'S-FACE-ASK', body: { name: 'S-FACE-ASK', place: 'kiosk' }, deadline: { leftMs: 60_000, wholeMs: 60_000 } },
  { title: 'S-FACE-ASK platform', body: { name: 'S-FACE-ASK', place: 'platform' } },
  { title: 'S-FACE', body: { name: 'S-FACE', guidance: 'twoFaces', turn: 'none' } },
  { title: 'S-FACE turn', body: { name: 'S-FACE', guidance: 'good', turn: 'left' } },
  { title: 'S-WHO', body: { ...who, maskedName: '张*三' }, deadline: { leftMs: 2_000, wholeMs: 2_000 } },
  {
    title: 'S-WHO elsewhere',
    body: { ...who, maskedName: '阿*孜', insuranceType: '350', insuredArea: '659001', local: false, removeCard: false },
  },
  {
    title: 'S-BILL',
    body: { name: 'S-BILL', bills: [oneBill], totalFen: 32_656, removeCard: true },
    deadline: { leftMs: 60_000, wholeMs: 60_000 },
  },
  { title: 'S-BILL many', body: { name: 'S-BILL', bills: manyBills, totalFen: 1_327_496, removeCard: false } },
  {
    title: 'S-CONSENT',
    body: { ...consent, signature: 'none' },
    deadline: { leftMs: 60_000, wholeMs: 60_000 },
  },
  {
    title: 'S-CONSENT signature',
    body: { name: 'S-CONSENT', items: manyConsentItems, totalFen: 206_200, signature: 'required', removeCard: true },
  },
  {
    title: 'S-CONSENT two may sign',
    body: { ...consent, signature: 'required', signers: ['patient', 'guardian'] },
  },
  { title: 'S-PAPER-WARN', body: { name: 'S-PAPER-WARN', problem: 'paperOut', removeCard: false } },
  { title: 'S-SPLIT', body: split, deadline: { leftMs: 60_000, wholeMs: 60_000 } },
  {
    title: 'S-SPLIT all parts',
    body: { ...split, parts: allParts.map((part, index) => ({ part, amountFen: 100_000 + index })), removeCard: true },
  },
  {
    title: 'S-SPLIT nothing to pay',
    body: {
      ...split,
      ownFen: 0,
      parts: [
        { part: 'basic', amountFen: 26_656 },
        { part: 'account', amountFen: 6_000 },
        { part: 'own', amountFen: 0 },
      ],
      account: { used: true, mayChange: false },
    },
  },
  { title: 'S-PAY', body: { ...pay, status: 'waiting' }, deadline: { leftMs: 95_000, wholeMs: 120_000 } },
  {
    title: 'S-PAY paying',
    body: { ...pay, status: 'userPaying', removeCard: true },
    deadline: { leftMs: 40_000, wholeMs: 120_000 },
  },
  { title: 'S-CONFIRMING', body: { name: 'S-CONFIRMING', number, removeCard: false } },
  { title: 'S-RECOVER', body: { name: 'S-RECOVER', number, removeCard: true } },
  { title: 'S-DONE printing', body: { ...done, paper: 'printing', rating: 'open' }, deadline: doneDeadline },
  {
    title: 'S-DONE ready',
    body: { ...done, paper: 'ready', rating: 'given', removeCard: true },
    deadline: doneDeadline,
  },
  {
    title: 'S-DONE ready to rate',
    body: { ...done, paper: 'ready', rating: 'open', removeCard: true },
    deadline: doneDeadline,
  },
  {
    title: 'S-DONE left',
    body: { ...done, paper: 'left', rating: 'given', removeCard: true },
    deadline: doneDeadline,
  },
  {
    title: 'S-DONE taken',
    body: { ...done, paper: 'taken', rating: 'open', removeCard: false },
    deadline: doneDeadline,
  },
  {
    title: 'S-DONE unconfirmed',
    body: {
      ...done,
      nextStep: '门诊楼3层西侧西药房5号窗口取药，再到检验科抽血',
      paper: 'unconfirmed',
      rating: 'open',
      removeCard: true,
    },
    deadline: doneDeadline,
  },
  {
    title: 'S-NOPAPER',
    body: {
      name: 'S-NOPAPER',
      number,
      slipCode: 'https://slip.example.invalid/s/7Q2M9KX4',
      ownFen: 5_136,
      nextStep: '3楼西药房5号窗口取药',
      problem: 'paperOut',
      removeCard: false,
    },
    deadline: { leftMs: 38_000, wholeMs: 40_000 },
  },
  { title: 'S-STOP', body: { name: 'S-STOP', reason: 'personDiffers', staffCode: 'ID-09', removeCard: true } },
  {
    title: 'S-STOP line',
    body: { name: 'S-STOP', reason: 'insuranceUnreachable', staffCode: 'LN-01', removeCard: false },
    deadline: { leftMs: 12_000, wholeMs: 30_000 },
  },
  { title: 'S-HELD', body: { name: 'S-HELD', reason: 'duplicateCharge', staffCode: 'BL-02', removeCard: false } },
  {
    title: 'S-HELD with slip',
    body: {
      name: 'S-HELD',
      reason: 'itemNotPublished',
      staffCode: 'RU-11',
      slip: { number: 'held_cuxmysf9h2jd', paper: 'ready' },
      removeCard: true,
    },
  },
  {
    title: 'S-STOP offers',
    body: {
      name: 'S-STOP',
      reason: 'injuryNotFiled',
      staffCode: 'FI-01',
      slip: { number: 'held_cuxmysf9h2jd', paper: 'printing' },
      offers: ['ticket', 'ownExpense'],
      removeCard: false,
    },
  },
  {
    title: 'S-STOP known before',
    body: {
      name: 'S-STOP',
      reason: 'eligibilityUnknown',
      staffCode: 'GA-05',
      offers: ['ownExpense'],
      knownMinutesAgo: 17,
      removeCard: false,
    },
  },
  {
    title: 'S-STOP ticket taken',
    body: {
      name: 'S-STOP',
      reason: 'doctorNotFiled',
      staffCode: 'DOC_NOT_FILED',
      slip: { number: 'held_cuxmysf9h2jd', paper: 'ready' },
      offers: ['ownExpense'],
      ticket: 'B012',
      removeCard: false,
    },
  },
  {
    title: 'S-OWN-EXPENSE',
    body: { name: 'S-OWN-EXPENSE', totalFen: 1_286_040, department: '心血管内科门诊', removeCard: false },
    deadline: { leftMs: 60_000, wholeMs: 60_000 },
  },
  {
    title: 'S-STOP three ways',
    body: {
      name: 'S-STOP',
      reason: 'insuranceUnreachable',
      staffCode: 'LN-01',
      offers: ['park', 'ownExpense'],
      removeCard: true,
    },
  },
  {
    title: 'S-PARKED',
    body: {
      name: 'S-PARKED',
      number: 'acc_cuxmysf9h2jd',
      totalFen: 1_286_040,
      department: '心血管内科门诊',
      until: '2026-04-04',
      paper: 'ready',
      removeCard: true,
    },
    deadline: { leftMs: 20_000, wholeMs: 40_000 },
  },
  {
    title: 'S-INJURY',
    body: { name: 'S-INJURY', department: '骨科门诊', visitDate: '2026-03-05', removeCard: true },
    deadline: { leftMs: 60_000, wholeMs: 60_000 },
  },
  {
    title: 'S-CATEGORY',
    body: {
      name: 'S-CATEGORY',
      department: '内分泌科门诊',
      categories: [
        { code: 'M03900', name: '高血压病' },
        { code: 'M01600', name: '糖尿病' },
        { code: 'ordinary', name: '' },
      ],
      chosen: 'M01600',
      removeCard: false,
    },
    deadline: { leftMs: 60_000, wholeMs: 60_000 },
  },
  {
    title: 'S-REMIND of the centre',
    body: {
      name: 'S-REMIND',
      reasons: ['reviewReminds'],
      says: ['同一药品十四日内重复开药，请留意家中余药'],
      removeCard: false,
    },
  },
  { title: 'S-REMIND', body: { name: 'S-REMIND', reasons: ['tooMuchAtOnce', 'restrictedUse'], removeCard: false } },
  {
    title: 'S-REMIND of both',
    body: {
      name: 'S-REMIND',
      reasons: ['tooMuchAtOnce', 'reviewReminds', 'restrictedUse'],
      says: ['同一药品十四日内重复开药，请留意家中余药'],
      removeCard: false,
    },
  },
  ...moneySamples,
  ...priceSamples,
  ...waySamples,
  ...affairSamples,
  { title: 'S-NOT-SETTLED nothing taken', body: { ...notSettled, reason: 'payOrderExpired', refund: 'nothingTaken' } },
  { title: 'S-NOT-SETTLED refunded', body: { ...notSettled, reason: 'insuranceReversed', refund: 'refunded' } },
  {
    title: 'S-NOT-SETTLED may be kept for later',
    body: { ...notSettled, reason: 'partyUnreachable', refund: 'refunded', offers: ['park'], removeCard: true },
  },
  {
    title: 'S-NOT-SETTLED refund coming',
    body: { ...notSettled, reason: 'hospitalRefused', refund: 'refundComing', removeCard: true },
  },
  {
    title: 'S-NOT-SETTLED with staff',
    body: { ...notSettled, reason: 'handedToPerson', refund: 'withStaff', number: 'case_cuxmysf9h2jd' },
    deadline: { leftMs: 15_000, wholeMs: 40_000 },
  },
  {
    title: 'S-TAKE-CARD',
    body: { name: 'S-TAKE-CARD', removeCard: true },
    deadline: { leftMs: 25_000, wholeMs: 30_000 },
  },
  { title: 'S-STILL-THERE', body: { name: 'S-STILL-THERE' }, deadline: { leftMs: 30_000, wholeMs: 30_000 } },
  { title: 'S-HELP', body: { name: 'S-HELP', call: 'none' }, deadline: { leftMs: 60_000, wholeMs: 60_000 } },
  { title: 'S-OUT', body: { name: 'S-OUT', reason: 'hospitalUnreachable', staffCode: 'LN-05' } },
];
