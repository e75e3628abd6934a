/**
 * A party of the virtual world, seen from its wire.
 *
 * Each party is one function from an HTTP request to an HTTP answer, so the
 * same party serves the in-memory wire of virtual time and a real loopback
 * server. It knows nothing of our firmware; its ledger is the truth that
 * scenarios check.
 */

export interface PartyRequest {
  readonly method: string;
  /** Path and query, e.g. `/fsi/api/…`. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface PartyAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Party {
  handle(request: PartyRequest): PartyAnswer;
}

/** A party's own clock: Unix ms. */
export interface PartyClock {
  wallMs(): number;
}
