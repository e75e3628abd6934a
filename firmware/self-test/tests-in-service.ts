/**
 * The self-tests of a kiosk that serves: its own devices, and only while nobody is there.
 *
 * One promise: a patient never waits for a test. Whoever comes ends what is still asked, and whoever is there already
 * has the devices looked at and not asked.
 */
import type { KioskDevices } from '../kiosk-devices.ts';
import type { Clock } from '../ports.ts';
import type { ScreenHub } from '../screen/screen-hub.ts';
import type { PathReport } from './paths.ts';
import { type DeviceReport, testDevices } from './run-self-tests.ts';
import { type WayInReport, waysIn } from './ways-in.ts';

/** A kiosk that has just started waits so long for its devices to come up, ms. */
const COMING_UP_MS = 8_000;
/** What stands on the screen while nobody is served. */
const NOBODY_THERE: readonly string[] = ['S-HOME', 'S-OUT'];

export interface ServiceReport {
  readonly kioskId: string;
  /** Somebody was there, or came in the middle: not everything was asked. */
  readonly busy: boolean;
  readonly devices: readonly DeviceReport[];
  readonly waysIn: readonly WayInReport[];
  readonly paths: readonly PathReport[];
}

export interface TestsInServiceOptions {
  readonly kioskId: string;
  readonly devices: KioskDevices;
  readonly testPaths: () => Promise<readonly PathReport[]>;
  readonly screen: Pick<ScreenHub, 'connect' | 'current'>;
  readonly clock: Clock;
}

export class TestsInService {
  readonly #options: TestsInServiceOptions;
  #running: Promise<ServiceReport> | undefined;

  constructor(options: TestsInServiceOptions) {
    this.#options = options;
  }

  /** Who asks while a test runs gets that one's report. */
  run(): Promise<ServiceReport> {
    this.#running ??= this.#test().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #test(): Promise<ServiceReport> {
    const { kioskId, devices, screen, clock, testPaths } = this.#options;
    const somebodyCame = new AbortController();
    const { signal } = somebodyCame;
    const page = screen.connect((message) => {
      if (message.type === 'screen' && !NOBODY_THERE.includes(message.screen.body.name)) somebodyCame.abort();
    });
    try {
      await this.#allUp(signal);
      const busy = (): boolean => signal.aborted;
      const [tested, paths] = await Promise.all([
        testDevices(devices, { clock, busy, ...(busy() ? {} : { signal }) }),
        testPaths(),
      ]);
      return { kioskId, busy: busy(), devices: tested, waysIn: waysIn(tested), paths };
    } finally {
      page.close();
    }
  }

  /** No device is still coming up, or somebody is there, or it takes too long. */
  #allUp(signal: AbortSignal): Promise<void> {
    const { all } = this.#options.devices;
    const allUp = (): boolean => signal.aborted || all.every(({ state }) => state !== 'starting');
    if (allUp()) return Promise.resolve();
    return new Promise((resolve) => {
      const stops: (() => void)[] = [];
      const end = (): void => {
        for (const stop of stops) stop();
        signal.removeEventListener('abort', end);
        resolve();
      };
      for (const device of all) stops.push(device.onStateChanged(() => allUp() && end()));
      stops.push(this.#options.clock.timer(COMING_UP_MS, end));
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
