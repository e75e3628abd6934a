/** What went wrong, in plain English: what happened and what to do; where a person is follows on the screen. */
import type { ReasonKey, ReasonText } from './text-table.ts';

export const enReasons: Readonly<Record<ReasonKey, ReasonText>> = {
  cardUpsideDown: { what: 'The card is the other way round', act: 'Take it out and insert it chip first, chip up.' },
  cardUnreadable: {
    what: 'The card could not be read',
    act: 'Take your card. Use your insurance QR code or go to the counter.',
  },
  cardTornOff: {
    what: 'The card came out a little early',
    act: 'Insert it again and leave it until we ask you to take it.',
  },
  cardNeedsAuthentication: {
    what: 'This card is checked at the counter',
    act: 'Take your card. Use your insurance QR code or go to the counter.',
  },
  codeUnreadable: {
    what: 'Your code could not be seen clearly',
    act: 'Make the phone screen brighter and hold it to the scanner again.',
  },
  codeExpiredOrUsed: {
    what: 'This code is no longer valid',
    act: 'Refresh the code on your phone and hold it to the scanner again.',
  },
  notACredential: {
    what: 'This is not an insurance QR code',
    act: 'Open your insurance QR code and hold it to the scanner.',
  },
  nobodyThere: {
    what: 'Nobody is standing here',
    act: 'Come to this machine yourself, then hold your code to the scanner.',
  },
  idCardUnreadable: { what: 'The ID card could not be read', act: 'Try once more, or use your card or QR code.' },
  faceDiffers: { what: 'We could not confirm it is you', act: 'Use your card or QR code, or go to the counter.' },
  faceNotLive: { what: 'We could not see you clearly', act: 'Use your card or QR code, or go to the counter.' },
  faceUnavailable: { what: 'No face check right now', act: 'Use your card or QR code, or go to the counter.' },
  faceDeclined: { what: 'All right, no face check', act: 'Use your card or QR code, or go to the counter.' },
  personNotFound: {
    what: 'No insurance record was found',
    act: 'Go to the counter with your card and ID. You can still see the doctor.',
  },
  personDiffers: { what: 'Card and person do not match', act: 'Use your own card or code, or go to the counter.' },
  personCheckNeeded: {
    what: 'This time we check that it is you',
    act: 'Use your ID card on the reader, then look at the camera.',
  },
  personUnchecked: {
    what: 'This time a person checks that it is you',
    act: 'Go to the counter. They look at your card and settle there.',
  },
  personIncomplete: { what: 'Your insurance record is not complete', act: 'Go to the counter with your ID card.' },
  insurancePaused: {
    what: 'Your insurance is paused at present',
    act: 'Go to the counter to ask why, or to pay without insurance.',
  },
  notEntitled: {
    what: 'Insurance does not cover this visit',
    act: 'Go to the counter to ask why, or to pay without insurance.',
  },
  stayByPlan: {
    what: 'Insurance is paused; treatment goes on',
    act: 'Go to the counter: the emergency plan settles your stay.',
  },
  institutionStopped: {
    what: 'Insurance is paused at this hospital',
    act: 'Go to the counter. Your treatment goes on.',
  },
  departmentStopped: {
    what: 'Insurance is paused for this department',
    act: 'Go to the counter. Your treatment goes on.',
  },
  doctorStopped: { what: 'The counter must check this bill', act: 'Go to the counter. Your treatment goes on.' },
  doctorNotFiled: {
    what: 'The filing of the doctor must be checked',
    act: 'Go to the counter. Your treatment goes on.',
  },
  foreignInstitution: {
    what: 'This bill is from another hospital',
    act: 'Pay it at that hospital, or ask at the counter.',
  },
  noCredential: {
    what: 'No insurance card or code at hand',
    act: 'Use it later: keep the bill for later here, or go to the counter.',
  },
  cardBroken: {
    what: 'The insurance card does not work now',
    act: 'Use it later: keep the bill for later here, or go to the counter.',
  },
  cameraCovered: {
    what: 'The camera is covered. Insurance is closed here',
    act: 'Make it see again, or go to the counter.',
  },
  eligibilityUnknown: {
    what: 'Your cover cannot be checked just now',
    act: 'Try again a little later or go to the counter.',
  },
  insuranceUnreachable: {
    what: 'The insurance centre cannot be reached',
    act: 'Try again a little later or go to the counter.',
  },
  insuranceAnswerBroken: {
    what: 'The insurance answer was incomplete',
    act: 'Go to the counter. Nothing was charged.',
  },
  insuranceRefused: { what: 'The insurance centre said no', act: 'Go to the counter to ask why and to pay.' },
  clockWrong: {
    what: 'The clock of this kiosk is not right',
    act: 'Use another kiosk or go to the counter. Nothing was charged.',
  },
  insuranceIdentity: {
    what: 'The insurance centre was not recognised',
    act: 'Go to the counter. This kiosk stops insurance payments.',
  },
  hospitalUnreachable: {
    what: 'Bills cannot be looked up just now',
    act: 'Try again a little later or go to the counter.',
  },
  hospitalAnswerBroken: { what: 'The bill is incomplete', act: 'Go to the counter to have it checked.' },
  paymentUnreachable: { what: 'Paying by phone is not possible now', act: 'Pay at the counter. Nothing was charged.' },
  noOpenBill: {
    what: 'There is no bill to pay',
    act: 'Wait a few minutes after seeing the doctor, or ask at the counter.',
  },
  duplicateCharge: {
    what: 'Something may be charged twice',
    act: 'Go to the counter to have it checked before you pay.',
  },
  diagnosisMissing: {
    what: 'The diagnosis is missing',
    act: 'Ask the doctor to add it, or go to the counter.',
  },
  billTotalsDiffer: { what: 'The bill does not add up', act: 'Go to the counter to have it checked before you pay.' },
  notToldBefore: {
    what: 'You were not told about a self-pay item',
    act: 'Go to the counter. You need not pay for it.',
  },
  restrictedUse: {
    what: 'The doctor must add why a drug is needed',
    act: 'Ask the doctor to add it, or go to the counter.',
  },
  traceCodeMissing: {
    what: 'A drug has not been scanned yet',
    act: 'Ask the pharmacy to scan it, or go to the counter.',
  },
  tooMuchAtOnce: { what: 'The amount of a drug must be checked', act: 'Ask the doctor, or go to the counter.' },
  notAsOrdered: {
    what: 'Charges and orders do not match',
    act: 'Go to the counter to have it checked before you pay.',
  },
  notAsExecuted: {
    what: 'Charges and what was done do not match',
    act: 'Go to the counter to have it checked before you pay.',
  },
  tooManyCharged: {
    what: 'A charged quantity must be checked',
    act: 'Go to the counter to have it checked before you pay.',
  },
  splitCharge: {
    what: 'One service may be charged in parts',
    act: 'Go to the counter to have it checked before you pay.',
  },
  outsideScope: {
    what: 'What insurance covers must be checked',
    act: 'Go to the counter to have it checked before you pay.',
  },
  aboveQuota: { what: 'Who pays for an item must be checked', act: 'Go to the counter. You need not pay more.' },
  caseInTalks: { what: 'This bill is settled at the counter', act: 'Go to the counter. Your treatment goes on.' },
  itemNotPublished: {
    what: 'An item has no published price',
    act: 'Take the slip to the price office or the counter. You need not pay for it.',
  },
  priceDiffers: {
    what: 'An item has another price than published',
    act: 'Ask at the counter; pay when it is checked.',
  },
  priceAbovePublished: {
    what: 'An item costs more than published',
    act: 'Go to the counter. You need not pay the difference.',
  },
  unitDiffers: {
    what: 'The unit of an item must be checked',
    act: 'Go to the counter to have it checked before you pay.',
  },
  itemOutOfForce: {
    what: 'The code of an item is out of use',
    act: 'Go to the counter to have it checked before you pay.',
  },
  specialAndBasic: {
    what: 'One service may be charged twice',
    act: 'Go to the counter to have it checked before you pay.',
  },
  inHospitalNow: {
    what: 'You are still staying in hospital',
    act: 'Go to the ward office or the counter. Your treatment goes on.',
  },
  itemForOtherAge: { what: 'An item may not be yours', act: 'Go to the counter to have it checked before you pay.' },
  billTampered: {
    what: 'The bill is not as the hospital sent it',
    act: 'Go to the counter to have it checked. Nothing was charged.',
  },
  injuryNotFiled: {
    what: 'An injury must be registered first',
    act: 'Go to the filing window and come back, or ask at the counter.',
  },
  injuryFactsMissing: {
    what: 'How it happened is not noted in full',
    act: 'Ask the doctor to add it, or go to the counter.',
  },
  injuryOfOthers: {
    what: 'Someone else may pay for this injury',
    act: 'Go to the counter. Staff will tell you what to do.',
  },
  reviewBlocked: { what: 'The insurance centre checks this bill', act: 'Go to the counter. Your treatment goes on.' },
  doctorAsked: {
    what: 'The doctor was asked about this bill',
    act: 'Wait for the doctor and come back, or go to the counter. You need not explain.',
  },
  reviewReminds: {
    what: 'The insurance review has a note',
    act: 'Look at it and go on, or ask at the counter.',
  },
  otherDisease: {
    what: 'This counts as an ordinary visit',
    act: 'Ask the doctor about your filed illness, or go to the counter.',
  },
  prescriptionWaits: {
    what: 'Your outside prescription waits for the pharmacist: print it later',
    act: 'Pay now and come back to print it, or ask at the counter.',
  },
  prescriptionNotPassed: {
    what: 'The pharmacist did not pass your outside prescription',
    act: 'Go back to your doctor, or ask at the counter.',
  },
  prescriptionUnreviewed: {
    what: 'The pharmacist is still checking',
    act: 'Wait a little and come back, or ask at the counter.',
  },
  consentDeclined: {
    what: 'You did not agree to self-pay items',
    act: 'Talk to your doctor or go to the counter. Nothing was charged.',
  },
  billLockedElsewhere: {
    what: 'This bill is being paid elsewhere',
    act: 'Come back in a few minutes or ask at the counter.',
  },
  billAlreadySettled: { what: 'This bill is already paid', act: 'No need to pay again. Get a slip at the counter.' },
  billChanged: { what: 'The hospital has changed this bill', act: 'Start again and check the new amount.' },
  amountsDiffer: { what: 'The insurance amount has changed', act: 'Start again and check the new amount.' },
  paymentRefused: {
    what: 'The phone payment did not go through',
    act: 'Look at your phone and start again, or pay at the counter.',
  },
  payOrderExpired: { what: 'The time to pay is over', act: 'Start again and scan the new code.' },
  patientGaveUp: { what: 'You chose not to go on', act: 'Come back any time with your card or code.' },
  patientGone: { what: 'There was no touch for a while', act: 'Start again or go to the counter.' },
  insuranceReversed: { what: 'The insurance payment was taken back', act: 'Start again or go to the counter.' },
  formerUndone: {
    what: 'This was already undone elsewhere',
    act: 'Take the old slip to the counter.',
  },
  laterStay: {
    what: 'Undo the later hospital stay first',
    act: 'Take the number to the inpatient counter.',
  },
  laterOutpatient: {
    what: 'Undo the later visit’s payment first',
    act: 'Take the number to the counter.',
  },
  laterPharmacy: {
    what: 'Undo the later pharmacy bill first',
    act: 'Go to that pharmacy, then to our counter.',
  },
  laterSettlement: {
    what: 'Undo the later payment first',
    act: 'Take the number to the counter.',
  },
  hospitalRefused: { what: 'The hospital did not accept it', act: 'Take the number on this screen to the counter.' },
  handedToPerson: { what: 'Our staff will finish this payment', act: 'Take the number on this screen to the counter.' },
  resolving: { what: 'The last payment is being checked', act: 'Come back in a few minutes or ask at the counter.' },
  partyUnreachable: { what: 'The other side cannot be reached', act: 'Try again a little later or go to the counter.' },
  paperOut: { what: 'The printer has no paper', act: 'Scan the slip with your phone or get it at the counter.' },
  printerJammed: {
    what: 'Paper is stuck in the printer',
    act: 'Scan the slip with your phone or get it at the counter.',
  },
  printerCoverOpen: {
    what: 'The printer cover is open',
    act: 'Scan the slip with your phone or get it at the counter.',
  },
  printerAway: { what: 'The printer is not available', act: 'Scan the slip with your phone or get it at the counter.' },
  unexpected: {
    what: 'This step did not work',
    act: 'Take your card, go to the counter and read out the code on this screen.',
  },
  journalDamaged: { what: 'The books of this kiosk must be checked', act: 'Go to the counter or another kiosk.' },
  journalTooNew: { what: 'The program of this kiosk must be updated', act: 'Go to the counter or another kiosk.' },
  merchantNotFiled: { what: 'The account of this kiosk is not filed', act: 'Go to the counter or another kiosk.' },
  journalMissing: { what: 'The books of this kiosk must be checked', act: 'Go to the counter or another kiosk.' },
  diskTrouble: { what: 'This kiosk cannot keep its books now', act: 'Go to the counter or another kiosk.' },
  cabinetOpen: { what: 'This kiosk is being looked after', act: 'Go to the counter or another kiosk.' },
  staffAtWork: { what: 'Staff are at work on this kiosk', act: 'Go to the counter or another kiosk.' },
  onBattery: { what: 'Mains power is out; nothing new is begun', act: 'Go to the counter, or try when power is back.' },
  starting: { what: 'This kiosk is getting ready', act: 'Wait a minute or two or go to the counter.' },
  nothingToRefund: { what: 'Nothing to pay back here', act: 'Go to the counter for what was paid elsewhere.' },
  refundPerformed: { what: 'These items are done already', act: 'Ask at the counter: they cannot be given back here.' },
  refundBlocked: {
    what: 'A later payment comes first',
    act: 'Come back after that one is refunded, or go to the counter.',
  },
  refundTooOld: { what: 'This payment is some time ago', act: 'Take slip and ID to the counter.' },
  refundNotApproved: { what: 'The doctor has not agreed', act: 'Ask your doctor or go to the counter.' },
  refundWaits: { what: 'Waiting for the doctor', act: 'Come back when the doctor has agreed, or ask at the counter.' },
  refundInProgress: { what: 'This refund is under way', act: 'Wait a few minutes or ask at the counter.' },
  refundedBefore: { what: 'This was refunded before', act: 'Look under "My payment" or go to the counter.' },
  refundAtWindow: { what: 'The counter refunds this one', act: 'Take slip and ID to the counter.' },
  refundNotDone: { what: 'Not refunded, all is as before', act: 'Try again a little later or go to the counter.' },
  notInpatient: { what: 'No stay in hospital found', act: 'Ask at the inpatient office or the counter.' },
  depositAmount: { what: 'This amount is not taken here', act: 'Try another amount or go to the counter.' },
  dischargeNotReady: { what: 'The discharge is not complete', act: 'Ask the nurse of your ward or go to the counter.' },
  noClinic: { what: 'No numbers left here today', act: 'Ask at the registration counter.' },
  clinicFull: { what: 'This doctor is fully booked now', act: 'Try again with another doctor or go to the counter.' },
  bookedBefore: {
    what: 'You have a number there already',
    act: 'No need to register. Ask at the counter when to come.',
  },
  registrationFeeOpen: { what: 'The fee is not paid yet', act: 'Start again with your card and pay it first.' },
  numberMissed: { what: 'Your number has been called', act: 'Go to the nurse or the counter for a new one.' },
  proxyNotAuthorised: {
    what: 'You are not registered to act here',
    act: 'Take a written yes and both IDs to the counter.',
  },
  proxyExpired: { what: 'Your right to act has run out', act: 'Ask at the counter to register it again.' },
  proxyIsPatient: {
    what: 'Both cards are of one person',
    act: 'Try again: first the patient’s card, then yours, or go to the counter.',
  },
  noInsurance: { what: 'No insurance found', act: 'Pay it all yourself here, or go to the counter.' },
  numberDiffers: { what: 'Number and birthday differ', act: 'Look at both and try again, or go to the counter.' },
  nothingToReprint: { what: 'No slip to print again', act: 'Ask for older slips at the counter.' },
  ownCardNeeded: {
    what: 'Your own card or code is needed',
    act: 'Use your insurance card or code, or take your ID to the counter.',
  },
  numberLater: { what: 'Paid, but no number yet', act: 'Wait a few minutes, or take your slip to the counter.' },
};
