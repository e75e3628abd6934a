/** Runs production's door on a site file until a signal ends it. */
import { printJson, say, UsageError } from './command.ts';

export interface SiteRun {
  readonly siteText: string;
  readonly dataFolder: string;
  readonly port: number;
  readonly brokerUrl: string | undefined;
  readonly json: boolean;
  /** Origins that may frame the screen: the workbench of a simulated run. */
  readonly framedBy?: readonly string[];
}

/** Exit code 1 asks whoever watches the process to start it again. */
export async function runSite(run: SiteRun): Promise<number> {
  const { readSite, SiteError } = await import('../firmware/config/read-config.ts');
  let site: ReturnType<typeof readSite>;
  try {
    site = readSite(run.siteText);
  } catch (error) {
    if (error instanceof SiteError) throw new UsageError(error.message);
    throw error;
  }
  const { buildKioskPage } = await import('../kiosk-ui/build.ts');
  const { runKiosk } = await import('../firmware/main.ts');
  const { MqttBroker } = await import('../firmware/world/mqtt-broker.ts');
  const page = await buildKioskPage();
  const { config, trust } = site;
  const broker =
    run.brokerUrl === undefined
      ? config.broker
      : { group: config.hospital.institutionCode, ...config.broker, url: run.brokerUrl };
  const running = await runKiosk({
    config: { ...config, screenPort: run.port, broker },
    dataFolder: run.dataFolder,
    trust,
    pageFolder: page.folder,
    broker: new MqttBroker(),
    ...(run.framedBy ? { framedBy: run.framedBy } : {}),
    onMustRestart: (why) => {
      say(`yizhan: the money's ledger stopped (${why}); the process ends so that it is read anew.`);
      process.exit(1);
    },
  });
  say(`yizhan: patient screen at ${running.screenUrl}`);
  if (run.json) printJson({ screen: running.screenUrl });
  await endSignal();
  await running.stop();
  return 0;
}

/** A Ctrl-C comes twice, from the terminal and from the launcher: the second must not cut the tidying short. */
export function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
