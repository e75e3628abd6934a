/**
 * What the law wants said beside a line of a fee list: why its price is not the published one (Z-5.3.1), the basis of a restricted use, or that there was none (Z-5.1.6),
 * and the last digits of the 追溯码 (SZ-273), by which the patient finds the box on the list.
 *
 * One promise: never a whole trace code, with which the box could be sold a second time.
 */
import type { BillLine } from '../hospital/hospital-gateway.ts';
import type { Language } from '../screen/messages.ts';
import type { Words } from './bilingual-rows.ts';
import { type LineNoteId, lineNotesEn, lineNotesZh, priceReasonsEn, priceReasonsZh } from './text/line-notes-table.ts';

/** Digits of a code of 20. */
const TAIL = 6;
/** As many as stand in one row of 48 cells. */
const SHOWN = 3;

/** @param level How the line was settled: 01, 02, 03 自费. */
export function lineNotes(
  { restricted, traceCodes = [], priceReason }: Pick<BillLine, 'restricted' | 'traceCodes' | 'priceReason'>,
  level: string,
  language: Language,
): readonly Words[] {
  const note = (id: LineNoteId, zh = '', en = zh): Words => ({
    zh: lineNotesZh[id].replace('{}', zh),
    en: language === 'en' ? lineNotesEn[id].replace('{}', en) : undefined,
  });
  const tails = traceCodes.slice(0, SHOWN).map((code) => code.slice(-TAIL));
  return [
    ...(priceReason ? [note('priceReason', priceReasonsZh[priceReason], priceReasonsEn[priceReason])] : []),
    ...(restricted?.basisId ? [note('basis', restricted.basisId)] : []),
    ...(restricted && !restricted.basisId && level === '03' ? [note('noBasis')] : []),
    ...(tails.length > 0 ? [note('traceTails', tails.join(' '))] : []),
    ...(traceCodes.length > SHOWN ? [note('traceCount', String(traceCodes.length))] : []),
  ];
}
