/**
 * SW3, the word with which a SAM_A module ends every answer (E.2), and what it
 * is to whoever asked.
 *
 * One promise: every word, also one that no table knows, is exactly one fault.
 */
import type { CommonFault } from '../device.ts';
import type { IdCardReadFault } from './id-card-reader.ts';

export const SAM_STATUS = {
  done: 0x90,
  itemAbsent: 0x91,
  found: 0x9f,
  selfTestFailed: 0x60,
  notAuthorised: 0x66,
  findFailed: 0x80,
  selectFailed: 0x81,
  readFailed: 0x41,
} as const;

interface Meaning {
  readonly fault: IdCardReadFault | CommonFault;
  readonly means: string;
}

const HARDWARE = 'hardwareError' as const;

const MEANINGS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [0x10, { fault: HARDWARE, means: 'the question came with a wrong checksum' }],
  [0x11, { fault: HARDWARE, means: 'the question came with a wrong length' }],
  [0x21, { fault: HARDWARE, means: 'the module does not know the question' }],
  [0x23, { fault: 'sequenceError', means: 'the module does not permit this now' }],
  [0x24, { fault: HARDWARE, means: 'the module names no cause' }],
  [0x31, { fault: 'securityFail', means: 'the card does not accept the module' }],
  [0x32, { fault: 'securityFail', means: 'the module does not accept the card' }],
  [0x33, { fault: 'securityFail', means: 'the card holds what its issuer did not write' }],
  [0x37, { fault: 'securityFail', means: 'the fingerprints fail their check' }],
  [0x3f, { fault: 'invalidMedia', means: 'the card holds a wrong length' }],
  [0x40, { fault: 'invalidMedia', means: 'the card is of an unknown kind' }],
  [0x41, { fault: 'noMedia', means: 'the card did not stay until it was read' }],
  [0x47, { fault: HARDWARE, means: 'the module has no random number' }],
  [0x60, { fault: HARDWARE, means: 'the self-test of the module failed' }],
  [0x66, { fault: HARDWARE, means: 'the module is not authorised' }],
  [0x80, { fault: 'noMedia', means: 'no card was found' }],
  [0x81, { fault: 'noMedia', means: 'the card left before it was selected' }],
  [0x91, { fault: 'invalidMedia', means: 'the card does not hold what it must' }],
]);

/** The fault and, for maintainers, its words. `0x` and two digits name the word itself. */
export function faultOfStatus(status: number): { readonly fault: Meaning['fault']; readonly detail: string } {
  const known = MEANINGS.get(status);
  const name = `0x${status.toString(16).padStart(2, '0')}`;
  return known
    ? { fault: known.fault, detail: `${known.means} (${name})` }
    : { fault: HARDWARE, detail: `the module says ${name}` };
}

/** The module itself can not work: nothing that a person does with a card changes it. */
export function moduleIsUnfit(status: number): boolean {
  return status === SAM_STATUS.selfTestFailed || status === SAM_STATUS.notAuthorised;
}
