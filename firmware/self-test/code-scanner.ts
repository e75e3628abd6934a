/** The code scanner's self-test: what can be known of a device that only talks when a code is held before it. */
import type { CodeScanner } from '../../drivers/code-scanner/code-scanner.ts';
import { notTested, passed, type SelfTest } from './self-test.ts';

const TRY_IT = 'Hold any code before its window: the home screen says that it was read.';

export function testCodeScanner({ identity }: CodeScanner): SelfTest {
  return identity === undefined
    ? notTested('Its line is open. A scanner in line mode can’t be asked whether it is there.', TRY_IT)
    : passed('It is on the bus and says that it is a scanner, no keyboard.', TRY_IT);
}
