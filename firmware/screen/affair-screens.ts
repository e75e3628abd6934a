/**
 * Screens of one's own affairs beside paying: papers once more, what the insurance knows, a ward's day, guides, complaints.
 *
 * Part of the contract in messages.ts, under its rules: masked already, ids and values, never sentences.
 */
import type { CardHint } from './screen-parts.ts';

export type AffairScreen =
  /** 补打: one slip once more, with the e-invoice's code beside it. */
  {
    readonly name: 'S-REPRINT';
    readonly department: string;
    /** yyyy-MM-dd */
    readonly settledOn: string;
    readonly totalFen: number;
    readonly number: string;
    /** Which copy comes out; absent until it is known. */
    readonly copy: number | undefined;
    readonly paper: 'printing' | 'ready' | 'unconfirmed' | 'none';
    /** Why there is no paper; empty otherwise. */
    readonly problem: string;
    /** Text of the QR that shows the e-invoice (电子票据) on a phone. */
    readonly invoiceLink: string | undefined;
    /** There are other slips to choose from. */
    readonly more: boolean;
  } & CardHint;
