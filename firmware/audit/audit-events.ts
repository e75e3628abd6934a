/**
 * The one table of what the audit trail can say. An id that is not here cannot
 * be written; the meaning is what an inspector reads.
 */
import { reasons } from '../reasons.ts';

const own = {
  'kiosk.started': 'The runtime started; a new boot.',
  'kiosk.fit':
    'What kept the kiosk from receiving anybody is over: an open cabinet, staff at work, mains, a full disk.',
  'clock.turned': 'The kiosk’s calendar and the platform’s went too far apart, or are together again.',
  'session.opened': 'A patient put down a credential or touched the home screen.',
  'service.rated': 'Somebody rated the service with one to five faces.',
  'stay.chosen': 'Somebody in hospital chose what to do: a deposit or the settlement that ends the stay.',
  'slip.reprinted': 'A slip was printed once more at the wish of its person: which settlement, which copy.',
  'proxy.accepted': 'Somebody acts for a patient who put down a credential of their own, and by which right.',
  'dayList.printed': 'The list of one day of a stay was printed.',
  'person.sheet': 'The confirmation that person and card match was printed for the ward; the kiosk keeps no copy.',
  'staff.vouched': 'A member of staff vouched for something with their own key: for what, and their staff number.',
  'staff.refused': 'A staff key vouched for nothing: not trusted, taken away, or another PIN.',
  'stayPaper.printed': 'A paper of a discharge was printed: fee list, e-invoice or discharge record.',
  'records.shown': 'Somebody looked at what the centre knows of them; the eye was opened so many times.',
  'help.called': 'The guide desk was called to the kiosk, from which screen and with which of our codes.',
  'help.unanswered': 'A call to the guide desk was not answered; telephone and window were shown.',
  'complaint.taken': 'Somebody complained without saying who they are: category and number.',
  'money.asked': 'Somebody asked where the money of a settlement is; the word that was said.',
  'session.ended': 'The session is over and everything about the patient was wiped.',
  'information.old':
    'A published page was not looked after for longer than the place allows; it is told to the engineers.',
  'rules.loaded': 'The signed rule pack was verified and is in force.',
  'rules.old': 'The rule pack is older than it says it may be; a newer one is asked for.',
  'prices.imported': 'A price list signed by two people is shown from now on: its edition, what changed, who signed.',
  'prices.refused': 'A price list that was put down was not taken, and why; what was shown stays.',
  'prices.old': 'The centre has newer catalogues than those the price list was made from; none is printed.',
  'prices.current': 'The price list is of the centre’s newest catalogues again.',
  'prices.printed': 'Prices were printed for somebody: how many, of which edition.',
  'prices.failed': 'The price list could not be read or taken for a reason of our own.',
  'bill.held': 'A bill was held under a case number, with the rule that held it; the hospital is told.',
  'account.outOfScope':
    'The centre would have paid what stands outside the lists from the personal account; asked again without it.',
  'agreement.said': 'What the platform says of our own agreement has changed.',
  'agreement.ends': 'Our agreement ends within three months; the insurance office was told.',
  'bill.reminded': 'A rule or review reminded before paying; the patient went on.',
  'authority.alarm': 'The authority is told of something that it must know at once.',
  'bill.parked': 'The patient had a bill kept for later under a number; nothing was charged.',
  'ownExpense.chosen': 'The patient chose on a clear page to settle without insurance.',
  'injury.told': 'The patient said how an injury happened.',
  'category.chosen': 'The patient chose which category a visit counts for.',
  'review.unheard': 'A review of the platform gave no answer; the settlement went on without it.',
  'doctor.asked': 'A review asks for an explanation; the doctor side is asked, never the patient.',
  'ticket.taken': 'A queue number for a window was taken at the kiosk.',
  'person.checkDue': 'A bill wanted its patient checked once more (智能核卡).',
  'face.agreed': 'A patient agreed to one face check against the photo on the ID chip.',
  'face.matched': 'A face check said that it is the person on the ID chip; no picture, template or score is kept.',
  'consent.given': 'A patient agreed to pay for items that the insurance does not cover.',
  'consent.exempted': 'Items that the insurance does not cover were not asked about because of an emergency.',
  'settlement.begun': 'A settlement was journaled and started.',
  'settlement.ended': 'A settlement reached a known end.',
  'camera.lens': 'The camera’s lens was covered, or is free again (SZ-268b).',
  'card.left': 'A card stayed in the reader after the session; the guide desk was called.',
  'card.pushedOut': 'A card that had stayed in the reader was pushed out to its mouth.',
  'queue.notShown': 'A called number or a notice could not be shown on a display of the hall.',
  'queue.notSaid': 'A called number could not be said aloud; it was shown all the same.',
  'slip.left': 'A slip with a name on it was not taken: drawn back into the printer, or why it could not be.',
  'device.stateChanged': 'A device went from one state word to another.',
  'reconciliation.ran': 'The days that are over were compared with the other parties’ books.',
  'reconciliation.differs': 'A difference between two books was found, resolved or closed.',
  'reconciliation.failed': 'The comparison with the other parties’ books broke off; it is begun again.',
  'journal.checked': 'The whole journal and the outbox were read once more; all is as it was written.',
  'journal.damaged': 'The night’s reading found an entry or a row that is not as it was written; people are told.',
  'upload.held': 'An upload was refused until only a person can bring it on.',
  'upload.overdue': 'An upload has been waiting longer than the rules allow.',
  'upload.delivered': 'Everything that waited in a fault was delivered: how many, first, last, digest of their keys.',
  'upload.shredded': 'Sealed parts of delivered uploads were overwritten after their time.',
  'trace.overdue': 'Medicine was settled and its trace codes have not come within the limit.',
  'fault.begun': 'The insurance line was silent for longer than the limit; the authority is told.',
  'fault.answersAgain': 'The insurance line answers; what waited is being delivered.',
  'fault.telephone': 'No message reached the authority: staff have the task to telephone.',
  'fault.telephoned': 'Staff told the authority by telephone.',
  'hospital.silent': 'The hospital’s system does not answer; the home screen offers what works without it.',
  'hospital.answersAgain': 'The hospital’s system answers; the home screen offers everything again.',
  'plan.drilled': 'A contingency plan was drilled; nothing real was touched.',
  'profile.loaded': 'The signed region profile was verified and is in force.',
} as const;

export type AuditEvent = keyof typeof own | (typeof reasons)[keyof typeof reasons]['audit'];

/** For an inspector; what a reason means stands in the reason's own words. */
export function meaningOf(event: AuditEvent): string {
  return Object.hasOwn(own, event) ? own[event as keyof typeof own] : event;
}

/** Every id that may be written. */
export const auditEvents: ReadonlySet<string> = new Set([
  ...Object.keys(own),
  ...Object.values(reasons).map((reason) => reason.audit),
]);
