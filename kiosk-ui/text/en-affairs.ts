/** One's own affairs beside paying, in English. */
import type { AffairTexts } from './affair-texts.ts';

export const enAffairs: AffairTexts = {
  proxy: {
    head: 'For {patient} · by {proxy}',
    patient: 'First the patient’s own card or code',
    proxy: 'Now your own card or code',
  },
  dayList: {
    print: 'Print this day',
    earlier: 'Day before',
    later: 'Next day',
    none: 'No charges on this day',
    paper: { can: '', printing: 'Printing', ready: 'Please take your list', none: 'It cannot print now' },
  },
  noPaperAct: 'Use another kiosk or ask at the counter.',
  records: {
    closed: 'Touch Show to see it',
    open: 'Covered again in 10 s',
    show: 'Show',
    hide: 'Cover',
    labels: {
      insurance: 'Insurance',
      balance: 'Account balance',
      chronic: 'Chronic disease',
      inHospital: 'In hospital',
      designated: 'Hospital chosen',
    },
    active: '{insurance}, active',
    paused: '{insurance}, paused',
    none: 'none',
    unknown: 'not known now',
    until: 'until {date}',
  },
  guides: {
    title: 'What would you like to read?',
    notice: 'Notice',
    updated: '{date}',
    edition: 'Edition {version}',
    back: 'Other guides',
  },
  complaint: {
    ask: 'Number on your slip',
    taken: {
      title: 'Received: note the number',
      line: 'Any kiosk shows the answer by it.',
    },
    received: { title: 'No answer yet', line: 'Staff see to it. Come back in some days, or call 12345.' },
    answered: { title: 'The hospital answers', line: '' },
    paper: {
      printing: 'Printing, please wait',
      ready: 'Please take your slip',
      none: 'No slip: note the number',
      notAsked: '',
    },
  },
  helpCall: {
    none: '',
    calling: 'Calling somebody to you',
    coming: 'Somebody is coming',
    unanswered: 'No answer: call, or go there',
  },
  reprint: {
    printing: 'Printing, please wait',
    ready: 'Please take your slip',
    unconfirmed: 'Take it, or ask at the counter',
    none: 'It cannot print now',
    copy: 'Copy {copy}, marked as a copy',
    invoice: 'Scan with your phone: e-invoice',
    another: 'Another slip',
  },
};
