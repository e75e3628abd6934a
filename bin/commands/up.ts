/** `yizhan up`: starts a kiosk; with `--sim`, a whole simulated hospital around it. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Command, printJson, readWords, say, UsageError, wholeNumber } from '../command.ts';

export const command: Command = {
  help: `yizhan up --sim [--data DIR] [--port N] [--profile NAME] [--broker URL]
yizhan up --config FILE [--data DIR] [--port N] [--broker URL]

Starts the kiosk and prints where its screen is.

  --sim           with a simulated cabinet, hospital, insurance platform and payments
  --config FILE   the site file of a real kiosk
  --data DIR      databases, identity and packs
                  (default ~/.local/share/yizhan, with --sim a fresh folder in it)
  --port N        port of the patient screen on 127.0.0.1 (default 8600, 0 = any free one)
  --workbench N   with --sim: port of the workbench (default 8601)
  --profile NAME  with --sim: national, zhejiang, shenzhen or hunan (default zhejiang)
  --driven-by WHO with --sim: who does 2201–2204, hospital or kiosk (default hospital)
  --broker URL    an MQTT broker instead of the embedded one
  --json          one JSON line with the addresses when everything is up

Ctrl-C ends it.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      sim: { type: 'boolean' },
      config: { type: 'string' },
      data: { type: 'string' },
      port: { type: 'string' },
      workbench: { type: 'string' },
      profile: { type: 'string' },
      'driven-by': { type: 'string' },
      broker: { type: 'string' },
      json: { type: 'boolean' },
    });
    if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is not understood here.`);
    if ((values.sim === true) === (values.config !== undefined)) {
      throw new UsageError('Give --sim for a simulated kiosk or --config FILE for a real one.');
    }
    const port = wholeNumber('port', values.port, 8600, [0, 65_535]);
    const dataFolder = values.data ?? join(homedir(), '.local', 'share', 'yizhan');
    if (values.config !== undefined) {
      const { runSite } = await import('../run-site.ts');
      return runSite({
        siteText: readSiteFile(values.config),
        dataFolder,
        port,
        brokerUrl: values.broker,
        json: values.json === true,
      });
    }
    const { runSimulated } = await import('../run-simulated.ts');
    return runSimulated({
      dataFolder: values.data ?? join(dataFolder, 'sim'),
      keepData: values.data !== undefined,
      port,
      workbenchPort: wholeNumber('workbench', values.workbench, 8601, [0, 65_535]),
      profile: oneOf('profile', values.profile, ['zhejiang', 'national', 'shenzhen', 'hunan']),
      drivenBy: oneOf('driven-by', values['driven-by'], ['hospital', 'kiosk']),
      brokerUrl: values.broker,
      announce: (addresses) => {
        say('');
        say(`  患者屏 kiosk screen   ${addresses.screen}`);
        say(`  工作台 workbench      ${addresses.workbench}`);
        say('');
        say('Everybody in there is invented. Ctrl-C ends it.');
        if (values.json === true) printJson(addresses);
      },
    });
  },
};

function oneOf<const Word extends string>(
  name: string,
  given: string | undefined,
  words: readonly [Word, ...Word[]],
): Word {
  if (given === undefined) return words[0];
  const found = words.find((word) => word === given);
  if (!found) throw new UsageError(`--${name} is one of ${words.join(', ')}, not "${given}".`);
  return found;
}

function readSiteFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
