/** Sentences of one's own affairs beside paying, as a type: part of the one table of the patient screen. */
/** Reasons of these ways; text-table.ts has the others. */
export type AffairReasonKey = 'nothingToReprint' | 'ownCardNeeded';

export interface AffairTexts {
  readonly reprint: {
    readonly printing: string;
    readonly ready: string;
    readonly unconfirmed: string;
    readonly none: string;
    readonly copy: string;
    readonly invoice: string;
    readonly another: string;
  };
}
