/**
 * A card's byte in → the page's DOM changed, against a WebSocket echo to the same page.
 *
 * The card slot's frame goes over TCP to the kiosk's own process, the screen
 * over its real server to a real page in Chromium. Each round takes one echo and
 * one card, then sends the patient home again.
 */
import { WebSocket } from 'ws';
import type { Screen, ToPage } from '../../firmware/screen/messages.ts';
import { offeredIntents } from '../../firmware/screen/offered-intents.ts';
import { issueCard } from '../../hardware-sim/devices/cards.ts';
import { type AckingPage, chromiumPath, openAckingPage } from './acking-page.ts';
import { type Bench, type BenchResult, ratioRow, roundsOf } from './bench-row.ts';
import { KioskStand, type StartedKiosk } from './kiosk-stand.ts';

const TARGET_RATIO = 1.3;
const WARM_UPS = 5;

export const cardToScreen: Bench = {
  name: 'card-to-screen',
  summary: 'card byte in → DOM changed in Chromium, against a WebSocket echo to the same page',
  run: async (share) => {
    if (!chromiumPath) return [{ name: 'card-to-screen', skipped: 'apt-get install chromium' }];
    return onStand((stand, kiosk, page) => measure(stand, kiosk, page, roundsOf(100, share, 2)));
  },
};

/** A code at the scanner's window → the page says what to do with it; the shortest way from a device's byte to the DOM. */
export async function scanToScreen(share: number): Promise<readonly BenchResult[]> {
  return onStand(async ({ hall }, kiosk, page) => {
    const patient = await Patient.at(kiosk.screenUrl);
    const [values, floors]: [number[], number[]] = [[], []];
    try {
      await page.shows(['S-HOME']);
      for (let round = -WARM_UPS; round < roundsOf(100, share, 2); round += 1) {
        const echoMs = await timed(() => page.echo());
        const scanMs = await timed(() => {
          hall.scanner.show(`https://nobody.invalid/${round}`);
          return page.leaves('S-HOME');
        });
        if (round >= 0) {
          floors.push(echoMs);
          values.push(scanMs);
        }
        await patient.goesHome(page);
      }
    } finally {
      patient.close();
    }
    return [ratioRow({ name: 'screens.deviceToDom', unit: 'ms', values, floors, targetRatio: TARGET_RATIO })];
  });
}

async function onStand(
  use: (stand: KioskStand, kiosk: StartedKiosk, page: AckingPage) => Promise<readonly BenchResult[]>,
): Promise<readonly BenchResult[]> {
  const stand = await KioskStand.open();
  let kiosk: StartedKiosk | undefined;
  let page: AckingPage | undefined;
  try {
    kiosk = await stand.start();
    page = await openAckingPage(kiosk.screenUrl);
    return await use(stand, kiosk, page);
  } finally {
    await page?.close();
    await kiosk?.end();
    await stand.close();
  }
}

async function measure(
  { hall }: KioskStand,
  kiosk: StartedKiosk,
  page: AckingPage,
  rounds: number,
): Promise<readonly BenchResult[]> {
  const { slot, parties } = hall;
  const card = issueCard(parties.patient(hall.person), { version: '2.00' });
  const patient = await Patient.at(kiosk.screenUrl);
  const values: number[] = [];
  const floors: number[] = [];
  try {
    await page.shows(['S-HOME']);
    for (let round = -WARM_UPS; round < rounds; round += 1) {
      const echoMs = await timed(() => page.echo());
      const cardMs = await timed(() => {
        slot.insert(card);
        return page.leaves('S-HOME');
      });
      if (round >= 0) {
        floors.push(echoMs);
        values.push(cardMs);
      }
      await page.shows(['S-WHO', 'S-STOP', 'S-ID-HELP']);
      slot.remove();
      await patient.goesHome(page);
    }
  } finally {
    patient.close();
  }
  return [ratioRow({ name: 'card-to-screen', unit: 'ms', values, floors, targetRatio: TARGET_RATIO })];
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await act();
  return performance.now() - startedMs;
}

/** A finger on the screen, without the glass: leaves every screen by its way out. */
class Patient {
  readonly #line: WebSocket;
  #leaving = false;
  #screen: Screen | undefined;

  private constructor(line: WebSocket) {
    this.#line = line;
    line.on('message', (data) => {
      const message = JSON.parse(data.toString()) as ToPage;
      if (message.type !== 'screen') return;
      this.#screen = message.screen;
      if (this.#leaving) this.#leave();
    });
  }

  static async at(screenUrl: string): Promise<Patient> {
    const { host, origin } = new URL(screenUrl);
    const patient = new Patient(new WebSocket(`ws://${host}/screen`, { origin }));
    await new Promise((resolve, reject) => patient.#line.once('open', resolve).once('error', reject));
    return patient;
  }

  async goesHome(page: AckingPage): Promise<void> {
    this.#leaving = true;
    this.#leave();
    await page.shows(['S-HOME']);
    this.#leaving = false;
  }

  close(): void {
    this.#line.terminate();
  }

  #leave(): void {
    const { body, id } = this.#screen ?? {};
    if (!body || body.name === 'S-HOME') return;
    const offered = offeredIntents(body);
    const wayOut = ['cancel', 'decline', 'confirm'];
    const intent = wayOut.map((word) => offered.find((offer) => offer.do === word)).find((offer) => offer);
    if (intent) this.#line.send(JSON.stringify({ type: 'intent', screenId: id, intent }));
  }
}
