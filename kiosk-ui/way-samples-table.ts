/** Samples of the ways beside the outpatient's bill for the gallery; people, places and numbers are invented. */
import type { Sample } from './gallery.ts';

const number = 'set_cuxmysf9h2jd';
const idle = { leftMs: 60_000, wholeMs: 60_000 };
const done = { leftMs: 20_000, wholeMs: 20_000 };

const refundLines = {
  name: 'S-REFUND-LINES',
  department: '心血管内科门诊',
  settledOn: '2026-03-05',
  removeCard: false,
} as const;
const refundItems = [
  { id: '0', name: '门诊诊察费（主任医师）', quantity: '1次', amountFen: 2_500, taken: false, off: 'performed' },
  { id: '1', name: '阿莫西林克拉维酸钾分散片', quantity: '2盒', amountFen: 7_300, taken: true },
  { id: '2', name: '血细胞分析（五分类）', quantity: '1次', amountFen: 1_800, taken: false },
  { id: '3', name: '注射用紫杉醇（白蛋白结合型）', quantity: '1瓶', amountFen: 128_604, taken: true },
] as const;
const refund = {
  name: 'S-REFUND',
  oldOwnFen: 134_310,
  newOwnFen: 4_506,
  backFen: 129_804,
  accountBackFen: 0,
  removeCard: false,
} as const;
const result = {
  name: 'S-RESULT',
  what: 'refunded',
  big: { label: 'back', amountFen: 129_804 },
  amounts: [
    { label: 'accountBack', amountFen: 9_100 },
    { label: 'ownAfter', amountFen: 4_506 },
  ],
  nextStep: '',
  number,
  removeCard: false,
} as const;
const stay = {
  name: 'S-STAY',
  maskedName: '张*三',
  ward: '心血管内科一病区',
  bed: '12 床',
  admittedOn: '2026-02-26',
  feesFen: 1_286_040,
  balanceFen: 71_396,
  removeCard: false,
} as const;
const deposit = {
  name: 'S-DEPOSIT',
  maskedName: '张*三',
  bed: '12 床',
  balanceFen: -71_396,
  removeCard: false,
  amounts: [50_000, 100_000, 200_000],
  minFen: 10_000,
  maxFen: 2_000_000,
} as const;
const splitOfStay = {
  name: 'S-SPLIT',
  totalFen: 1_286_040,
  removeCard: false,
  parts: [
    { part: 'basic', amountFen: 986_040 },
    { part: 'seriousIllness', amountFen: 100_000 },
    { part: 'account', amountFen: 20_000 },
    { part: 'own', amountFen: 180_000 },
  ],
  account: { used: true, mayChange: false },
} as const;
const discharged = {
  name: 'S-RESULT',
  what: 'discharged',
  number,
  removeCard: false,
  amounts: [
    { label: 'own', amountFen: 180_000 },
    { label: 'deposit', amountFen: 260_000 },
  ],
  nextStep: '住院楼一楼药房取药，轮椅还到服务台',
} as const;

