/** `yizhan browser`: keeps the patient screen on the panel in a locked-down Chromium. */
import { type Command, printJson, readWords, say, UsageError, wholeNumber } from '../command.ts';

export const command: Command = {
  help: `yizhan browser [--url URL] [--patience SECONDS] [--headless] [--json]
yizhan browser --install [--url URL] [--json]
yizhan browser --policies [--url URL]

Shows the patient screen in Chromium as a kiosk and keeps it there: a browser that
dies is started again, a page that hangs is opened anew, and while no firmware
answers the panel says so. Its profile lies in memory and is new at each start.

  --url URL           the screen's address on this machine (default http://127.0.0.1:8600/)
  --patience SECONDS  how long a page may stand still, 2 to 120 (default 8)
  --install           write the managed policies for this address to
                      /etc/chromium/policies/managed (as root), and end
  --policies          print those policies, each with its reason, and end
  --headless          without a panel, policies not asked for: to try it out
  --json              one JSON line when the page is shown (with --install: the file's path)

Runs as the kiosk's own user, not as root, and only with the policies installed.
Ctrl-C ends it.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      url: { type: 'string' },
      patience: { type: 'string' },
      install: { type: 'boolean' },
      policies: { type: 'boolean' },
      headless: { type: 'boolean' },
      json: { type: 'boolean' },
    });
    if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is too much.`);
    const { installPolicies, MANAGED_FOLDER, NotOurScreenError, policiesFor, policiesStand, readScreenUrl } =
      await import('../../provisioning/kiosk-browser/policies.ts');
    const patience = wholeNumber('patience', values.patience, 8, [2, 120]);
    let url: string;
    try {
      url = readScreenUrl(values.url ?? 'http://127.0.0.1:8600/').href;
    } catch (error) {
      if (error instanceof NotOurScreenError) throw new UsageError(error.message);
      throw error;
    }
    if (values.policies === true) {
      const { POLICY_ROWS } = await import('../../provisioning/kiosk-browser/policy-table.ts');
      for (const { name, value, why } of POLICY_ROWS) say(`${name} ${JSON.stringify(value)}  ${why}`);
      printJson(policiesFor(url));
      return 0;
    }
    if (values.install === true) {
      try {
        const file = installPolicies(url);
        say(`yizhan: Chromium's policies for ${url} are in ${file}.`);
        if (values.json === true) printJson({ file });
        return 0;
      } catch (error) {
        say(`yizhan: ${error instanceof Error ? error.message : String(error)}. Run it as root.`);
        return 1;
      }
    }
    const headless = values.headless === true;
    const isRoot = process.getuid?.() === 0;
    if (!headless && isRoot) throw new UsageError("A browser is not run as root: start it as the kiosk's own user.");
    if (!headless && !policiesStand(url)) {
      say(`yizhan: the policies in ${MANAGED_FOLDER} are not those for ${url}. As root: yizhan browser --install`);
      return 1;
    }
    const { installedChromium } = await import('../../provisioning/kiosk-browser/start-chromium.ts');
    if (installedChromium === undefined) {
      say('yizhan: there is no Chromium here. On Debian, as root: apt-get install chromium');
      return 1;
    }
    const { keepChromium } = await import('../kept-browser.ts');
    return keepChromium({
      program: installedChromium,
      url,
      patienceMs: patience * 1_000,
      flags: [...(headless ? ['--headless', '--disable-gpu'] : []), ...(isRoot ? ['--no-sandbox'] : [])],
      json: values.json === true,
    });
  },
};
