/**
 * Who is here: from a credential to a person that the centre knows.
 *
 * The medium is read, the centre is asked (1101), and both must name the same
 * person (SZ-213, Z-8.1.3). What comes out is a person and a credential that
 * live as long as the session; nothing of it is kept.
 */
import type { CardReadFault } from '../../drivers/card-reader/card-reader.ts';
import type { CommonFault } from '../../drivers/device.ts';
import type { Secret } from '../../drivers/secret.ts';
import type { Credential, Insurance, Person, PlatformAnswer } from '../insurance/insurance-platform.ts';
import { type ReasonId, reasons } from '../reasons.ts';
import { matchPerson } from '../region/person-match.ts';
import { askCredential, type Shown } from '../session/ask-credential.ts';
import type { Session } from '../session/session.ts';
import { identifyByFace } from './identify-by-face.ts';
import { orKnownToHospital, personAtHospital } from './known-to-hospital.ts';
import { MediumProblem } from './medium-problem.ts';
import type { Rooms } from './rooms.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

export interface Identity {
  readonly person: Person;
  readonly credential: Credential;
  /** The insurance that this settlement uses. */
  readonly insurance: Insurance;
}

const CARD_TIMEOUT_MS = 10_000;
/** So often a number may be typed with another birthday. */
const MOST_NUMBERS = 3;
/** `psn_cert_type` 外国人护照. */
const PASSPORT = '07';
/** Whole years from which large print and the longer times are the start (4.2, Y4-12a). */
const LARGE_PRINT_FROM_AGE = 60;

export async function identify(rooms: Rooms, session: Session, shown: Shown): Promise<Identity> {
  const credential = await readCredential(rooms, session, shown);
  const answer = await waitForParty(rooms, session, 'identifying', rooms.insurance.person(credential));
  const person = await orKnownToHospital(rooms, session, credential, () => valueOrStop(answer, 'personNotFound'));
  const match = matchPerson(credential, person);
  if (match !== 'samePerson') throw new Stop(match);
  if (person.age >= LARGE_PRINT_FROM_AGE) session.proposeLargePrint();
  return { person, credential, insurance: chooseInsurance(rooms, person) };
}

/** A medium that gave nothing is said to be one, and the patient may put down another at once. */
export async function readCredential(
  rooms: Rooms,
  session: Session,
  first: Shown,
  whose?: 'patient' | 'proxy',
): Promise<Credential> {
  let problem: ReasonId | undefined;
  let wrongNumbers = 0;
  for (let shown = first; ; ) {
    try {
      if (shown.medium === 'visitCard' || shown.medium === 'passport') {
        const broken = BROKEN.some((reason) => reason === problem);
        throw await withoutInsurance(rooms, session, shown, broken ? 'cardBroken' : 'noCredential');
      }
      if (shown.medium === 'idCard') return await identifyByFace(rooms, session);
      return shown.medium === 'card' ? await readCard(rooms, session) : await decodeCode(rooms, session, shown.text);
    } catch (error) {
      if (!(error instanceof MediumProblem)) throw error;
      const { reason } = error;
      problem = reason;
      session.helpOffer.wentWrong();
      if (reason === 'numberDiffers') wrongNumbers += 1;
      if (wrongNumbers === MOST_NUMBERS) throw new Stop('personNotFound');
      rooms.audit.write(reasons[reason].audit, { session: session.id, reason });
      shown = await askCredential(session, rooms.profile.timers.read, reason, whose);
    }
  }
}

/** A card that was tried before and does not read: waiting for another one is worth something. */
const BROKEN: readonly ReasonId[] = ['cardUnreadable', 'cardNeedsAuthentication', 'cardTornOff'];

/** Whom the hospital knows by a number: what is left to them is no insurance's. @throws MediumProblem */
async function withoutInsurance(
  rooms: Rooms,
  session: Session,
  shown: Extract<Shown, { medium: 'visitCard' | 'passport' }>,
  reason: ReasonId,
): Promise<Stop> {
  const { number, born } = shown;
  const passport = shown.medium === 'passport';
  const known = passport ? { certificateNumber: number, certificateType: PASSPORT } : { visitCardNumber: number };
  const person = await personAtHospital(rooms, session, known, born);
  if (person) return new Stop(passport ? 'noInsurance' : reason, 'S-STOP', 'stopped', person);
  if (born !== undefined) throw new MediumProblem('numberDiffers');
  return new Stop('personNotFound');
}

