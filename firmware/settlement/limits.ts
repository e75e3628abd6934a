/**
 * How often and how long: what every flow has in common.
 */

/** A party that does not take a first step is asked this often before the settlement is given up. */
export const FIRST_STEP_ATTEMPTS = 3;
/** After so many unanswered questions about a 2207 the reversal is tried instead. */
export const FIND_ATTEMPTS = 3;
/** So many definite refusals of a reversal or a refund, and a person must look. */
export const REFUSALS = 3;
/**
 * With pauses of at most a minute this outlives the lock itself, which ends by its own time after about 36 minutes:
 * a line that comes back earlier frees the bill for the window.
 */
export const UNLOCK_ATTEMPTS = 45;

/** So many answers to a confirmation that nobody can read, seven minutes of them, and people are told. */
export const UNREADABLE_ANSWERS = 12;
/** What has become a case is still asked, but no longer every minute: only the party's people can mend it. */
export const CASE_PAUSE_MS = 600_000;

/** Pause between two questions about an order that a phone is about to pay. */
export const POLL_MS = 2_000;
/** Pauses between repeats double from here … */
export const FIRST_PAUSE_MS = 2_000;
/** … up to here, for ever. */
export const LONGEST_PAUSE_MS = 60_000;
/** Between two reversals of a message that the platform did not know: never less, whatever a profile says. */
export const LEAST_QUARANTINE_MS = 120_000;
/** What a bill lock lives beyond the payment order and two quarantines. */
export const LOCK_RESERVE_MS = 1_800_000;
