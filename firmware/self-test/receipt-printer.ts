/** The receipt printer's self-test: nothing stands in its way, and it sends back a process id. Nothing is printed. */
import type { EscposReceiptPrinter } from '../../drivers/receipt-printer/escpos-receipt-printer.ts';
import type { PrintFault } from '../../drivers/receipt-printer/receipt-printer.ts';
import { type AtKiosk, answerTo, failed, inUse, notTested, passed, type SelfTest, unexpected } from './self-test.ts';

const OBSTACLES: Readonly<Record<PrintFault, readonly [sentence: string, remedy: string]>> = {
  paperOut: ['The paper is out.', 'Load a roll of paper and close the cover.'],
  mediaJammed: ['Paper or cutter is stuck.', 'Open the cover, take the paper out, and close it again.'],
  coverOpen: ['The cover is open.', 'Close the printer’s cover.'],
  headHot: ['The print head is too hot.', 'Wait some minutes; it goes on by itself.'],
};

export async function testReceiptPrinter(printer: EscposReceiptPrinter, kiosk: AtKiosk): Promise<SelfTest> {
  const { busy } = kiosk;
  const before = standsInTheWay(printer);
  if (before || busy()) return before ?? inUse();
  const echoed = await printer.echo(answerTo(kiosk));
  const after = standsInTheWay(printer);
  if (after) return after;
  const low = printer.paper === 'low';
  const paper = low ? ' The paper is nearly out.' : '';
  const remedy = low ? 'Put the next roll ready.' : undefined;
  if (echoed.done) return passed(`It confirms what it prints.${paper}`, remedy);
  if (echoed.fault === 'unsupportedCommand') {
    return printer.paper === 'unknown'
      ? notTested('It tells nothing about itself.', 'Print a page of a test bill and look at it.')
      : passed(`It answers; this model can’t confirm what it prints.${paper}`, remedy);
  }
  if (echoed.fault === 'timeOut') {
    return failed(
      'It answers, but does not confirm what it prints.',
      'Check that the profile in the site file is this model’s; else switch it off and on.',
    );
  }
  return unexpected(echoed);
}

function standsInTheWay(printer: EscposReceiptPrinter): SelfTest | undefined {
  const obstacle = printer.obstacle();
  if (obstacle === undefined) return undefined;
  if (obstacle === 'deviceNotReady') return failed('It went away.', 'Check its cable and its power.');
  return failed(...OBSTACLES[obstacle]);
}
