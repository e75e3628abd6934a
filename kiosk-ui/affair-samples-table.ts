/** Samples of one's own affairs for the gallery; people, places and numbers are invented. */
import type { RecordRow } from '../firmware/screen/messages.ts';
import type { Sample } from './gallery.ts';
import { guideSamples } from './guide-samples.ts';

const number = 'set_cuxmysf9h2jd';
const idle = { leftMs: 60_000, wholeMs: 60_000 };
const done = { leftMs: 20_000, wholeMs: 20_000 };

const reprint = {
  name: 'S-REPRINT',
  department: '中医康复医学科（针灸推拿门诊）',
  settledOn: '2026-02-28',
  totalFen: 1_286_040,
  number,
  copy: 2,
  paper: 'ready',
  problem: '',
  invoiceLink: 'https://invoice.example.invalid/FP0000000012?check=000012',
  more: true,
  removeCard: false,
} as const;

const records = { name: 'S-RECORDS', maskedName: '张*三', removeCard: false } as const;
const recordRows: readonly RecordRow[] = [
  {
    label: 'insurance',
    values: [
      { kind: 'insurance', insuranceType: '310', active: true },
      { kind: 'insurance', insuranceType: '390', active: false },
    ],
  },
  { label: 'balance', values: [{ kind: 'money', amountFen: 1_286_040 }] },
  {
    label: 'chronic',
    values: [
      { kind: 'text', text: '高血压', until: '2027-12-31' },
      { kind: 'text', text: '糖尿病（两病）', until: undefined },
    ],
  },
  { label: 'inHospital', values: [{ kind: 'none' }] },
  { label: 'designated', values: [{ kind: 'unknown' }] },
];
const dayList = {
  name: 'S-DAY-LIST',
  maskedName: '张*三',
  day: '2026-03-04',
  hasEarlier: true,
  hasLater: true,
  groups: [
    {
      category: '01',
      amountFen: 12_000,
      lines: [{ name: '普通病房床位费（三人间）', quantity: '1日', amountFen: 12_000 }],
    },
    {
      category: '09',
      amountFen: 108_604,
      lines: [
        { name: '注射用紫杉醇（白蛋白结合型）', quantity: '1瓶', amountFen: 101_304 },
        { name: '阿莫西林克拉维酸钾分散片', quantity: '2盒', amountFen: 7_300 },
      ],
    },
  ],
  totalFen: 120_604,
  paper: 'can',
  phone: true,
  removeCard: false,
} as const;
const stayPaper = { name: 'S-PAPER', paper: 'dischargeRecord', removeCard: false } as const;
const pageOnPhone = 'https://his.hospital.example/p/kX2vQ8wYt0aZ5bN1cM7d';
const complaint = { name: 'S-COMPLAINT', number: 'cmp_cuxmysf9h2jd', about: 'fee' } as const;
export const affairSamples: readonly Sample[] = [
  {
    title: 'S-MENU papers',
    body: { name: 'S-MENU', of: 'papers', jobs: ['reprint', 'records', 'findMoney'], removeCard: false },
    deadline: idle,
  },
  {
    title: 'S-CHOOSE slip',
    body: {
      name: 'S-CHOOSE',
      ask: 'reprintOf',
      choices: [
        { id: '0', title: '心血管内科门诊', day: '2026-03-05', amountFen: 32_656 },
        { id: '1', title: '眼科', day: '2026-03-04', amountFen: 1_286_040, off: 'undone' },
        { id: '2', title: '中医康复医学科（针灸推拿门诊）', day: '2026-02-28', amountFen: 8_800, off: 'printedEnough' },
        { id: '3', title: '口腔科', day: '2026-02-11', amountFen: 12_000 },
      ],
      removeCard: true,
    },
    deadline: idle,
  },
  {
    title: 'S-ID-HELP proxy',
    body: { name: 'S-ID-HELP', problem: 'none', staffCode: '', whose: 'proxy', removeCard: true },
  },
  {
    title: 'S-ID-HELP patient',
    body: { name: 'S-ID-HELP', problem: 'none', staffCode: '', whose: 'patient', removeCard: false },
  },
  { title: 'S-REPRINT printing', body: { ...reprint, paper: 'printing', copy: undefined, removeCard: true } },
  { title: 'S-REPRINT', body: reprint, deadline: done },
  { title: 'S-REPRINT no invoice', body: { ...reprint, invoiceLink: undefined, more: false }, deadline: done },
  {
    title: 'S-REPRINT no paper',
    body: { ...reprint, paper: 'none', copy: undefined, problem: 'paperOut' },
    deadline: done,
  },
  {
    title: 'S-RECORDS covered',
    body: { ...records, open: false, rows: recordRows.map((row) => ({ ...row, values: [] })) },
  },
  { title: 'S-RECORDS', body: { ...records, open: true, rows: recordRows }, deadline: idle },
  { title: 'S-DAY-LIST', body: dayList, deadline: idle },
  { title: 'S-DAY-LIST printed', body: { ...dayList, paper: 'ready', hasLater: false } },
  { title: 'S-DAY-LIST empty', body: { ...dayList, groups: [], totalFen: 0, hasEarlier: false } },
  {
    title: 'S-ID-HELP without card',
    body: { name: 'S-ID-HELP', problem: 'none', staffCode: '', withoutCard: true },
    deadline: idle,
  },
  {
    title: 'S-CHOOSE without card',
    body: {
      ...{ name: 'S-CHOOSE', ask: 'withoutCard', removeCard: false },
      choices: ['visitCard', 'newborn', 'passport'].map((id) => ({ id, title: '' })),
    },
  },
  {
    title: 'S-STAFF paper proxy',
    body: { name: 'S-STAFF', purpose: 'paperProxy', step: 'insert', problem: 'none', removeCard: true },
    deadline: idle,
  },
  {
    title: 'S-STAFF person',
    body: { name: 'S-STAFF', purpose: 'personMatches', step: 'insert', problem: 'unknown', removeCard: false },
  },
  {
    title: 'S-STAFF PIN',
    body: { name: 'S-STAFF', purpose: 'personMatches', step: 'pin', problem: 'none', removeCard: false },
  },
  { title: 'S-TYPE wristband', body: { name: 'S-TYPE', of: 'newborn' }, deadline: idle },
  { title: 'S-TYPE passport', body: { name: 'S-TYPE', of: 'passport' }, deadline: idle },
  { title: 'S-TYPE birthday', body: { name: 'S-TYPE', of: 'birthday' }, deadline: idle },
  {
    title: 'S-PAPERS',
    body: {
      ...{ name: 'S-PAPERS', maskedName: '张*三', removeCard: false },
      papers: [
        { paper: 'feeList', state: 'taken' },
        { paper: 'invoice', state: 'open' },
        { paper: 'dischargeRecord', state: 'later' },
      ],
    },
    deadline: idle,
  },
  { title: 'S-PAPER', body: { ...stayPaper, print: 'can', code: pageOnPhone }, deadline: idle },
  { title: 'S-PAPER printing', body: { ...stayPaper, print: 'printing', code: undefined } },
  { title: 'S-PAPER no way', body: { ...stayPaper, print: 'cannot', code: undefined }, deadline: idle },
  {
    title: 'S-PAPER day list',
    body: { ...stayPaper, paper: 'dayList', print: 'cannot', code: pageOnPhone },
    deadline: idle,
  },
  ...guideSamples,
  {
    title: 'S-CHOOSE complaint',
    body: {
      name: 'S-CHOOSE',
      ask: 'complaintAbout',
      choices: ['question', 'attitude', 'fee', 'waiting', 'privacy', 'machine', 'other', 'answer'].map((id) => ({
        id,
        title: '',
      })),
      removeCard: false,
    },
    deadline: idle,
  },
  {
    title: 'S-COMPLAINT',
    body: { ...complaint, state: 'taken', answer: '', answerBy: '2026-03-20', paper: 'ready' },
    deadline: done,
  },
  { title: 'S-COMPLAINT received', body: { ...complaint, state: 'received', answer: '', paper: 'notAsked' } },
  {
    title: 'S-COMPLAINT answered',
    body: {
      ...complaint,
      state: 'answered',
      answer: '已经和收费处核对，多收的钱会退给您，请带凭条到三号窗口。',
      paper: 'notAsked',
    },
    deadline: idle,
  },
  { title: 'S-MONEY-ASK complaint', body: { name: 'S-MONEY-ASK', of: 'complaint', problem: 'none' } },
  { title: 'S-HELP calling', body: { name: 'S-HELP', call: 'calling' }, deadline: idle },
  { title: 'S-HELP coming', body: { name: 'S-HELP', call: 'coming' }, deadline: idle },
  { title: 'S-HELP unanswered', body: { name: 'S-HELP', call: 'unanswered' }, deadline: idle },
  {
    title: 'S-MENU more',
    body: { name: 'S-MENU', of: 'more', jobs: ['refund', 'proxy', 'complaint'], removeCard: false },
    deadline: idle,
  },
];