export const waySamples: readonly Sample[] = [
  {
    title: 'S-MENU',
    body: {
      name: 'S-MENU',
      of: 'nothingToPay',
      jobs: ['inpatient', 'registration', 'refund', 'reprint'],
      removeCard: true,
    },
    deadline: done,
  },
  {
    title: 'S-CHOOSE refund',
    body: {
      name: 'S-CHOOSE',
      ask: 'refundOf',
      choices: [
        { id: '0', title: '心血管内科门诊', day: '2026-03-05', amountFen: 32_656 },
        { id: '1', title: '眼科', day: '2026-03-04', amountFen: 1_286_040, off: 'performed' },
        { id: '2', title: '中医康复医学科（针灸推拿门诊）', day: '2026-02-28', amountFen: 8_800, off: 'blocked' },
        { id: '3', title: '口腔科', day: '2026-02-11', amountFen: 12_000 },
        { id: '4', title: '皮肤科', day: '2026-01-30', amountFen: 5_680 },
      ],
      removeCard: true,
    },
    deadline: idle,
  },
  {
    title: 'S-CHOOSE reason',
    body: {
      name: 'S-CHOOSE',
      ask: 'refundReason',
      choices: ['notNeeded', 'doctorChanged', 'chargedByMistake'].map((id) => ({ id, title: '' })),
      removeCard: false,
    },
    deadline: idle,
  },
  { title: 'S-REFUND-LINES', body: { ...refundLines, lines: refundItems }, deadline: idle },
  {
    title: 'S-REFUND-LINES nothing ticked',
    body: { ...refundLines, lines: refundItems.map((line) => ({ ...line, taken: false })), removeCard: true },
  },
  {
    title: 'S-REFUND',
    body: { ...refund, ways: [{ by: 'code', amountFen: 129_804, state: 'planned' }] },
    deadline: idle,
  },
  {
    title: 'S-REFUND many ways',
    body: {
      ...refund,
      accountBackFen: 6_000,
      ways: [
        { by: 'code', amountFen: 29_804, state: 'planned' },
        { by: 'card', amountFen: 50_000, state: 'planned' },
        { by: 'cashier', amountFen: 50_000, state: 'planned' },
      ],
      removeCard: true,
    },
  },
  {
    title: 'S-RESULT refunded',
    body: { ...result, progress: 'done', returns: [{ by: 'code', amountFen: 129_804, state: 'done' }], paper: 'ready' },
    deadline: done,
  },
  {
    title: 'S-RESULT refund on its way',
    body: {
      ...result,
      progress: 'underWay',
      returns: [{ by: 'card', amountFen: 129_804, state: 'underWay' }],
      paper: 'printing',
    },
  },
  {
    title: 'S-RESULT refund with the rest at the window',
    body: {
      ...result,
      progress: 'open',
      returns: [
        { by: 'code', amountFen: 29_804, state: 'done' },
        { by: 'card', amountFen: 50_000, state: 'underWay' },
        { by: 'cashier', amountFen: 50_000, state: 'atCashier' },
      ],
      paper: 'unconfirmed',
      removeCard: true,
    },
    deadline: done,
  },
  {
    title: 'S-RESULT refund without a slip',
    body: {
      ...result,
      progress: 'open',
      returns: [{ by: 'card', amountFen: 129_804, state: 'refused' }],
      paper: 'none',
    },
    deadline: done,
  },
  {
    title: 'S-STAY in the ward',
    body: { ...stay, ticks: undefined, offers: ['deposit', 'dailyList'] },
    deadline: idle,
  },
  {
    title: 'S-STAY ready to leave',
    body: {
      ...stay,
      ticks: { ordered: true, feesPosted: true, coded: true, undisputed: true },
      offers: ['discharge', 'deposit', 'dailyList'],
      removeCard: true,
    },
    deadline: idle,
  },
  {
    title: 'S-STAY not ready',
    body: {
      ...stay,
      balanceFen: -1_286_040,
      ticks: { ordered: true, feesPosted: false, coded: false, undisputed: true },
      offers: ['deposit'],
    },
  },
  { title: 'S-DEPOSIT', body: deposit, deadline: idle },
  {
    title: 'S-SPLIT of a stay, money back',
    body: {
      ...splitOfStay,
      ownFen: 0,
      methods: [],
      deposit: {
        depositFen: 260_000,
        backFen: 80_000,
        ways: [
          { by: 'code', amountFen: 30_000, state: 'planned' },
          { by: 'cashier', amountFen: 50_000, state: 'planned' },
        ],
      },
      removeCard: true,
    },
    deadline: idle,
  },
  {
    title: 'S-SPLIT of a stay, still to pay',
    body: {
      ...splitOfStay,
      ownFen: 170_000,
      methods: ['phone'],
      deposit: { depositFen: 10_000, backFen: 0, ways: [] },
    },
  },
  {
    title: 'S-RESULT deposited',
    body: {
      ...{
        name: 'S-RESULT',
        what: 'deposited',
        progress: 'done',
        returns: [],
        nextStep: '',
        number,
        removeCard: false,
      },
      big: { label: 'deposited', amountFen: 200_000 },
      paper: 'ready',
      amounts: [{ label: 'balance', amountFen: 271_396 }],
    },
    deadline: done,
  },
  {
    title: 'S-RESULT discharged',
    body: {
      ...discharged,
      big: { label: 'back', amountFen: 80_000 },
      progress: 'open',
      paper: 'ready',
      returns: [
        { by: 'code', amountFen: 30_000, state: 'done' },
        { by: 'cashier', amountFen: 50_000, state: 'atCashier' },
      ],
      removeCard: true,
    },
    deadline: done,
  },
  {
    title: 'S-RESULT discharged and paid',
    body: {
      ...discharged,
      big: { label: 'paid', amountFen: 170_000 },
      progress: 'done',
      paper: 'printing',
      returns: [],
    },
  },
  {
    title: 'S-CHOOSE doctor',
    body: {
      name: 'S-CHOOSE',
      ask: 'doctor',
      choices: [
        { id: '0', title: '医演甲', note: '主任医师 08:00', left: 12, insured: true, amountFen: 5_000 },
        { id: '1', title: '医演乙', note: '副主任医师 08:30', left: 3, insured: true, amountFen: 3_000 },
        { id: '2', title: '买买提·演喆堃', note: '主治医师 13:30', left: 28, amountFen: 2_000 },
      ],
      removeCard: true,
    },
    deadline: idle,
  },
  {
    title: 'S-CHOOSE appointment',
    body: {
      name: 'S-CHOOSE',
      ask: 'appointment',
      choices: [
        { id: '0', title: '心血管内科门诊', note: '医演甲 08:00' },
        { id: 'another', title: '' },
      ],
      removeCard: false,
    },
    deadline: idle,
  },
  {
    title: 'S-TICKET',
    body: {
      name: 'S-TICKET',
      ticket: 'N012',
      place: '门诊楼二楼内科3诊室',
      waitingBefore: 11,
      expectedMinutes: 66,
      paper: 'ready',
      removeCard: true,
    },
    deadline: done,
  },
  {
    title: 'S-TICKET printing',
    body: {
      name: 'S-TICKET',
      ticket: 'A1024',
      place: '二楼外科1诊室',
      waitingBefore: 0,
      expectedMinutes: undefined,
      paper: 'printing',
      removeCard: false,
    },
  },
  { title: 'S-RATE', body: { name: 'S-RATE', removeCard: false }, deadline: done },
];
