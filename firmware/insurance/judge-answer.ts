/**
 * What an answer of the platform is worth: done, a definite no, or a doubt (protocols/insurance.md C.4).
 *
 * One promise: of money, only a refusal that says why is a no.
 */
import { FieldError, type Fields } from '../json-fields.ts';
import type { HttpAnswer } from '../ports.ts';
import type { EnvelopeAnswer } from './envelope.ts';
import type { PlatformAnswer } from './insurance-platform.ts';
import { tellsNothing } from './refusal-words.ts';
import type { Transaction } from './transactions.ts';

export function judge<Value>(
  http: HttpAnswer,
  answer: EnvelopeAnswer,
  transaction: Transaction,
  read: (output: Fields) => Value,
): PlatformAnswer<Value> {
  switch (answer.kind) {
    case 'noEnvelope':
      // A gateway that turns a caller away (signature, token, path) does it before the transaction; for a question
      // that is a plain no, for money it is still a doubt.
      if (http.status >= 400 && transaction.weight !== 'money') {
        return { outcome: 'refused', infcode: `http ${http.status}`, message: '' };
      }
      return { outcome: 'unknown', detail: `http ${http.status}, ${answer.detail}` };
    case 'broken':
      return { outcome: 'malformed', detail: answer.detail };
    case 'refused':
      // Only a refusal that says why is definite.
      if (transaction.weight === 'money' && (answer.message === '' || tellsNothing(answer.message))) {
        const why = answer.message === '' ? 'without a message' : 'that tells of a time-out or a repeated message';
        return { outcome: 'unknown', detail: `infcode ${answer.infcode} ${why}` };
      }
      return { outcome: 'refused', infcode: answer.infcode, message: answer.message };
    case 'done':
      return reading(() => read(answer.output));
  }
}

export function reading<Value>(read: () => Value): PlatformAnswer<Value> {
  try {
    return { outcome: 'ok', value: read() };
  } catch (error) {
    if (error instanceof FieldError) return { outcome: 'malformed', detail: error.message };
    throw error;
  }
}
