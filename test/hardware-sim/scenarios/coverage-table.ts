/**
 * Which scenario shows which journey, medium and degraded mode (product.md 2), and by what it can be seen to do so.
 *
 * Journeys are complete by type: a tile that the contract gains has to be shown by a scenario, too.
 */
import type { JobName, MenuName, ScreenName } from '../../../firmware/screen/messages.ts';
import type { BayHandName } from '../../../hardware-sim/scenarios/hall-bays.ts';
import type { HandName } from '../../../hardware-sim/world/hands.ts';

/** The scenario, and the screen that must come up in it or the hand that must be used. */
export type Shown = readonly [scenario: string, by: ScreenName | HandName | BayHandName];

type Tile = Exclude<JobName, MenuName>;
type Way =
  | Tile
  | 'severalBills'
  | 'consent'
  | 'signedConsent'
  | 'offSite'
  | 'chronic'
  | 'injury'
  | 'externalPrescription'
  | 'ownExpense'
  | 'parked'
  | 'windowTicket'
  | 'checkIn'
  | 'deposit'
  | 'dailyList'
  | 'discharge'
  | 'dischargeOwing'
  | 'dischargePapers'
  | 'prices'
  | 'priceList'
  | 'rating'
  | 'help'
  | 'helpButton';

/** 2.1 to 2.8 */
export const journeys: Readonly<Record<Way, Shown>> = {
  settleOutpatient: ['outpatient-card', 'S-SPLIT'],
  severalBills: ['outpatient-several-bills', 'S-BILL'],
  consent: ['outpatient-consent', 'S-CONSENT'],
  signedConsent: ['outpatient-signed-consent', 'S-CONSENT'],
  offSite: ['outpatient-off-site', 'S-SPLIT'],
  chronic: ['outpatient-chronic', 'S-CATEGORY'],
  injury: ['outpatient-injury', 'S-INJURY'],
  externalPrescription: ['outpatient-external-prescription', 'S-DONE'],
  ownExpense: ['outpatient-insurance-paused', 'S-OWN-EXPENSE'],
  parked: ['degraded-line-down-parked', 'S-PARKED'],
  windowTicket: ['outpatient-window-ticket', 'S-STOP'],
  registration: ['registration-new', 'S-TICKET'],
  checkIn: ['registration-check-in', 'S-TICKET'],
  inpatient: ['inpatient-discharge', 'S-STAY'],
  deposit: ['inpatient-deposit', 'S-DEPOSIT'],
  dailyList: ['inpatient-daily-list', 'S-DAY-LIST'],
  discharge: ['inpatient-discharge', 'S-RESULT'],
  dischargeOwing: ['inpatient-discharge-owes', 'S-PAY'],
  dischargePapers: ['inpatient-discharge-papers', 'S-PAPER'],
  prices: ['price-enquiry', 'S-PRICE-ITEM'],
  priceList: ['price-list-printed', 'S-PRICE-LIST'],
  reprint: ['reprint-slip', 'S-REPRINT'],
  records: ['records-looked-at', 'S-RECORDS'],
  findMoney: ['money-found', 'S-MONEY'],
  refund: ['refund-some-lines', 'S-REFUND'],
  rating: ['registration-check-in', 'S-RATE'],
  help: ['help-called', 'S-HELP'],
  helpButton: ['help-button-pressed', 'cabinet.press'],
  proxy: ['outpatient-proxy', 'registerProxy'],
  complaint: ['complaint-with-number', 'S-COMPLAINT'],
  guides: ['guides-read', 'S-GUIDE'],
};

