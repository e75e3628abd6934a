/** The cabinet's self-test: every input as in service, every lamp lit for a moment. Relays are left alone. */
import type { BoardCabinet } from '../../drivers/cabinet/board-cabinet.ts';
import type { CabinetStatus } from '../../drivers/cabinet/cabinet.ts';
import { type AtKiosk, answerTo, failed, inUse, passed, type SelfTest, unexpected } from './self-test.ts';

export async function testCabinet(cabinet: BoardCabinet, kiosk: AtKiosk): Promise<SelfTest> {
  const { busy } = kiosk;
  const wrong = notAsInService(cabinet.status());
  if (wrong.length > 0) {
    return failed(wrong.map(([sentence]) => sentence).join(' '), wrong.map(([, remedy]) => remedy).join(' '));
  }
  if (busy()) return inUse();
  const lit = await cabinet.testLights(answerTo(kiosk));
  if (lit.done) return passed('Every sensor is as in service, and every lamp was lit for a moment.');
  if (lit.fault === 'lightError') {
    return failed('The board does not hold a lamp’s output.', 'Check the lamps’ wiring for a short circuit.');
  }
  return unexpected(lit);
}

type Found = readonly [sentence: string, remedy: string];

/** Presence and headset are whatever they are: whoever tests stands in front of it. */
function notAsInService(status: CabinetStatus): readonly Found[] {
  const found: Found[] = [];
  for (const [door, state] of Object.entries(status.doors)) {
    if (state === 'open') found.push([`The ${door} door is open.`, `Close the ${door} door.`]);
  }
  const seen: readonly (readonly [boolean, Found])[] = [
    [status.tamperSensor === 'on', ['The housing was forced open.', 'Look for damage, then close the housing.']],
    [status.seismicSensor === 'on', ['It stands tilted, or was struck.', 'Set it upright and look for damage.']],
    [
      status.operatorCallButtonSensor === 'on',
      ['The help button is pressed.', 'Help who pressed it, or free the button.'],
    ],
    [
      status.operatorSwitch === 'maintenance' || status.operatorSwitch === 'supervisor',
      [`The key switch stands on ${status.operatorSwitch}.`, 'Turn the key back to “run” and take it out.'],
    ],
  ];
  for (const [is, words] of seen) if (is) found.push(words);
  const { ups } = status;
  if (typeof ups === 'object' && ups.engaged) {
    const low = ups.low ? ' and nearly empty' : '';
    found.push([`Mains is gone; the battery feeds the kiosk${low}.`, 'Find out why mains is gone.']);
  }
  const blind = Object.entries({ ...status.doors, ...status }).filter(([, word]) => word === 'unknown');
  for (const [sensor] of blind) found.push([`Nothing is known of ${sensor}.`, 'Check the board’s wiring.']);
  return found;
}
