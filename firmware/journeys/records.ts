/**
 * 我的医保: what the centre knows of whoever stands here (product.md 2.6): 参保, 余额, 慢特病备案, 在院, 定点.
 *
 * One promise: everything is covered until the eye is touched, and covered again after ten seconds and whenever somebody
 * comes or goes; what is covered is not on the page at all.
 */

import type { PlatformAnswer } from '../insurance/insurance-platform.ts';
import type { ChronicFiling, Filing, InHospital } from '../insurance/insurance-reviews.ts';
import type { RecordRow, RecordValue } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import { confirmed } from '../session/act.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import type { Identity } from './identify.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { waitForParty } from './wait-for-party.ts';

/** product.md 2.6, ms. */
const OPEN_FOR_MS = 10_000;

type Answer = 'show' | 'hide' | 'leave';

interface Eye {
  /** Resolves when it closes by itself. */
  readonly closed: Promise<'hide'>;
  stop(): void;
}

export async function records(rooms: Rooms, session: Session, identity: Identity): Promise<JourneyEnd> {
  const rows = await rowsOf(rooms, session, identity);
  const maskedName = maskName(identity.person.name.reveal());
  let opened = 0;
  for (let open = false, goesOn = false; ; goesOn = true) {
    const eye: Eye | undefined = open ? closing(rooms) : undefined;
    const answer: Answer = await session
      .ask<Answer>(
        {
          ...({ name: 'S-RECORDS', maskedName, open, removeCard: false } as const),
          rows: rows.map((row) => (open ? row : { ...row, values: [] })),
        },
        { accept: eyeAnswer, ...(eye && { until: eye.closed }), ...(goesOn && { goesOn: true }) },
      )
      .finally(() => eye?.stop());
    if (answer === 'leave') break;
    open = answer === 'show';
    if (open) opened += 1;
  }
  rooms.audit.write('records.shown', { session: session.id, count: opened });
  return 'recordsShown';
}

/** Ten seconds, or anybody who comes or goes. */
function closing(rooms: Rooms): Eye {
  let stop = (): void => undefined;
  const closed = new Promise<'hide'>((resolve) => {
    const stopTimer = rooms.clock.timer(OPEN_FOR_MS, () => resolve('hide'));
    const stopWatching = rooms.onPresenceChanged(() => resolve('hide'));
    stop = () => {
      stopTimer();
      stopWatching();
    };
  });
  return { closed, stop: () => stop() };
}

function eyeAnswer(act: Act): Answer | undefined {
  if (act.kind === 'intent' && act.intent.do === 'choose') return act.intent.id === 'show' ? 'show' : 'hide';
  return confirmed(act) ? 'leave' : undefined;
}

/** A question that is not answered is said to be one; the others still stand there. */
async function rowsOf(rooms: Rooms, session: Session, identity: Identity): Promise<readonly RecordRow[]> {
  const { person, insurance } = identity;
  const question = { personNumber: person.personNumber, insuredArea: insurance.insuredArea };
  const { reviews } = rooms;
  const asked = Promise.all([
    reviews.chronicFilings(question),
    reviews.inHospital(question),
    reviews.designatedInstitutions(question),
  ]);
  const [chronic, stays, designated] = await waitForParty(rooms, session, 'findingRecords', asked);
  const balances = person.insurances.flatMap(({ accountBalanceFen: amountFen }): RecordValue[] =>
    amountFen === undefined ? [] : [{ kind: 'money', amountFen }],
  );
  return [
    {
      label: 'insurance',
      values: person.insurances.map(({ type, active }) => ({ kind: 'insurance', insuranceType: type, active })),
    },
    { label: 'balance', values: balances.length > 0 ? balances : [{ kind: 'none' }] },
    { label: 'chronic', values: valuesOf(chronic, chronicValues) },
    { label: 'inHospital', values: valuesOf(stays, stayValues) },
    { label: 'designated', values: valuesOf(designated, designatedValues) },
  ];
}

function valuesOf<Value>(
  answer: PlatformAnswer<Value>,
  read: (value: Value) => readonly RecordValue[],
): readonly RecordValue[] {
  if (answer.outcome !== 'ok') return [{ kind: 'unknown' }];
  const values = read(answer.value);
  return values.length > 0 ? values : [{ kind: 'none' }];
}

function chronicValues(filings: readonly ChronicFiling[]): readonly RecordValue[] {
  return filings.filter(({ valid }) => valid).map(({ name, endsOn }) => ({ kind: 'text', text: name, until: endsOn }));
}

function stayValues({ stays }: InHospital): readonly RecordValue[] {
  return stays.map(({ institutionName, departmentName }) => ({
    kind: 'text',
    text: [institutionName, departmentName].filter((word) => word !== undefined).join(' '),
    until: undefined,
  }));
}

function designatedValues(filings: readonly Filing[]): readonly RecordValue[] {
  return filings
    .filter(({ valid }) => valid)
    .map(({ institutionName = '', endsOn }) => ({ kind: 'text', text: institutionName, until: endsOn }));
}