/** 2.0, the identity module, and what pays. */
export const media: Readonly<Record<string, Shown>> = {
  'the code on the phone': ['outpatient-qr', 'showCode'],
  'a code that is used up': ['outpatient-code-again', 'showSameCode'],
  'the social-security card': ['outpatient-card', 'insertCard'],
  'the card put in the wrong way': ['outpatient-card-upside-down', 'insertCardWrongWay'],
  'a third-generation card': ['outpatient-third-generation-card', 'insertThirdGenerationCard'],
  'the identity card': ['outpatient-id-card', 'idCardReader.present'],
  'the face': ['outpatient-id-card', 'S-FACE'],
  'a face that is somebody else’s': ['outpatient-face-differs', 'faceTerminal.somebodyElse'],
  'no wish to be looked at': ['outpatient-face-declined', 'S-FACE-ASK'],
  'the hospital’s own card': ['outpatient-visit-card', 'showText'],
  'a newborn’s wristband': ['own-expense-newborn', 'showText'],
  'a passport, typed': ['own-expense-passport', 'S-TYPE'],
  'somebody who acts for the patient': ['outpatient-proxy', 'insertCardOf'],
  'a person who is not the card’s': ['outpatient-mismatch', 'answerOtherName'],
  'a phone that scans': ['outpatient-qr', 'payByPhone'],
  'a phone that shows its code': ['outpatient-pay-code', 'showPayCode'],
};

/** 2.9, in its order. Two of its rows have no room in the product yet: a second network that is seen, and an update that
 * waits. A4 pages without their printer come on the slip (test/wire/page-printer/stay-papers-on-a4.test.ts). */
export const degradedModes: Readonly<Record<string, Shown>> = {
  'slip paper low': ['degraded-paper-low', 'loadPaper'],
  'paper out before paying': ['degraded-paper-out-before', 'S-PAPER-WARN'],
  'paper out after paying': ['outpatient-paper-out', 'S-NOPAPER'],
  'scanner dead': ['degraded-scanner-dead', 'unplugScanner'],
  'card reader dead': ['degraded-reader-dead', 'unplugReader'],
  'identity-card reader dead': ['degraded-id-reader-dead', 'idCardReader.unplug'],
  'keypad tampered with': ['degraded-keypad-pried-open', 'pinPad.openHousing'],
  'camera covered': ['degraded-camera-covered', 'camera.coverLens'],
  'camera lost': ['degraded-camera-lost', 'camera.unplug'],
  'face check without its line': ['degraded-face-line-down', 'faceTerminal.cutPlatformLine'],
  'insurance line slow': ['degraded-line-slow', 'slowInsuranceLine'],
  'insurance line down, own expense': ['degraded-line-down-own-expense', 'cutInsuranceLine'],
  'insurance line down, kept for later': ['degraded-line-down-parked', 'cutInsuranceLine'],
  'payment gateway down': ['degraded-gateway-down', 'silencePayment'],
  'payment gateway down, nothing to pay': ['degraded-gateway-down-account', 'silencePayment'],
  'hospital down': ['degraded-hospital-down', 'cutHospitalLine'],
  'hospital down, what works without it': ['degraded-hospital-down-menu', 'cutHospitalLine'],
  'both lines down': ['degraded-both-lines-down', 'cutHospitalLine'],
  'agreement stopped': ['degraded-agreement-stopped', 'suspendInstitution'],
  'department stopped': ['degraded-department-stopped', 'suspendDepartment'],
  'doctor stopped': ['outpatient-doctor-stopped', 'suspendDoctor'],
  'mains lost in a session': ['degraded-mains-lost', 'cabinet.cutMains'],
  'mains lost before anybody comes': ['degraded-mains-lost-before', 'cabinet.cutMains'],
  'power cut while paying': ['outpatient-paid-in-the-dark', 'cutPower'],
  'power cut while settling': ['outpatient-power-cut-in-settle', 'cutPower'],
  'answer lost': ['outpatient-line-cut-in-settle', 'cutInsuranceLine'],
  'door opened in a session': ['degraded-door-opened', 'cabinet.openService'],
  'door opened while money moves': ['degraded-door-opened-while-paying', 'cabinet.openService'],
  'kiosk tilted': ['degraded-kiosk-tilted', 'cabinet.tilt'],
  'staff at work': ['degraded-staff-at-work', 'cabinet.turnKey'],
  'clock wrong': ['degraded-clock-wrong', 'setClockApart'],
  'disk nearly full': ['degraded-disk-full', 'disk.fill'],
  'the authority’s cut-off': ['degraded-authority-cut-off', 'suspendInstitution'],
  'the patient walks away': ['outpatient-walked-away', 'S-STILL-THERE'],
  'prices that are out of date': ['prices-old', 'publishCatalogue'],
};
