/** What was put down cannot be used; another card or a fresh code can: the other ways in are offered with the reason. */
import type { ReasonId } from '../reasons.ts';

export class MediumProblem extends Error {
  override readonly name = 'MediumProblem';
  readonly reason: ReasonId;

  constructor(reason: ReasonId) {
    super(reason);
    this.reason = reason;
  }
}
