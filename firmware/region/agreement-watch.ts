/**
 * Tells staff what the platform says of our own agreement: that it was stopped or is back, and that it ends within
 * three months (N-41, N-42, N-38(6)).
 *
 * One promise: nothing is inferred here. A date only warns; whether insurance can settle is the platform's answer alone.
 */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Standing } from '../insurance/insurance-platform.ts';
import { platformDate } from '../insurance/platform-time.ts';
import type { AgreementSaid } from '../insurance/standing.ts';
import type { Clock } from '../ports.ts';

/** 续签: asked for three months before the end (N-41). */
const REMIND_BEFORE_MS = 90 * 86_400_000;
/** The plan of 应急预案 that staff then follow; firmware/upload/contingency-plans.ts. */
const PLAN = 'agreementSuspended';

type AgreementTask = 'agreementStopped' | 'agreementBack' | 'agreementEnds';

export interface AgreementWatchParts {
  readonly clock: Clock;
  readonly audit: Pick<AuditTrail, 'write'>;
  readonly notices: {
    staffTask(number: string, task: AgreementTask, facts: Readonly<Record<string, string>>): unknown;
  };
}

export class AgreementWatch {
  readonly #parts: AgreementWatchParts;
  #standing: Standing | undefined;
  #reminded: string | undefined;

  constructor(parts: AgreementWatchParts) {
    this.#parts = parts;
  }

  /** Each answer to 1201, in its order. */
  saw({ standing, endsAtMs }: AgreementSaid): void {
    const { audit, clock, notices } = this.#parts;
    const nowMs = clock.wallMs();
    const before = this.#standing;
    this.#standing = standing;
    // That it is active when the kiosk starts is no news; that it is not, is.
    if (before !== standing && (before !== undefined || standing !== 'active')) {
      audit.write('agreement.said', { state: standing });
      const at = platformDate(nowMs);
      if (standing === 'active') notices.staffTask(`agreement ${at} active`, 'agreementBack', { at });
      else notices.staffTask(`agreement ${at} ${standing}`, 'agreementStopped', { at, state: standing, plan: PLAN });
    }
    if (standing !== 'active' || endsAtMs === undefined || endsAtMs - nowMs > REMIND_BEFORE_MS) return;
    const endsOn = platformDate(endsAtMs);
    if (this.#reminded === endsOn) return;
    this.#reminded = endsOn;
    audit.write('agreement.ends', { state: endsOn });
    notices.staffTask(`agreement ${endsOn}`, 'agreementEnds', { endsOn });
  }
}
