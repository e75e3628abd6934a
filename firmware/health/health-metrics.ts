/**
 * Every metric that may leave this kiosk, and every value that it may have.
 *
 * One promise: nothing about a person can be reported, because a name that is not in these tables
 * and a value that is not a number, a yes/no or a word of a closed list is refused while running.
 */
import type { LensWord } from '../../drivers/camera/camera.ts';
import type { CardMedia, CardReadFault } from '../../drivers/card-reader/card-reader.ts';
import type { CommonFault, Device, DeviceClass, DeviceState } from '../../drivers/device.ts';
import type { PaperState, PrintFault } from '../../drivers/receipt-printer/receipt-printer.ts';
import type { ScreenBody } from '../screen/messages.ts';
import type { UploadAlarm } from '../upload/age-alarms.ts';

/** Sparkplug B data types that we use; `null` is "nothing to say yet" or "nothing wrong". */
export type MetricType = 'Int64' | 'Boolean' | 'String';
export type MetricValue = number | boolean | string | null;

export interface MetricRule {
  readonly type: MetricType;
  accepts(value: MetricValue): boolean;
}

export type MetricTable = ReadonlyMap<string, MetricRule>;

/** Uplink loss is no breach of isolation: the line may be alive and the platform not reachable. */
export type LineWord = 'yes' | 'no' | 'unknown';

/** The kiosk's own metrics; `bdSeq` and the rebirth control belong to the session and are not set by anyone. */
export const metricNames = {
  heartbeat: 'Health/Heartbeat',
  version: 'Properties/Version',
  screen: 'Kiosk/Screen',
  sessionsServed: 'Kiosk/SessionsServed',
  settlementsOpen: 'Kiosk/SettlementsOpen',
  uploadsWaiting: 'Kiosk/UploadsWaiting',
  uploadAlarm: 'Kiosk/UploadAlarm',
  /** From its cause to its receiver, of the newest row that was delivered, ms (Z-9.2.3). */
  uploadLag: 'Kiosk/UploadLag',
  lineAlive: 'InsuranceLine/Alive',
  lineReachable: 'InsuranceLine/Reachable',
  state: 'State',
  lastFault: 'LastFault',
  class: 'Properties/Class',
  paper: 'Paper',
  coverOpen: 'CoverOpen',
  media: 'Media',
  /** Of the camera: `clear`, `covered`. */
  lens: 'Lens',
} as const;

/** A device's state word among the node's own metrics: still known when the device itself is dead. */
export function deviceStateName(deviceId: string): string {
  return `Devices/${deviceId}/State`;
}

export function nodeMetrics(deviceIds: readonly string[]): MetricTable {
  return new Map<string, MetricRule>([
    [metricNames.heartbeat, count],
    [metricNames.version, { type: 'String', accepts: (value) => typeof value === 'string' && VERSION.test(value) }],
    [metricNames.screen, oneOf(screenNames)],
    [metricNames.sessionsServed, count],
    [metricNames.settlementsOpen, count],
    [metricNames.uploadsWaiting, count],
    [metricNames.uploadAlarm, oneOf(alarmWords)],
    [metricNames.uploadLag, count],
    [metricNames.lineAlive, oneOf(lineWords)],
    [metricNames.lineReachable, oneOf(lineWords)],
    ...deviceIds.map((id) => [deviceStateName(id), oneOf(deviceStates)] as const),
  ]);
}

export function deviceMetrics(deviceClass: DeviceClass): MetricTable {
  const rules = new Map<string, MetricRule>([
    [metricNames.class, oneOf(deviceClasses)],
    [metricNames.state, oneOf(deviceStates)],
    [metricNames.lastFault, oneOf(faultWords)],
  ]);
  if (deviceClass === 'receiptPrinter')
    rules.set(metricNames.paper, oneOf(paperWords)).set(metricNames.coverOpen, yesNo);
  if (deviceClass === 'cardReader') rules.set(metricNames.media, oneOf(mediaWords));
  if (deviceClass === 'camera') rules.set(metricNames.lens, oneOf(lensWords));
  return rules;
}

/** A fault word that is in no table is still a fault: it is reported, but not in its own words. */
export function knownFault(word: Device['lastFault']): string | null {
  if (!word) return null;
  return Object.hasOwn(faultWords, word.fault) ? word.fault : 'other';
}

