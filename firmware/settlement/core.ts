/**
 * The door of the pure core: `state = fold(journal)`, `next(state, now) → one action`.
 * No time, no randomness, no input or output in anything behind it.
 */
export { effectCall, questionCall } from './calls.ts';
export { direction } from './course.ts';
export { type BackStage, flows, type Stage, wayBack } from './flows.ts';
export { fold, foldAll } from './fold.ts';
export { type MoneyPlace, type MoneyWord, moneyOf } from './money-place.ts';
export { type Decision, next, type Pace, type Present } from './next.ts';
export { newSaga, type Saga } from './saga.ts';
export { statusOf, viewOf } from './view.ts';
