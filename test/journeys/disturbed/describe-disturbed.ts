/**
 * One journey × each page × each disturbance, on virtual time.
 *
 * Whatever happens wherever: a named end, the slot and the bill free, the next person on a home screen in the
 * standard settings, nothing of the patient on disk, and no fen moved that is not in the journal.
 */
import { describe, expect, it } from 'vitest';
import { loadBoardLibrary, loadRomanizer } from '../../../firmware/kiosk.ts';
import { expectFree } from '../endings.ts';
import type { VirtualKiosk } from '../virtual-kiosk.ts';
import { type Disturbance, disturbances } from './disturbance-table.ts';
import { type Place, placesOf, walkDisturbed } from './disturbed-walk.ts';
import type { Walk } from './walks-table.ts';

/** Values of the patient that stand on the disk or stood on a page as they are; only their length is told. */
function leftToRead(kiosk: VirtualKiosk): readonly string[] {
  const { hall, patient } = kiosk;
  const person = hall.parties.patient(hall.person);
  const secrets = [person.name, person.identityNumber, person.personNumber, ...Object.values(person.card ?? {})];
  const disk = kiosk.diskText();
  const pages = JSON.stringify(patient.bodies);
  return secrets
    .filter((secret) => [disk, pages].some((text) => text.includes(secret)))
    .map((secret) => `a value of ${secret.length} signs`);
}

async function expectSafe(walk: Walk, place: Place, disturbance: Disturbance): Promise<void> {
  const { kiosk, notInJournal } = await walkDisturbed(walk, place, disturbance);
  expect(kiosk.troubles).toEqual([]);
  expect(notInJournal).toEqual([]);
  expect(leftToRead(kiosk)).toEqual([]);
  expect(kiosk.patient.screen?.settings).toMatchObject({ language: 'zh', textSize: 'standard' });
  expectFree(kiosk);
}

export function describeDisturbed(walk: Walk): void {
  describe(walk.journey, async () => {
    // Virtual time waits for no module.
    await Promise.all([loadBoardLibrary(), loadRomanizer()]);
    const { places, end } = await placesOf(walk);

    it(`ends as it should when nothing goes wrong, over ${places.length} pages`, () => {
      expect(end).toBe(walk.end);
    });

    for (const disturbance of disturbances) {
      it(`${disturbance.what}, on each page`, async () => {
        for (const place of places) {
          await expectSafe(walk, place, disturbance).catch((error: unknown) => {
            throw new Error(`at ${place.screen}, time ${place.time + 1}`, { cause: error });
          });
        }
      });
    }
  });
}