async function readCard(rooms: Rooms, session: Session): Promise<Credential> {
  const { cardReader } = rooms;
  if (!cardReader) throw new MediumProblem('cardUnreadable');
  session.show({ name: 'S-BUSY', work: 'readingCard', slow: false, removeCard: false });
  const read = await cardReader.readSocialSecurityCard({ timeoutMs: CARD_TIMEOUT_MS, signal: session.signal });
  if (session.signal.aborted) throw session.signal.reason;
  if (!read.done) throw new MediumProblem(reasonOfCardFault(read.fault));
  session.cardMayLeave();
  const { cardNumber, cardId, name, socialSecurityNumber } = read.value;
  return { type: '03', number: cardNumber, cardId, name, certificateNumber: socialSecurityNumber };
}

function reasonOfCardFault(fault: CardReadFault | CommonFault): ReasonId {
  switch (fault) {
    case 'noMedia':
      return 'cardTornOff';
    case 'securityFail':
      return 'cardNeedsAuthentication';
    default:
      return 'cardUnreadable';
  }
}

/** A code is for who stands here, and works once (SZ-217b): a picture of a used one is not even asked about. */
async function decodeCode(rooms: Rooms, session: Session, text: Secret<string>): Promise<Credential> {
  const { shownCodes } = rooms;
  if (rooms.someoneThere() === 'gone') throw new MediumProblem('nobodyThere');
  if (shownCodes.known(text)) throw new MediumProblem('codeExpiredOrUsed');
  const takeBack = shownCodes.send(text);
  const asked = rooms.insurance.decodeECredential(text, rooms.codeUse ?? '01301').then((answer) => {
    if (answer.outcome === 'unreachable') takeBack();
    return answer;
  });
  const answer = await waitForParty(rooms, session, 'identifying', asked);
  text.wipe();
  // The decoder has a table of its own codes; only what a gateway in between said is no word about the code.
  if (answer.outcome === 'refused' && !/^http /.test(answer.infcode)) throw new MediumProblem('codeExpiredOrUsed');
  const decoded = valueOrStop(answer, 'codeExpiredOrUsed');
  return {
    type: '01',
    number: decoded.token,
    name: decoded.name,
    certificateNumber: decoded.certificateNumber,
  };
}

/** Active insurances in the profile's order; a paused one stops the insurance path (Z-8.3.2). */
function chooseInsurance(rooms: Rooms, person: Person): Insurance {
  const active = person.insurances.filter((insurance) => insurance.active);
  const preferred = rooms.profile.insurance.insuranceTypes
    .map((type) => active.find((insurance) => insurance.type === type))
    .find((insurance) => insurance !== undefined);
  const chosen = preferred ?? active[0];
  if (!chosen) throw new Stop('insurancePaused', 'S-STOP', 'stopped', person);
  return chosen;
}

/** The interface knows one failure code; any other number, or a gateway's own page, is no word of the centre. */
const REFUSED = '-1';

/** The value of an answer, or the stop that its outcome means when no money is involved. */
export function valueOrStop<Value>(answer: PlatformAnswer<Value>, refused: ReasonId): Value {
  switch (answer.outcome) {
    case 'ok':
      return answer.value;
    case 'refused':
      throw new Stop(answer.infcode === REFUSED ? refused : 'insuranceAnswerBroken');
    case 'unreachable':
    case 'unknown':
      throw new Stop(reasonOfSilence(answer.detail));
    case 'malformed':
      throw new Stop('insuranceAnswerBroken');
  }
}

/** What to tell the patient when nothing that counts was heard: nobody, somebody else, or words that are none. */
function reasonOfSilence(detail: string): ReasonId {
  if (/\bhttp certificate\b/.test(detail)) return 'insuranceIdentity';
  return /\bhttp ([1-4]\d\d|tooLarge)\b/.test(detail) ? 'insuranceAnswerBroken' : 'insuranceUnreachable';
}
