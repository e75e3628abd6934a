/**
 * 出院单据: fee list, e-invoice and discharge record, each on paper or by a code for the phone, each ticked once it was
 * taken (product.md 2.3, Z-8.4.6).
 *
 * One promise: all three stand on the page; one that the hospital has not made yet says so and where it comes from, and
 * the page looks again by itself while the patient stands there.
 */

import type { PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import { forReader } from '../documents/large-print.ts';
import type { GridPage } from '../documents/page-grid.ts';
import { pagesAsPdf } from '../documents/page-pdf.ts';
import { dischargeRecordPages, dischargeRecordSlip, invoiceSlip } from '../documents/stay-paper-slips.ts';
import type { StayPapers } from '../hospital/stay-papers.ts';
import { platformTime } from '../insurance/platform-time.ts';
import { STAY_PAPERS, type StayPaper, type StayPaperRow } from '../screen/affair-screens.ts';
import type { Act } from '../session/act.ts';
import { confirmed } from '../session/act.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import { printerTrouble, type Paper as Slip } from './deliver-paper.ts';
import { hospitalPerson, type PatientPerson } from './known-to-hospital.ts';
import { phoneLink } from './phone-link.ts';
import { rate } from './rate.ts';
import type { Rooms } from './rooms.ts';
import { waitForParty } from './wait-for-party.ts';

const PRINT_TIMEOUT_MS = 60_000;
const PAGES_TIMEOUT_MS = 180_000;
/** While something is missing the hospital is asked again, ms. */
const ASK_AGAIN_MS = 4_000;

export interface Discharged {
  readonly person: PatientPerson;
  readonly settlementNumber: string;
  readonly inpatientNumber: string;
  /** The slip with the fee list in it, as it came out. */
  readonly slip: Slip;
  /** The fee list on A4. */
  readonly feeListPages: () => readonly GridPage[];
  /** The fee list on the slip once more, where there is no A4 printer. */
  readonly feeListSlip: () => Promise<Slip>;
}

type Printed = 'can' | 'printing' | 'ready' | 'none' | 'cannot';
type Next = { readonly open: StayPaper } | { readonly papers: StayPapers | undefined } | 'leave' | 'touchedLeave';

export async function stayPapers(rooms: Rooms, session: Session, discharged: Discharged): Promise<void> {
  const taken = new Set<StayPaper>(discharged.slip.paper === 'none' ? [] : ['feeList']);
  let papers = await waitForParty(rooms, session, 'findingPapers', ask(rooms, discharged));
  for (let goesOn = false; ; ) {
    const rows = STAY_PAPERS.map((paper): StayPaperRow => ({ paper, state: stateOf(paper, taken, papers) }));
    const waits = rows.some(({ state }) => state === 'later');
    const again = waits ? later(rooms, () => ask(rooms, discharged)) : undefined;
    const next: Next = await session
      .ask<Next>(
        {
          ...({ name: 'S-PAPERS', papers: rows, removeCard: false } as const),
          maskedName: maskName(discharged.person.name.reveal()),
        },
        {
          accept: nextIn,
          patience: { timer: rooms.profile.timers.idle, afterwards: 'leave' },
          ...(again && { until: again.papers.then((found): Next => ({ papers: found })) }),
          ...(goesOn ? { goesOn: true as const } : {}),
        },
      )
      .finally(() => again?.stop());
    goesOn = typeof next === 'object' && 'papers' in next;
    if (next === 'touchedLeave') return rate(rooms, session);
    if (next === 'leave') return;
    if ('papers' in next) papers = next.papers ?? papers;
    else if (await showPaper(rooms, session, discharged, { paper: next.open, papers })) taken.add(next.open);
  }
}

function nextIn(act: Act): Next | undefined {
  if (act.kind === 'intent' && act.intent.do === 'choose') {
    const { id } = act.intent;
    const open = STAY_PAPERS.find((paper) => paper === id);
    return open && { open };
  }
  return confirmed(act) ? 'touchedLeave' : undefined;
}

/** What the hospital has; `undefined` while it cannot be asked. */
async function ask(rooms: Rooms, { settlementNumber, person }: Discharged): Promise<StayPapers | undefined> {
  const answer = await rooms.services.stayPapers({ settlementNumber, person: hospitalPerson(person) });
  return answer.outcome === 'ok' ? answer.value : undefined;
}

function later(rooms: Rooms, go: () => Promise<StayPapers | undefined>) {
  let stop = (): void => undefined;
  const papers = new Promise<StayPapers | undefined>((resolve, reject) => {
    stop = rooms.clock.timer(ASK_AGAIN_MS, () => go().then(resolve, reject));
  });
  return { papers, stop: () => stop() };
}

function stateOf(
  paper: StayPaper,
  taken: ReadonlySet<StayPaper>,
  papers: StayPapers | undefined,
): StayPaperRow['state'] {
  if (taken.has(paper)) return 'taken';
  // The fee list is our own to make.
  if (paper === 'feeList') return 'open';
  const there = paper === 'invoice' ? papers?.invoiceLink : (papers?.dischargeRecord ?? papers?.dischargeRecordLink);
  return there === undefined ? 'later' : 'open';
}

interface Wanted {
  readonly paper: StayPaper;
  readonly papers: StayPapers | undefined;
}

/** S-PAPER: the code and the print of one of them. → whether it was taken, on paper or by a code that was shown */
async function showPaper(rooms: Rooms, session: Session, discharged: Discharged, wanted: Wanted): Promise<boolean> {
  const { paper } = wanted;
  const code = phoneLink(linkOf(wanted), discharged.person, [discharged.inpatientNumber]);
  let print: Printed = canPrint(rooms, wanted) ? 'can' : 'cannot';
  let printing: Promise<Step> | undefined;
  for (let goesOn = false; ; goesOn = true) {
    const step: Step = await session.ask<Step>(
      { name: 'S-PAPER', paper, code, print, removeCard: false },
      {
        accept: (act) => (printing ? undefined : stepIn(act)),
        patience: printing
          ? 'never'
          : { timer: rooms.profile.timers.idle, afterwards: { step: 'back', touched: false } },
        ...(printing && { until: printing }),
        ...(goesOn && { goesOn: true }),
      },
    );
    if (step.step === 'back') return print === 'ready' || (step.touched && code !== undefined);
    if (step.step === 'printed') {
      printing = undefined;
      print = step.as;
    } else {
      print = 'printing';
      printing = printPaper(rooms, session, discharged, wanted).then((as): Step => ({ step: 'printed', as }));
    }
  }
}

type Step =
  | { readonly step: 'back'; readonly touched: boolean }
  | { readonly step: 'print' }
  | { readonly step: 'printed'; readonly as: 'ready' | 'none' };

function stepIn(act: Act): Step | undefined {
  if (act.kind === 'intent' && act.intent.do === 'print') return { step: 'print' };
  return confirmed(act) ? { step: 'back', touched: true } : undefined;
}

function linkOf({ paper, papers }: Wanted): string | undefined {
  if (paper === 'feeList') return papers?.feeListLink;
  return paper === 'invoice' ? papers?.invoiceLink : papers?.dischargeRecordLink;
}

function canPrint(rooms: Rooms, { paper, papers }: Wanted): boolean {
  if (paper === 'dischargeRecord' && papers?.dischargeRecord === undefined) return false;
  const onSlip = printerTrouble(rooms) === undefined;
  return paper === 'invoice' ? onSlip : onSlip || hasPages(rooms);
}

function hasPages({ pagePrinter }: Rooms): boolean {
  return pagePrinter?.state === 'online' && pagePrinter.obstacle() === undefined;
}

/** Not bound to the session's signal: what has begun is finished even if the patient walks away. */
async function printPaper(
  rooms: Rooms,
  session: Session,
  discharged: Discharged,
  wanted: Wanted,
): Promise<'ready' | 'none'> {
  const { paper, papers } = wanted;
  const { person, settlementNumber, inpatientNumber } = discharged;
  const frame = {
    ...{ config: rooms.config, profile: rooms.profile, language: session.language, settlementNumber, inpatientNumber },
    ...{ maskedName: maskName(person.name.reveal()), maskedProxy: session.maskedProxy },
    printedAt: platformTime(rooms.clock.wallMs()),
  };
  const record = papers?.dischargeRecord;
  let done: boolean;
  if (paper === 'feeList') {
    done = (await onPages(rooms, discharged.feeListPages)) || (await discharged.feeListSlip()).paper !== 'none';
  } else if (paper === 'invoice') {
    const link = phoneLink(papers?.invoiceLink, person, [inpatientNumber]);
    done = link !== undefined && (await onSlip(rooms, session, invoiceSlip(frame, link)));
  } else {
    done =
      record !== undefined &&
      ((await onPages(rooms, () => dischargeRecordPages(frame, record))) ||
        (await onSlip(rooms, session, dischargeRecordSlip(frame, record))));
  }
  rooms.audit.write('stayPaper.printed', {
    ...{ session: session.id, settlement: settlementNumber, choice: paper, state: done ? 'printed' : 'failed' },
  });
  return done ? 'ready' : 'none';
}

async function onSlip({ printer }: Rooms, session: Session, document: PaperDocument): Promise<boolean> {
  if (!printer) return false;
  const printed = await printer.print(forReader(document, session.textSize), { timeoutMs: PRINT_TIMEOUT_MS });
  return printed.done;
}

/** Where there is no A4 printer, or it cannot print now, nothing is sent to it. */
async function onPages(rooms: Rooms, make: () => readonly GridPage[]): Promise<boolean> {
  const { pagePrinter } = rooms;
  if (!pagePrinter || !hasPages(rooms)) return false;
  const pages = make();
  const job = { pdf: await pagesAsPdf(pages), pages: pages.length };
  const printed = await pagePrinter.printPages(job, { timeoutMs: PAGES_TIMEOUT_MS });
  return printed.done;
}
