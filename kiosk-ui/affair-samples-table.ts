/** Samples of one's own affairs for the gallery; people, places and numbers are invented. */
import type { Sample } from './gallery.ts';

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

export const affairSamples: readonly Sample[] = [
  {
    title: 'S-MENU papers',
    body: { name: 'S-MENU', of: 'papers', jobs: ['reprint', 'findMoney'], removeCard: false },
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
  { title: 'S-REPRINT printing', body: { ...reprint, paper: 'printing', copy: undefined, removeCard: true } },
  { title: 'S-REPRINT', body: reprint, deadline: done },
  { title: 'S-REPRINT no invoice', body: { ...reprint, invoiceLink: undefined, more: false }, deadline: done },
  {
    title: 'S-REPRINT no paper',
    body: { ...reprint, paper: 'none', copy: undefined, problem: 'paperOut' },
    deadline: done,
  },
];
