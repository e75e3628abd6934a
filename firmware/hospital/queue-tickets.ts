/** A number for a window of the hospital, from the hospital's own queue (Z-8.1.8, Y1-3), and the numbers that it calls. */
import type { QueueCall } from '../../drivers/queue-display/queue-display.ts';
import type { PartyAnswer } from './hospital-gateway.ts';

/** Windows that call by number. */
export const TICKET_OFFICES = ['counter', 'priceOffice', 'filingWindow', 'wardOffice'] as const;
export type TicketOffice = (typeof TICKET_OFFICES)[number];

export interface QueueTicket {
  /** As it is called out, e.g. `B012`. */
  readonly ticket: string;
  /** Where it is called. */
  readonly place: string;
  readonly waitingBefore: number;
}

export interface QueueTickets {
  /** Idempotent by `requestId`: nobody jumps the queue by asking again. */
  takeTicket(request: {
    readonly office: TicketOffice;
    readonly requestId: string;
    /** What is wanted there, a word of the profile's guides; another word under the same id goes with the same number. */
    readonly need?: string;
  }): Promise<PartyAnswer<QueueTicket, 'officeClosed'>>;
  /** What was called after that sequence, the oldest first; `undefined`: only where the sequence stands now. */
  callsSince(after: number | undefined): Promise<PartyAnswer<CallsSince, never>>;
}

export interface CallsSince {
  readonly latest: number;
  readonly calls: readonly QueueCall[];
}
