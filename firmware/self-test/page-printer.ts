/** The A4 printer's self-test: what its queue, asked now, says stands in the way. No job is sent. */
import type { IppPagePrinter } from '../../drivers/page-printer/ipp-page-printer.ts';
import type { PageFault } from '../../drivers/page-printer/page-printer.ts';
import { type AtKiosk, answerTo, failed, passed, type SelfTest, unexpected } from './self-test.ts';

const OBSTACLES: Readonly<Record<PageFault, readonly [sentence: string, remedy: string]>> = {
  paperOut: ['The tray is empty.', 'Load A4 paper.'],
  mediaJammed: ['Paper is stuck.', 'Open it where its display says, and take the paper out.'],
  coverOpen: ['A cover is open.', 'Close all covers.'],
  tonerOut: ['The cartridge is empty.', 'Change the cartridge.'],
  offline: ['Its queue lives, but the printer behind it does not answer.', 'Switch the printer on, check its cable.'],
};

export async function testPagePrinter(printer: IppPagePrinter, kiosk: AtKiosk): Promise<SelfTest> {
  const { busy } = kiosk;
  if (!busy()) {
    const looked = await printer.look(answerTo(kiosk));
    if (!looked.done) return unexpected(looked);
  }
  const obstacle = printer.obstacle();
  if (obstacle === undefined) return passed('Its queue takes jobs, and nothing stands in the way.');
  if (obstacle === 'deviceNotReady') return failed('It went away.', 'Check its cable and its power.');
  return failed(...OBSTACLES[obstacle]);
}
