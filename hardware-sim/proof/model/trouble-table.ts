/**
 * What one call can meet, step by step. The first word of each list is the quiet day; each other one costs a fault.
 *
 * Of the wire: `unreachable` (certainly did not leave), `lost` (nothing arrives, nothing is heard), `reset` (done, and
 * nobody hears it), `late` (done, answered after the deadline at any moment), `overtaken` (given up, and done at any
 * later moment all the same), `doubled` (done, and once more at any later moment), `twoAnswers` (late, with another
 * settlement's number). Of the party: `refused` (and it stays with that),
 * `refusedOnce` (an earlier copy that comes later is done all the same), and what else it may do, contract or not (`noMark`: a close that
 * leaves nothing behind; `short`: a fen less is charged; `unreadable`: done, and this and the next answers say nothing
 * until its people have mended it; `unreadableUndone`: the same, and nothing is done either).
 */
import type { CallStep } from '../../../firmware/settlement/facts.ts';

const EFFECT = ['ok', 'unreachable', 'lost', 'reset', 'late', 'overtaken', 'doubled'] as const;
const QUESTION = ['ok', 'unreachable', 'lost', 'reset'] as const;

export const TROUBLES: Readonly<Record<CallStep, readonly string[]>> = {
  'hospital.lock': [...EFFECT, 'refused'],
  'hospital.confirm': [...EFFECT, 'refused', 'refusedOnce', 'unreadable', 'unreadableUndone'],
  'hospital.unlock': EFFECT,
  'pay.create': [...EFFECT, 'refused'],
  'pay.charge': [...EFFECT, 'refused', 'poor', 'asks', 'short'],
  'pay.query': QUESTION,
  'pay.close': [...EFFECT, 'refused', 'noMark'],
  'pay.refund': [...EFFECT, 'refused', 'refusedOnce', 'expired', 'pending', 'pendingFails'],
  'pay.refundState': QUESTION,
  'pay.return': [...EFFECT, 'refused', 'refusedOnce', 'expired', 'pending', 'pendingFails'],
  'pay.returnQuery': QUESTION,
  'pay.returnState': QUESTION,
  'cash.stack': ['ok', 'lost', 'reset', 'refused'],
  'cash.counter': ['ok', 'lost', 'refused'],
  'ins.settle': [...EFFECT, 'refused', 'otherAmounts', 'twoAnswers'],
  'ins.find': [...QUESTION, 'refused'],
  'ins.reverse': [...EFFECT, 'refused', 'refusedOnce'],
  'ins.void': [...EFFECT, 'refused', 'refusedOnce'],
  'ins.undo': [...EFFECT, 'refused', 'refusedOnce'],
  'ins.prepare': ['ok', 'unreachable', 'lost', 'refused', 'otherSplit', 'dearer'],
  'ins.findFormer': [...QUESTION, 'refused', 'elsewhere'],
};
