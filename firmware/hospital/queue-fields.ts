/** What the hospital says of its queue, read as hostile as every other answer: a number of its own, and what it calls. */
import type { QueueCall } from '../../drivers/queue-display/queue-display.ts';
import { Secret } from '../../drivers/secret.ts';
import type { Fields } from '../json-fields.ts';
import type { CallsSince } from './queue-tickets.ts';

/** More than that since two seconds ago is nobody's hall. */
const MOST_CALLS = 50;

export function readCalls(answer: Fields): CallsSince {
  return { latest: answer.integer('latest'), calls: answer.list('calls').slice(-MOST_CALLS).map(readCall) };
}

/** Whether a name is masked, and a number one that can be shown, the displays say: they refuse the rest. */
function readCall(call: Fields): QueueCall {
  const placeLatin = call.optionalText('placeLatin');
  const name = call.optionalText('maskedName');
  return {
    number: call.text('number'),
    place: call.text('place'),
    ...(placeLatin !== undefined && { placeLatin }),
    ...(name !== undefined && { maskedName: new Secret(name) }),
  };
}
