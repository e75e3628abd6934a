/** The bank terminal's self-test: it signs in, owes no outcome, and counts its batch. Moves no money. */
import type { SerialBankTerminal } from '../../drivers/bank-terminal/serial-bank-terminal.ts';
import { type AtKiosk, answerTo, failed, inUse, notTested, passed, type SelfTest, unexpected } from './self-test.ts';

export async function testBankTerminal(terminal: SerialBankTerminal, kiosk: AtKiosk): Promise<SelfTest> {
  const { busy } = kiosk;
  if (busy()) return inUse();
  const signedIn = await terminal.signIn(answerTo(kiosk));
  const totals = signedIn.done ? await terminal.totals(answerTo(kiosk)) : signedIn;
  if (totals.done) {
    const { batchNumber, sales, returns } = totals.value;
    const owed = terminal.owed === undefined ? '' : ' It still owes what became of one order and is asked first.';
    return passed(`It signs in; batch ${batchNumber} holds ${sales.count} sales and ${returns.count} returns.${owed}`);
  }
  switch (totals.fault) {
    case 'acquirerUnreachable':
      return failed(
        'The terminal is well, but its line to the bank is down, so it is not signed in.',
        'Check the terminal’s own network line or SIM card, then call the bank.',
      );
    case 'paperOut':
      return failed('The terminal has no paper.', 'Load paper into the terminal.');
    case 'busy':
      return notTested('It serves a sale.', 'Ask again when the sale is over.');
    default:
      return unexpected(totals);
  }
}
