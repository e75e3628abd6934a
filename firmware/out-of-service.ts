/**
 * Errors after which this kiosk must not serve: each has a reason for the screen and a sentence for staff.
 *
 * Starting again does not help a damaged journal, so the process stays, says so, and lets a person come. A full disk
 * is tried again every minute, because somebody may have made room.
 */
import type { ReasonId } from './reasons.ts';

export interface OutOfService {
  readonly reason: Extract<
    ReasonId,
    'journalDamaged' | 'journalTooNew' | 'journalMissing' | 'diskTrouble' | 'merchantNotFiled'
  >;
  /** What happened and what to do next. */
  readonly forStaff: string;
  /** After so many ms the process ends, so that it is started again; `undefined` = a person must come first. */
  readonly againAfterMs: number | undefined;
}

const AGAIN_MS = 60_000;
const KEEP = 'Keep the data folder as it is, delete nothing, and call whoever looks after this kiosk.';

/** `undefined`: nothing that starting again at once could not cure. */
export function outOfService({ name, message }: Error): OutOfService | undefined {
  const stays = (reason: OutOfService['reason'], next: string): OutOfService => ({
    ...{ reason, forStaff: `${name}: ${message} ${next}`, againAfterMs: undefined },
  });
  switch (name) {
    case 'JournalTooNewError':
      return stays('journalTooNew', 'Install the newer edition again; this one has changed nothing.');
    case 'JournalMissingError':
    case 'JournalForeignError':
      return stays(
        'journalMissing',
        `Put the kiosk's own kiosk.db and kiosk.db-wal back, or, if they are lost: ${KEEP}`,
      );
    case 'JournalDamagedError':
      return stays('journalDamaged', KEEP);
    case 'MerchantNotFiledError':
      return stays('merchantNotFiled', 'File the account and have the pack signed anew, or mend the site file.');
    case 'StoreUnsoundError':
    case 'LedgerStoppedError':
      if (isOfTheDisk(message)) {
        const next = 'Make room or change the disk; it is tried again every minute.';
        return { reason: 'diskTrouble', forStaff: `${name}: ${message} ${next}`, againAfterMs: AGAIN_MS };
      }
      return name === 'StoreUnsoundError' ? stays('journalDamaged', KEEP) : undefined;
    default:
      return undefined;
  }
}

/** The engine's own words for a disk that takes or gives nothing more. */
function isOfTheDisk(message: string): boolean {
  return /disk is full|disk I\/O error|unable to open database file|readonly database|ENOSPC|EIO|EROFS/.test(message);
}
