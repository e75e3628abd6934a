/**
 * Asks the centre about a period: 3201 for every clearing pot, and 3202 for the offices where one does not agree.
 *
 * One promise: after a 3202 the file is put right by its answer and filed once more, and only when the centre then
 * agrees with every line do its answers count as explaining every fen.
 */
import type { PlatformAnswer } from '../insurance/insurance-platform.ts';
import type {
  BrokenLine,
  ClearingGroup,
  InsuranceStatements,
  LineCompared,
  Period,
  StatementLine,
  StatementTotals,
} from '../insurance/statements.ts';
import type { ClaimKey } from '../settlement/claim-key.ts';
import type { CentreDay, CentreRow } from './compare-centre.ts';
import type { ClaimLine } from './day-book.ts';
import { type Sums, sumOf } from './sums.ts';

export interface CentreEnquiry {
  readonly statements: InsuranceStatements;
  readonly period: Period;
  readonly ours: readonly ClaimLine[];
  /** Pots that are asked about even when nothing of ours is in them. */
  readonly groups: readonly ClearingGroup[];
  groupOf(line: ClaimLine): ClearingGroup;
  /** `undefined`: shredded or not readable; the line is then told apart by its message. */
  claimKey(settlement: string): ClaimKey | undefined;
}

type Office = Pick<ClearingGroup, 'clearingOffice' | 'clearingType'>;

export async function askCentre(enquiry: CentreEnquiry): Promise<PlatformAnswer<CentreDay>> {
  const { statements, period, ours, groupOf } = enquiry;
  const unequal = new Map<string, Office>();
  for (const group of allGroups(enquiry)) {
    const mine = ours.filter((line) => sameGroup(groupOf(line), group));
    const answer = await statements.compareTotals(group, period, totalsOf(mine));
    if (answer.outcome !== 'ok') return answer;
    if (answer.value.result !== 'equal') unequal.set(officeWord(group), group);
  }
  const filed: { key: string; sums: Sums }[] = ours
    .filter((line) => !unequal.has(officeWord(groupOf(line))))
    .map(({ key, sums }) => ({ key, sums }));
  const rows: CentreRow[] = [];
  const broken: BrokenLine[] = [];
  for (const office of unequal.values()) {
    const mine = ours.filter((line) => officeWord(groupOf(line)) === officeWord(office));
    const lines = mine.flatMap((line) => statementLine(line, enquiry) ?? []);
    const answer = await askLines(lines, office, enquiry);
    if (answer.outcome !== 'ok') return answer;
    const sent = new Set(lines.map(({ settlementId }) => settlementId));
    filed.push(
      ...mine.filter(({ settlementId }) => sent.has(settlementId ?? '')).map(({ key, sums }) => ({ key, sums })),
    );
    rows.push(...answer.value.lines.map(rowOf));
    broken.push(...answer.value.broken);
  }
  return { outcome: 'ok', value: { asked: ours.map(({ key }) => key), filed, rows, broken } };
}

async function askLines(lines: readonly StatementLine[], office: Office, { statements, period }: CentreEnquiry) {
  const { clearingOffice, clearingType } = office;
  const ask = (filed: readonly StatementLine[]) =>
    statements.compareLines({ clearingOffice, clearingType, period, lines: filed, totals: totalsOfLines(filed) });
  const first = await ask(lines);
  if (first.outcome !== 'ok' || first.value.broken.length > 0) return first;
  const corrected = correct(lines, first.value.lines);
  const second = await ask(corrected);
  if (second.outcome !== 'ok') return second;
  const rest = second.value.lines.filter(({ result }) => result !== 'equal').length + second.value.broken.length;
  if (rest === 0) return first;
  // The centre changed its mind, or its answers do not follow from each other: ask again another time.
  const why = `${rest} lines do not agree with the centre’s own answer about them`;
  return { outcome: 'ok', value: { ...first.value, broken: [{ line: 0, why }] } } as const;
}

/** What we filed, as the centre says that it should be. */
function correct(filed: readonly StatementLine[], answered: readonly LineCompared[]): readonly StatementLine[] {
  const listed = new Map(answered.map((line) => [line.settlementId, line]));
  const kept = filed.filter(({ settlementId }) => !listed.has(settlementId));
  return [...kept, ...answered.filter(({ result }) => result !== 'institutionMore')];
}

function statementLine(line: ClaimLine, { claimKey }: CentreEnquiry): StatementLine | undefined {
  const { settlementId, settlement, reversal, sums } = line;
  const key = claimKey(settlement);
  if (settlementId === undefined || key === undefined) return undefined;
  const { totalFen, fundFen, accountFen } = sums;
  const { visitId, personNumber } = key;
  return { settlementId, visitId, personNumber, totalFen, fundFen, accountFen, reversal };
}

function rowOf({
  settlementId,
  messageId,
  result,
  reversal,
  memo,
  totalFen,
  fundFen,
  accountFen,
}: LineCompared): CentreRow {
  return { settlementId, messageId, result, reversal, memo, sums: { totalFen, fundFen, accountFen, ownFen: 0 } };
}

function allGroups({ ours, groups, groupOf }: CentreEnquiry): readonly ClearingGroup[] {
  const all = [...groups, ...ours.map((line) => groupOf(line))];
  return [...new Map(all.map((group) => [groupWord(group), group])).values()];
}

export function groupWord({ insuranceType, clearingType, clearingOffice }: ClearingGroup): string {
  return `${insuranceType} ${clearingType} ${clearingOffice}`;
}

function officeWord({ clearingOffice, clearingType }: Office): string {
  return `${clearingOffice} ${clearingType}`;
}

function sameGroup(left: ClearingGroup, right: ClearingGroup): boolean {
  return groupWord(left) === groupWord(right);
}

function totalsOf(lines: readonly ClaimLine[]): StatementTotals {
  return { ...sumOf(lines.map(({ sums }) => sums)), count: lines.length };
}

/** `cash_payamt` of a file is what its claims leave to the person. */
function totalsOfLines(lines: readonly StatementLine[]): StatementTotals {
  const sums = sumOf(lines.map((line) => ({ ...line, ownFen: line.totalFen - line.fundFen - line.accountFen })));
  return { ...sums, count: lines.length };
}
