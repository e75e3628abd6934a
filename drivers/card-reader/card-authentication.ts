/**
 * The plug-in step that lets a kiosk read the holder's file of a version 3 card.
 *
 * Keys live in a PSAM or a region's encryption machine, never here: this file
 * only carries a challenge there and the answer back to the chip (insurance
 * interface E.1, authentication).
 */
import type { Secret } from '../secret.ts';
import { CardRefusal, type ChipDialogue, STATUS_WORDS, statusText } from './apdu.ts';

export interface AuthenticationRequest {
  /** 0A = RK_SSSE. */
  readonly keyNumber: number;
  /** Algorithm mark of the card's FCI: the PSAM must hold the same. */
  readonly algorithm: number;
  /** 32 hex characters; city and province diversifiers are its beginning. */
  readonly cardId: Secret<string>;
  /** Its historical bytes are a diversifier. */
  readonly atr: Uint8Array;
  /** 8 bytes from GET CHALLENGE. */
  readonly challenge: Uint8Array;
}

export interface AuthenticationAnswer {
  /** 8 bytes. */
  readonly cryptogram: Uint8Array;
  /** 8 bytes that go to the card after the cryptogram. */
  readonly random: Uint8Array;
}

export interface CardAuthentication {
  /**
   * `undefined` = this kiosk's keys do not fit the card. Rejects with `signal.reason`, or with
   * `LinkLostError` when the holder of the keys is away.
   */
  answerChallenge(request: AuthenticationRequest, signal: AbortSignal): Promise<AuthenticationAnswer | undefined>;
}

const RK_SSSE = 0x0a;
const CHALLENGE_BYTES = 8;

/** @throws CardRefusal `securityFail` when the card stays closed. */
export async function openHolderFile(
  chip: ChipDialogue,
  authentication: CardAuthentication | undefined,
  card: { readonly algorithm: number; readonly cardId: Secret<string> },
): Promise<void> {
  if (!authentication) throw new CardRefusal('securityFail', 'version 3 wants an authentication; this kiosk has none');
  const asked = await chip.ask({ cla: 0x00, ins: 0x84, p1: 0x00, p2: 0x00, le: CHALLENGE_BYTES });
  if (asked.status !== STATUS_WORDS.ok) {
    throw new CardRefusal('securityFail', `no challenge: ${statusText(asked.status)}`);
  }
  if (asked.data.length !== CHALLENGE_BYTES) throw new CardRefusal('invalidMedia', 'a challenge is eight bytes');
  const request = { ...card, keyNumber: RK_SSSE, atr: chip.atr, challenge: asked.data };
  const answer = await authentication.answerChallenge(request, chip.signal);
  if (!answer) throw new CardRefusal('securityFail', "this kiosk's keys do not fit the card");
  if (answer.cryptogram.length !== 8 || answer.random.length !== 8) {
    throw new RangeError('An authentication answers with eight and eight bytes.');
  }
  const data = Uint8Array.of(...answer.cryptogram, ...answer.random);
  const { status } = await chip.ask({ cla: 0x00, ins: 0x82, p1: 0x00, p2: RK_SSSE, data });
  if (status !== STATUS_WORDS.ok) throw new CardRefusal('securityFail', `not authenticated: ${statusText(status)}`);
}
