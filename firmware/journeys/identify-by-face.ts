/**
 * An identity card, and whether the face before the camera is the one on its chip (人证比对).
 *
 * The card is read, the person is asked, and only then is looked (人脸信息单独同意).
 * One promise: whatever the check says but yes, the other ways in are offered
 * with the reason, and the photo is zero when this returns.
 */
import type { Biometric, FaceEvent, FaceReason, FaceReference, FaceVerdict } from '../../drivers/face/biometric.ts';
import { FaceConsent } from '../../drivers/face/consent.ts';
import type { IdCard, IdCardReader } from '../../drivers/id-card-reader/id-card-reader.ts';
import { Secret } from '../../drivers/secret.ts';
import { WipeableBytes } from '../../drivers/wipeable.ts';
import type { Credential } from '../insurance/insurance-platform.ts';
import type { ReasonId } from '../reasons.ts';
import type { FaceGuidance, FaceTurn } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import { MediumProblem } from './medium-problem.ts';
import type { Rooms } from './rooms.ts';

const CARD_TIMEOUT_MS = 10_000;
/** T-FACE: one attempt, a turn of the head included. */
const LOOK_TIMEOUT_MS = 30_000;
/** An engine that was lost is back within a second or two; for so long the person is asked to wait, once. */
const COMES_BACK_MS = 5_000;

/** @throws MediumProblem with the reason why another way is offered */
export async function identifyByFace(rooms: Rooms, session: Session): Promise<Credential> {
  const { idCardReader, face } = rooms;
  if (!idCardReader || !face) throw new MediumProblem('faceUnavailable');
  const { card, photo } = await readIdCard(idCardReader, session);
  try {
    if (face.state !== 'online') throw new MediumProblem('faceUnavailable');
    const consent = await askConsent(rooms, session, face);
    await matchFace({ rooms, session, face }, consent, () => referenceFor(face, card, photo));
  } catch (error) {
    wipe(card);
    throw error;
  } finally {
    photo.wipe();
  }
  return { type: '02', number: card.number, name: card.name, certificateNumber: card.number };
}

/** Somebody who is known by another credential. */
export interface KnownHolder {
  readonly number: Secret<string>;
  /** Asks for the identity card whose photo is compared; left out where the platform's own picture is. */
  readonly putDownCard?: () => Promise<void>;
}

/** Whether the face before the camera is this person's. @throws MediumProblem with the reason why it is not a yes */
export async function matchHolder(rooms: Rooms, session: Session, { number, putDownCard }: KnownHolder): Promise<void> {
  const { idCardReader, face } = rooms;
  if (face?.state !== 'online') throw new MediumProblem('faceUnavailable');
  if (!putDownCard) {
    const consent = await askConsent(rooms, session, face);
    const subject = (): Secret<string> => new Secret(number.reveal());
    return matchFace({ rooms, session, face }, consent, () => ({ kind: 'platformSubject', subject: subject() }));
  }
  if (idCardReader?.state !== 'online') throw new MediumProblem('faceUnavailable');
  await putDownCard();
  const { card, photo } = await readIdCard(idCardReader, session);
  try {
    if (card.number.reveal() !== number.reveal()) throw new MediumProblem('faceDiffers');
    const consent = await askConsent(rooms, session, face);
    await matchFace({ rooms, session, face }, consent, () => referenceFor(face, card, photo));
  } finally {
    wipe(card);
    photo.wipe();
  }
}

async function readIdCard(reader: IdCardReader, session: Session) {
  session.show({ name: 'S-BUSY', work: 'readingIdCard', slow: false, removeCard: false });
  let photo: WipeableBytes | undefined;
  const read = await reader.readIdCard({
    timeoutMs: CARD_TIMEOUT_MS,
    signal: session.signal,
    photoTo: (bytes) => {
      photo = bytes;
    },
  });
  if (session.signal.aborted || !read.done || !photo) {
    photo?.wipe();
    if (read.done) wipe(read.value);
    session.signal.throwIfAborted();
    throw new MediumProblem('idCardUnreadable');
  }
  return { card: read.value, photo };
}

/** The text is read, and the yes is said, before a single frame is asked for. */
async function askConsent(rooms: Rooms, session: Session, face: Biometric): Promise<FaceConsent> {
  face.prepare?.();
  const place = face.matchLocation === 'platform' ? 'platform' : 'kiosk';
  const agreed = await session.ask<boolean>({ name: 'S-FACE-ASK', place }, { accept: yesOrNo });
  if (!agreed) throw new MediumProblem('faceDeclined');
  rooms.audit.write('face.agreed', { session: session.id });
  const purpose = place === 'platform' ? 'platformFaceCheck' : 'matchWithIdPhoto';
  return new FaceConsent({ sessionId: session.id, purpose, givenAtMs: rooms.clock.monotonicMs() });
}

