/** The insurance centre at its worst: no trace of a reversal that came before its claim. */
import type { Finding, Values } from '../../../../firmware/settlement/facts.ts';

type Settled = Values['ins.settle'];
type Amounts = Settled['amounts'];

interface Claim {
  readonly settled: Settled;
  state: 'live' | 'reversed' | 'voided';
}

const refused = { verdict: 'fail', reason: 'infcode -1', detail: 'refused' } as const;
const ok = <Value>(value: Value) => ({ verdict: 'ok', value }) as const;

export class Centre {
  readonly claims: Claim[] = [];
  refuses = false;
  canFind = true;
  /** Settles so many fen less from the fund than was agreed. */
  differsByFen = 0;
  /** What it makes of kept lines. */
  splits: Amounts | undefined;
  /** A later settlement depends on what should be undone. */
  blocksVoid = false;
  wasUndoneElsewhere = false;

  settledBefore(settlementId: string, amounts: Amounts): void {
    const settled = { settlementId, settledAt: '2026-11-20 09:00:00', messageId: 'former', amounts };
    this.claims.push({ settled, state: 'live' });
  }

  /** At a window, before anything of ours. */
  undoElsewhere(settlementId: string): void {
    const claim = this.claims.find(({ settled }) => settled.settlementId === settlementId);
    if (claim) claim.state = 'voided';
    this.wasUndoneElsewhere = true;
  }

  isLive(settlementId: string): boolean {
    return this.claims.some(({ settled, state }) => settled.settlementId === settlementId && state === 'live');
  }

  /** What one of these messages settled and still counts. */
  liveOf(messages: ReadonlySet<string>): readonly Settled[] {
    return this.claims
      .filter(({ settled, state }) => state === 'live' && messages.has(settled.messageId))
      .map((claim) => claim.settled);
  }

  settle(messageId: string, agreed: Amounts): Finding<Settled> {
    if (this.refuses) return refused;
    const known = this.#of(messageId);
    if (known) return ok(known.settled);
    const amounts = {
      ...agreed,
      fundFen: agreed.fundFen - this.differsByFen,
      accountFen: agreed.accountFen + this.differsByFen,
    };
    const settlementId = `S${this.claims.length + 1}`;
    const settled = { settlementId, settledAt: '2026-11-22 09:00:00', messageId, amounts };
    this.claims.push({ settled, state: 'live' });
    return ok(settled);
  }

  void(settlementId: string): Finding<Values['ins.void']> {
    const claim = this.claims.find(({ settled }) => settled.settlementId === settlementId);
    if (claim?.state !== 'live' || this.blocksVoid) return refused;
    claim.state = 'voided';
    return ok({ settlementId: `-${settlementId}` });
  }

  reverse(messageId: string): Finding<Values['ins.reverse']> {
    const claim = this.#of(messageId);
    if (!claim) return ok({ reversed: 'notFound' });
    if (claim.state === 'voided') return refused;
    claim.state = 'reversed';
    return ok({ reversed: 'reversed' });
  }

  prepare(): Finding<Amounts> {
    return this.splits ? ok(this.splits) : refused;
  }

  find(messageId: string): Finding<Values['ins.find']> {
    if (!this.canFind) return refused;
    const claim = this.#of(messageId);
    return ok({ centre: claim?.state === 'live' ? claim.settled : null });
  }

  findFormer(settlementId: string): Finding<Values['ins.findFormer']> {
    const claim = this.claims.find(({ settled }) => settled.settlementId === settlementId);
    if (!claim) return ok({ state: 'notFound' });
    return ok({ state: claim.state === 'live' ? 'counts' : 'voided' });
  }

  #of(messageId: string): Claim | undefined {
    return this.claims.find(({ settled }) => settled.messageId === messageId);
  }
}
