/** Reads what the hospital says to a request for a refund or a conversion, and a parked bill. */

import { day } from '../contract-fields.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import type { Bill } from './bill.ts';
import { readBill } from './bill-fields.ts';
import { type Approval, PARK_REASONS, type ParkedBill } from './second-thoughts.ts';

/** `grant` makes sure that the bill is one of what was asked for. */
export function readApproval<Granted extends Bill, Refusal extends string>(
  answer: Fields,
  refusals: readonly Refusal[],
  grant: (bill: Fields) => Granted,
): Approval<Granted, Refusal> {
  const state = answer.oneOf('state', ['approved', 'waiting', 'refused'] as const);
  switch (state) {
    case 'approved':
      return { state, bill: grant(answer.object('bill')) };
    case 'waiting':
      return { state, applicationId: answer.text('applicationId') };
    case 'refused':
      return { state, reason: answer.oneOf('reason', refusals) };
  }
}

export function readParked(parked: Fields, parkedNumber: string): ParkedBill {
  if (parked.text('parkedNumber') !== parkedNumber) {
    throw new FieldError('parkedNumber is not the one that was asked for');
  }
  return {
    parkedNumber,
    reason: parked.oneOf('reason', PARK_REASONS),
    until: day(parked, 'until'),
    state: parked.oneOf('state', ['parked', 'settled', 'withdrawn'] as const),
    bill: readBill(parked.object('bill')),
  };
}