interface Corner {
  readonly rooms: Rooms;
  readonly session: Session;
  readonly face: Biometric;
}

/** What to match with: each check wipes what it is given. The platform has a photo of its own and is told the number. */
function referenceFor({ matchLocation }: Biometric, { number }: IdCard, photo: WipeableBytes): FaceReference {
  if (matchLocation === 'platform') return { kind: 'platformSubject', subject: new Secret(number.reveal()) };
  return { kind: 'wlt', photo: new WipeableBytes(Uint8Array.from(photo.reveal())) };
}

/** Looks until it is a yes, or until another way is the better one. */
async function matchFace(corner: Corner, consent: FaceConsent, referenceOf: () => FaceReference): Promise<void> {
  const { rooms, session, face } = corner;
  let lost = 0;
  for (;;) {
    const leaving = new AbortController();
    const signal = AbortSignal.any([session.signal, leaving.signal]);
    const request = { sessionId: session.id, consent, reference: referenceOf() };
    const checking = face.verify(request, { timeoutMs: LOOK_TIMEOUT_MS, signal });
    const left = await watchFace(session, face, checking);
    if (left) {
      consent.takeBack();
      leaving.abort();
      await checking;
      throw new MediumProblem('faceDeclined');
    }
    const ended = await checking;
    session.signal.throwIfAborted();
    if (ended.done && ended.value.decision === 'accept') {
      rooms.audit.write('face.matched', { session: session.id, state: ended.value.decidedBy });
      return;
    }
    if (ended.done && ended.value.next === 'tryAgain') continue;
    if (!ended.done && ended.fault === 'deviceNotReady' && lost === 0) {
      lost += 1;
      if (await isBack(corner)) continue;
    }
    throw new MediumProblem(ended.done ? reasonOf(ended.value) : 'faceUnavailable');
  }
}

/** Whether the lost face check is there again in time. */
function isBack({ rooms, session, face }: Corner): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (back: boolean): void => {
      stopClock();
      stopListening();
      session.signal.removeEventListener('abort', onOver);
      resolve(back);
    };
    const onOver = (): void => end(false);
    const stopClock = rooms.clock.timer(COMES_BACK_MS, () => end(face.state === 'online'));
    const stopListening = face.onStateChanged((state) => {
      if (state === 'online') end(true);
    });
    session.signal.addEventListener('abort', onOver, { once: true });
  });
}

type Change = 'over' | 'leave' | FaceEvent;

/** What the person is told while they are looked at. → whether they want another way. */
async function watchFace(session: Session, face: Biometric, checking: Promise<unknown>): Promise<boolean> {
  const events: FaceEvent[] = [];
  let wake = (): void => undefined;
  const stop = face.onFaceEvent((event) => {
    events.push(event);
    wake();
  });
  const over = checking.then((): 'over' => 'over');
  let guidance: FaceGuidance = 'lookHere';
  let turn: FaceTurn = 'none';
  try {
    for (let goesOn = false; ; goesOn = true) {
      const change: Change = await session.ask<Change>(
        { name: 'S-FACE', guidance, turn },
        {
          accept: (act) => (yesOrNo(act) === false ? 'leave' : undefined),
          until: Promise.race([over, nextOf(events, (listener) => (wake = listener))]),
          patience: 'never',
          ...(goesOn ? { goesOn: true as const } : {}),
        },
      );
      if (change === 'over' || change === 'leave') return change === 'leave';
      if (change.event === 'guidance') guidance = change.word === 'good' ? 'good' : change.word;
      if (change.event === 'challenge') turn = change.turn === 'straight' ? 'none' : change.turn;
    }
  } finally {
    stop();
  }
}

function nextOf(events: FaceEvent[], onWake: (listener: () => void) => void): Promise<FaceEvent> {
  return new Promise((resolve) => {
    const look = (): void => {
      const event = events.shift();
      if (event) resolve(event);
    };
    onWake(look);
    look();
  });
}

function reasonOf({ reasons }: FaceVerdict): ReasonId {
  const notLive: readonly FaceReason[] = ['notLive', 'challengeNotMet', 'personChanged'];
  return reasons.some((reason) => notLive.includes(reason)) && !reasons.includes('notTheSamePerson')
    ? 'faceNotLive'
    : 'faceDiffers';
}

function yesOrNo(act: Act): boolean | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'confirm') return true;
  return act.intent.do === 'decline' ? false : undefined;
}

function wipe({ name, number, sex, birthDate }: IdCard): void {
  for (const value of [name, number, sex, birthDate]) value.wipe();
}
