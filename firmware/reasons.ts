/**
 * The one vocabulary of what can go wrong before, around and after the money.
 *
 * Each reason has an audit id, what the patient can do, and a short code for
 * staff. Sentences are elsewhere (kiosk-ui/text, documents/text); a test joins
 * the tables so that none is missing.
 */

export interface Reason {
  readonly audit: string;
  /** `again` try once more here · `window` a person at the window · `codeAgain` show a fresh code · `turnOver` card the other way. */
  readonly patientCan: 'again' | 'window' | 'codeAgain' | 'turnOver' | 'wait';
  /** On every error screen, small: what a patient reads out on the phone. */
  readonly staffCode: string;
  /** Care goes on without insurance when the patient chooses so on a clear page (N-16, SZ-231). */
  readonly mayPayOwn?: true;
}

export const reasons = {
  cardUpsideDown: { audit: 'card.invalid', patientCan: 'turnOver', staffCode: 'ID-01' },
  cardUnreadable: { audit: 'card.unreadable', patientCan: 'window', staffCode: 'ID-02' },
  cardTornOff: { audit: 'card.tornOff', patientCan: 'again', staffCode: 'ID-03' },
  cardNeedsAuthentication: { audit: 'card.needsAuthentication', patientCan: 'window', staffCode: 'ID-04' },
  codeUnreadable: { audit: 'code.unreadable', patientCan: 'codeAgain', staffCode: 'ID-05' },
  codeExpiredOrUsed: { audit: 'code.refused', patientCan: 'codeAgain', staffCode: 'ID-06' },
  notACredential: { audit: 'code.notACredential', patientCan: 'codeAgain', staffCode: 'ID-07' },
  nobodyThere: { audit: 'code.nobodyThere', patientCan: 'codeAgain', staffCode: 'ID-14' },
  personNotFound: { audit: 'person.notFound', patientCan: 'window', staffCode: 'ID-08' },
  personDiffers: { audit: 'person.differs', patientCan: 'window', staffCode: 'ID-09' },
  personIncomplete: { audit: 'person.incomplete', patientCan: 'window', staffCode: 'ID-10' },
  insurancePaused: { audit: 'person.insurancePaused', patientCan: 'window', staffCode: 'EN-01', mayPayOwn: true },
  notEntitled: { audit: 'person.notEntitled', patientCan: 'window', staffCode: 'EN-02', mayPayOwn: true },
  institutionStopped: { audit: 'gate.institution', patientCan: 'window', staffCode: 'GA-01', mayPayOwn: true },
  departmentStopped: { audit: 'gate.department', patientCan: 'window', staffCode: 'GA-02', mayPayOwn: true },
  doctorStopped: { audit: 'gate.doctor', patientCan: 'window', staffCode: 'GA-03', mayPayOwn: true },
  doctorNotFiled: { audit: 'gate.doctorNotFiled', patientCan: 'window', staffCode: 'DOC_NOT_FILED', mayPayOwn: true },
  foreignInstitution: { audit: 'gate.foreignInstitution', patientCan: 'window', staffCode: 'GA-04' },
  noCredential: { audit: 'code.notAtHand', patientCan: 'window', staffCode: 'ID-12', mayPayOwn: true },
  cardBroken: { audit: 'card.broken', patientCan: 'window', staffCode: 'ID-13', mayPayOwn: true },
  eligibilityUnknown: { audit: 'gate.unknown', patientCan: 'window', staffCode: 'GA-05', mayPayOwn: true },
  insuranceUnreachable: {
    audit: 'party.insuranceUnreachable',
    patientCan: 'window',
    staffCode: 'LN-01',
    mayPayOwn: true,
  },
  insuranceAnswerBroken: {
    audit: 'party.insuranceAnswerBroken',
    patientCan: 'window',
    staffCode: 'LN-02',
    mayPayOwn: true,
  },
  insuranceRefused: { audit: 'party.insuranceRefused', patientCan: 'window', staffCode: 'LN-03' },
  clockWrong: { audit: 'clock.wrong', patientCan: 'window', staffCode: 'CK-01', mayPayOwn: true },
  insuranceIdentity: { audit: 'party.insuranceIdentity', patientCan: 'window', staffCode: 'LN-04', mayPayOwn: true },
  hospitalUnreachable: { audit: 'party.hospitalUnreachable', patientCan: 'window', staffCode: 'LN-05' },
  hospitalAnswerBroken: { audit: 'party.hospitalAnswerBroken', patientCan: 'window', staffCode: 'LN-06' },
  paymentUnreachable: { audit: 'party.paymentUnreachable', patientCan: 'window', staffCode: 'LN-07' },
  noOpenBill: { audit: 'bill.none', patientCan: 'window', staffCode: 'BL-01' },
  duplicateCharge: { audit: 'bill.duplicate', patientCan: 'window', staffCode: 'BL-02' },
  diagnosisMissing: { audit: 'bill.diagnosisMissing', patientCan: 'window', staffCode: 'BL-03' },
  billTotalsDiffer: { audit: 'bill.totalsDiffer', patientCan: 'window', staffCode: 'BL-04' },
  notToldBefore: { audit: 'bill.notToldBefore', patientCan: 'window', staffCode: 'BL-05' },
  restrictedUse: { audit: 'rule.restrictedUse', patientCan: 'window', staffCode: 'RU-01' },
  traceCodeMissing: { audit: 'rule.traceCodeMissing', patientCan: 'window', staffCode: 'RU-02' },
  tooMuchAtOnce: { audit: 'rule.tooMuchAtOnce', patientCan: 'window', staffCode: 'RU-03' },
  notAsOrdered: { audit: 'rule.notAsOrdered', patientCan: 'window', staffCode: 'RU-04' },
  notAsExecuted: { audit: 'rule.notAsExecuted', patientCan: 'window', staffCode: 'RU-05' },
  tooManyCharged: { audit: 'rule.tooManyCharged', patientCan: 'window', staffCode: 'RU-06' },
  splitCharge: { audit: 'rule.splitCharge', patientCan: 'window', staffCode: 'RU-07' },
  outsideScope: { audit: 'rule.outsideScope', patientCan: 'window', staffCode: 'RU-08' },
  aboveQuota: { audit: 'rule.aboveQuota', patientCan: 'window', staffCode: 'RU-09' },
  caseInTalks: { audit: 'rule.caseInTalks', patientCan: 'window', staffCode: 'RU-10', mayPayOwn: true },
  itemNotPublished: { audit: 'rule.itemNotPublished', patientCan: 'window', staffCode: 'RU-11' },
  priceAbovePublished: { audit: 'rule.priceAbovePublished', patientCan: 'window', staffCode: 'RU-12' },
  unitDiffers: { audit: 'rule.unitDiffers', patientCan: 'window', staffCode: 'RU-13' },
  itemOutOfForce: { audit: 'rule.itemOutOfForce', patientCan: 'window', staffCode: 'RU-14' },
  specialAndBasic: { audit: 'rule.specialAndBasic', patientCan: 'window', staffCode: 'RU-15' },
  inHospitalNow: { audit: 'rule.inHospitalNow', patientCan: 'window', staffCode: 'RU-16' },
  itemForOtherAge: { audit: 'rule.itemForOtherAge', patientCan: 'window', staffCode: 'RU-17' },
  billTampered: { audit: 'bill.tampered', patientCan: 'window', staffCode: 'RU-18' },
  injuryNotFiled: { audit: 'filing.injuryNotFiled', patientCan: 'window', staffCode: 'FI-01', mayPayOwn: true },
  injuryFactsMissing: { audit: 'filing.injuryFactsMissing', patientCan: 'window', staffCode: 'FI-02', mayPayOwn: true },
  injuryOfOthers: { audit: 'filing.injuryOfOthers', patientCan: 'window', staffCode: 'FI-03', mayPayOwn: true },
  reviewBlocked: { audit: 'review.blocked', patientCan: 'window', staffCode: 'RV-01', mayPayOwn: true },
  doctorAsked: { audit: 'review.doctorAsked', patientCan: 'window', staffCode: 'RV-02' },
  reviewReminds: { audit: 'review.reminds', patientCan: 'window', staffCode: 'RV-03' },
  otherDisease: { audit: 'category.otherDisease', patientCan: 'window', staffCode: 'CA-01' },
  prescriptionUnreviewed: { audit: 'prescription.unreviewed', patientCan: 'window', staffCode: 'RX-01' },
  consentDeclined: { audit: 'consent.declined', patientCan: 'window', staffCode: 'CO-01' },
  billLockedElsewhere: { audit: 'bill.lockedElsewhere', patientCan: 'wait', staffCode: 'BL-06' },
  billAlreadySettled: { audit: 'bill.alreadySettled', patientCan: 'window', staffCode: 'BL-07' },
  billChanged: { audit: 'bill.changed', patientCan: 'again', staffCode: 'BL-08' },
  amountsDiffer: { audit: 'settlement.amountsDiffer', patientCan: 'again', staffCode: 'ST-01' },
  paymentRefused: { audit: 'payment.refused', patientCan: 'again', staffCode: 'PY-01' },
  payOrderExpired: { audit: 'payment.expired', patientCan: 'again', staffCode: 'PY-02' },
  patientGaveUp: { audit: 'session.gaveUp', patientCan: 'again', staffCode: 'SE-01' },
  patientGone: { audit: 'session.gone', patientCan: 'window', staffCode: 'SE-02' },
  insuranceReversed: { audit: 'settlement.reversed', patientCan: 'again', staffCode: 'ST-02' },
  formerUndone: { audit: 'refund.formerUndone', patientCan: 'window', staffCode: 'RF-01' },
  laterStay: { audit: 'refund.laterStay', patientCan: 'window', staffCode: 'RF-02' },
  laterOutpatient: { audit: 'refund.laterOutpatient', patientCan: 'window', staffCode: 'RF-03' },
  laterPharmacy: { audit: 'refund.laterPharmacy', patientCan: 'window', staffCode: 'RF-04' },
  laterSettlement: { audit: 'refund.laterSettlement', patientCan: 'window', staffCode: 'RF-05' },
  hospitalRefused: { audit: 'settlement.hospitalRefused', patientCan: 'window', staffCode: 'ST-03' },
  handedToPerson: { audit: 'settlement.handedToPerson', patientCan: 'window', staffCode: 'ST-04' },
  resolving: { audit: 'settlement.resolving', patientCan: 'wait', staffCode: 'ST-05' },
  partyUnreachable: { audit: 'party.unreachable', patientCan: 'window', staffCode: 'LN-08' },
  paperOut: { audit: 'printer.paperOut', patientCan: 'window', staffCode: 'PR-01' },
  printerJammed: { audit: 'printer.jammed', patientCan: 'window', staffCode: 'PR-02' },
  printerCoverOpen: { audit: 'printer.coverOpen', patientCan: 'window', staffCode: 'PR-03' },
  printerAway: { audit: 'printer.away', patientCan: 'window', staffCode: 'PR-04' },
  unexpected: { audit: 'session.unexpected', patientCan: 'window', staffCode: 'SY-01' },
  starting: { audit: 'kiosk.starting', patientCan: 'wait', staffCode: 'SY-02' },
  journalDamaged: { audit: 'kiosk.journalDamaged', patientCan: 'window', staffCode: 'SY-03' },
  journalTooNew: { audit: 'kiosk.journalTooNew', patientCan: 'window', staffCode: 'SY-04' },
  journalMissing: { audit: 'kiosk.journalMissing', patientCan: 'window', staffCode: 'SY-05' },
  diskTrouble: { audit: 'kiosk.diskTrouble', patientCan: 'window', staffCode: 'SY-06' },
} as const satisfies Record<string, Reason>;

export type ReasonId = keyof typeof reasons;
