/** What stands on the slips of one's own affairs beside paying, in English. */
import type { AffairTextId, complaintsZh } from './zh-affairs.ts';

export const affairsEn: Readonly<Record<AffairTextId, string>> = {
  dayListTitle: 'Charges of one day',
  day: 'Day',
  complaintTitle: 'Complaint received',
  complaintNumber: 'Number',
  about: 'About',
  takenAt: 'Received',
  kiosk: 'Kiosk',
  checkedTitle: 'Person and card match',
  checkedPatient: 'Patient',
  checkedWard: 'Department',
  checkedBy: 'Checked by',
  checkedAt: 'Checked at',
  checkedLine: 'Person and insurance credential were compared and match. To be signed and kept by the ward.',
  checkedSign: 'Signature: ____________________',
  owner: 'Answered by',
  answerBy: 'No later than',
  recordTitle: 'Discharge record',
  invoiceTitle: 'E-invoice',
  invoiceLine: 'Scan the code with your phone to see and keep the e-invoice.',
  writtenBy: 'Doctor',
  writtenAt: 'Written',
  windowTicket: 'Number for the window',
  waiting: 'Waiting before you',
  source: 'Source',
  updatedOn: 'Updated on',
  edition: 'Edition',
  printedOn: 'Printed',
  email: 'E-mail',
  complaintLine: 'Any kiosk shows the answer by this number. You can also call:',
};

export const complaintsEn: Readonly<Record<keyof typeof complaintsZh, string>> = {
  question: 'A question',
  attitude: 'How I was treated',
  fee: 'Charges',
  waiting: 'Waiting time',
  privacy: 'My data',
  machine: 'This machine',
  other: 'Something else',
};