const VERSION = /^\d{1,4}\.\d{1,4}\.\d{1,4}(-[a-z]{1,10}(\.\d{1,4})?)?$/;
const count: MetricRule = {
  type: 'Int64',
  accepts: (value) => value === null || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0),
};
const yesNo: MetricRule = { type: 'Boolean', accepts: (value) => value === null || typeof value === 'boolean' };

function oneOf(words: Readonly<Record<string, true>>): MetricRule {
  return {
    type: 'String',
    accepts: (value) => value === null || (typeof value === 'string' && Object.hasOwn(words, value)),
  };
}

// Each list is a record over its union, so that a new word does not compile until someone has looked at it here.
const alarmWords: Record<UploadAlarm['state'] | 'none', true> = {
  none: true,
  overLimit: true,
  red20h: true,
  red24h: true,
};
const lineWords: Record<LineWord, true> = { yes: true, no: true, unknown: true };
const lensWords: Record<LensWord, true> = { clear: true, covered: true, unknown: true };
const paperWords: Record<PaperState, true> = { full: true, low: true, out: true, jammed: true, unknown: true };
const mediaWords: Record<CardMedia, true> = { present: true, notPresent: true, invalid: true, unknown: true };

const faultWords: Record<CommonFault | PrintFault | CardReadFault | 'other', true> = {
  canceled: true,
  deviceNotReady: true,
  hardwareError: true,
  timeOut: true,
  unsupportedCommand: true,
  invalidData: true,
  userError: true,
  fraudAttempt: true,
  sequenceError: true,
  paperOut: true,
  mediaJammed: true,
  coverOpen: true,
  headHot: true,
  noMedia: true,
  invalidMedia: true,
  securityFail: true,
  protocolNotSupported: true,
  other: true,
};

const deviceStates: Record<DeviceState, true> = {
  online: true,
  offline: true,
  powerOff: true,
  noDevice: true,
  hardwareError: true,
  userError: true,
  deviceBusy: true,
  fraudAttempt: true,
  potentialFraud: true,
  starting: true,
};

const deviceClasses: Record<DeviceClass, true> = {
  cardReader: true,
  personToken: true,
  idCardReader: true,
  codeScanner: true,
  receiptPrinter: true,
  pagePrinter: true,
  pinPad: true,
  bankTerminal: true,
  camera: true,
  biometric: true,
  queueDisplay: true,
  voice: true,
  cabinet: true,
  network: true,
  recorder: true,
};

const screenNames: Record<ScreenBody['name'], true> = {
  'S-BILL': true,
  'S-BUSY': true,
  'S-CATEGORY': true,
  'S-CHOOSE': true,
  'S-CONFIRMING': true,
  'S-CONSENT': true,
  'S-DEPOSIT': true,
  'S-DONE': true,
  'S-FACE': true,
  'S-FACE-ASK': true,
  'S-HELD': true,
  'S-HELP': true,
  'S-HOME': true,
  'S-ID-HELP': true,
  'S-INJURY': true,
  'S-MENU': true,
  'S-MONEY': true,
  'S-PRICE': true,
  'S-PRICE-ITEM': true,
  'S-PRICE-LIST': true,
  'S-MONEY-ASK': true,
  'S-NOPAPER': true,
  'S-NOT-SETTLED': true,
  'S-OUT': true,
  'S-OWN-EXPENSE': true,
  'S-PAPER-WARN': true,
  'S-PARKED': true,
  'S-PAY': true,
  'S-RATE': true,
  'S-RECOVER': true,
  'S-REFUND': true,
  'S-REFUND-LINES': true,
  'S-REMIND': true,
  'S-RESULT': true,
  'S-SPLIT': true,
  'S-STAY': true,
  'S-STILL-THERE': true,
  'S-STOP': true,
  'S-TAKE-CARD': true,
  'S-REPRINT': true,
  'S-RECORDS': true,
  'S-DAY-LIST': true,
  'S-PAPERS': true,
  'S-TYPE': true,
  'S-STAFF': true,
  'S-PAPER': true,
  'S-GUIDES': true,
  'S-GUIDE': true,
  'S-COMPLAINT': true,
  'S-TICKET': true,
  'S-WHO': true,
};
