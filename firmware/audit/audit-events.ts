/**
 * The one table of what the audit trail can say. An id that is not here cannot
 * be written; the meaning is what an inspector reads.
 */
import { reasons } from '../reasons.ts';

const own = {
  'kiosk.started': 'The runtime started; a new boot.',
  'session.opened': 'A patient put down a credential or touched the home screen.',
  'session.ended': 'The session is over and everything about the patient was wiped.',
  'consent.given': 'A patient agreed to pay for items that the insurance does not cover.',
  'consent.exempted': 'Items that the insurance does not cover were not asked about because of an emergency.',
  'settlement.begun': 'A settlement was journaled and started.',
  'settlement.ended': 'A settlement reached a known end.',
  'card.left': 'A card stayed in the reader after the session.',
  'device.stateChanged': 'A device went from one state word to another.',
  'profile.loaded': 'The signed region profile was verified and is in force.',
} as const;

export type AuditEvent = keyof typeof own | (typeof reasons)[keyof typeof reasons]['audit'];

/** Every id that may be written. */
export const auditEvents: ReadonlySet<string> = new Set([
  ...Object.keys(own),
  ...Object.values(reasons).map((reason) => reason.audit),
]);
