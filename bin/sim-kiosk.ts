/** The kiosk's own process inside a simulated hospital: production's door on the site file that the hall wrote. */
import { readFileSync } from 'node:fs';
import { runSite } from './run-site.ts';

const { siteFile, dataFolder, port, framedBy } = JSON.parse(process.argv[2] ?? '{}') as {
  readonly siteFile: string;
  readonly dataFolder: string;
  readonly port: number;
  readonly framedBy: string;
};
process.exitCode = await runSite({
  siteText: readFileSync(siteFile, 'utf8'),
  dataFolder,
  port,
  brokerUrl: undefined,
  json: true,
  framedBy: [framedBy],
});
process.exit();
