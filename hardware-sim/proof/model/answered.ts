/** What a party makes of a call, and what it says. */
import type { Finding } from '../../../firmware/settlement/facts.ts';
import type { World } from './world.ts';

export type AnyFinding = Finding<unknown>;
export type Answered = readonly [World, AnyFinding];

export const ok = (value: unknown): AnyFinding => ({ verdict: 'ok', value });
export const no = (reason: string): AnyFinding => ({ verdict: 'fail', reason, detail: reason });
export const UNREACHABLE = no('unreachable');
/** An answer came, and it says nothing that anybody can read. */
export const UNREADABLE: AnyFinding = { verdict: 'unknown', detail: 'no answer that can be read', unreadable: true };
export const UNKNOWN: AnyFinding = { verdict: 'unknown', detail: 'no answer' };
