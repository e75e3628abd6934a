/**
 * 出院单据: what somebody takes home from a stay, as the hospital has it (Z-8.4.6).
 *
 * One promise: a link that is too long for a code on the screen is none, and a record is read in bounded pieces.
 */
import { time } from '../contract-fields.ts';
import type { Fields } from '../json-fields.ts';

/** What a QR code on the screen can still be read from, characters. */
export const LONGEST_LINK = 300;
const LONGEST_TITLE = 30;
const LONGEST_TEXT = 4_000;
const MOST_SECTIONS = 30;

export interface RecordSection {
  readonly title: string;
  readonly text: string;
}

/** 出院记录 in the hospital's own words. */
export interface DischargeRecord {
  /** yyyy-MM-dd HH:mm:ss */
  readonly writtenAt: string;
  readonly doctorName: string;
  readonly sections: readonly RecordSection[];
}

/** Each is `undefined` while the hospital has not made it yet. Links are opened by a phone and hold nothing of the person. */
export interface StayPapers {
  readonly dischargeRecord: DischargeRecord | undefined;
  readonly dischargeRecordLink: string | undefined;
  readonly feeListLink: string | undefined;
  readonly invoiceLink: string | undefined;
}

export function readStayPapers(answer: Fields): StayPapers {
  const record = answer.has('dischargeRecord') ? answer.object('dischargeRecord') : undefined;
  return {
    dischargeRecord: record && readRecord(record),
    dischargeRecordLink: record && linkIn(record, 'link'),
    feeListLink: linkIn(answer, 'feeListLink'),
    invoiceLink: linkIn(answer, 'invoiceLink'),
  };
}

/** Only what a phone opens safely, and short enough to be scanned. */
export function linkIn(answer: Fields, name: string): string | undefined {
  const link = answer.optionalText(name);
  return link !== undefined && link.length <= LONGEST_LINK && link.startsWith('https://') ? link : undefined;
}

function readRecord(record: Fields): DischargeRecord {
  return {
    writtenAt: time(record, 'writtenAt'),
    doctorName: record.text('doctorName').slice(0, LONGEST_TITLE),
    sections: record
      .list('sections')
      .slice(0, MOST_SECTIONS)
      .map((section) => ({
        title: section.text('title').slice(0, LONGEST_TITLE),
        text: section.text('text').slice(0, LONGEST_TEXT),
      })),
  };
}
