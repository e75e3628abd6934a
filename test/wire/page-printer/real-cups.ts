/**
 * A real CUPS scheduler of one's own: its folders, its loopback port, one queue, and a backend whose paper can be taken
 * away. Nothing of the machine's own CUPS is touched.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SCHEDULER = '/usr/sbin/cupsd';
const PARTS = '/usr/lib/cups/daemon';

/** What to do about a machine without CUPS; `undefined` where it can run. */
export function whyNoCups(): string | undefined {
  if (process.getuid?.() !== 0) return 'CUPS runs its backends as root: run this test as root';
  const there = [SCHEDULER, PARTS, '/usr/bin/ipptool', '/usr/sbin/lpadmin'].every((path) => existsSync(path));
  return there
    ? undefined
    : 'install CUPS: apt-get install --no-install-recommends cups-daemon cups-client cups-ipp-utils';
}

export interface RealCups {
  /** `ipp://127.0.0.1:…/printers/a4` */
  readonly address: string;
  readonly port: number;
  /** What came out, in order. */
  printed(): Promise<readonly Buffer[]>;
  takePaper(): Promise<void>;
  loadPaper(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A printer behind CUPS, as backends are (backend(7)): it says `media-empty` while there is no paper. */
const BACKEND = `#!/bin/sh
[ $# -eq 0 ] && exit 0
D="@DIR@"
if [ -e "$D/nopaper" ]; then
  echo "STATE: +media-empty-error" >&2
  while [ -e "$D/nopaper" ]; do sleep 0.1; done
fi
echo "STATE: -media-empty-error" >&2
cat "$6" > "$D/out/job-$1.part" && mv "$D/out/job-$1.part" "$D/out/job-$1.pdf"
exit 0
`;

const SCHEDULER_CONF = `Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
`;

export async function openRealCups(): Promise<RealCups> {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-cups-'));
  const port = await freePort();
  for (const name of [
    'root/ppd',
    'root/ssl',
    'spool/tmp',
    'cache',
    'state',
    'log',
    'bin/backend',
    'bin/filter',
    'out',
  ]) {
    await mkdir(join(folder, name), { recursive: true });
  }
  await symlink(PARTS, join(folder, 'bin/daemon'));
  const backend = join(folder, 'bin/backend/yizhan');
  await writeFile(backend, BACKEND.replace('@DIR@', folder));
  await chmod(backend, 0o700);
  await writeFile(join(folder, 'cupsd.conf'), `Listen 127.0.0.1:${port}\n${SCHEDULER_CONF}`);
  const at = (name: string): string => join(folder, name);
  await writeFile(
    at('cups-files.conf'),
    [
      ...[
        `ServerRoot ${at('root')}`,
        `RequestRoot ${at('spool')}`,
        `TempDir ${at('spool/tmp')}`,
        `CacheDir ${at('cache')}`,
      ],
      ...[`StateDir ${at('state')}`, `ServerBin ${at('bin')}`, 'DataDir /usr/share/cups', 'SystemGroup root'],
      ...[`AccessLog ${at('log/access')}`, `ErrorLog ${at('log/error')}`, `PageLog ${at('log/page')}`, ''],
    ].join('\n'),
  );
  let child: ChildProcess | undefined;
  const lpadmin = (...words: string[]) => run('/usr/sbin/lpadmin', ['-h', `127.0.0.1:${port}`, ...words]);
  const start = async (): Promise<void> => {
    child = spawn(SCHEDULER, ['-f', '-c', at('cupsd.conf'), '-s', at('cups-files.conf')], { stdio: 'ignore' });
    for (let tries = 0; tries < 100; tries += 1) {
      const up = await run('/usr/bin/lpstat', ['-h', `127.0.0.1:${port}`, '-r']).then(
        ({ stdout }) => stdout.includes('is running'),
        () => false,
      );
      if (up) return;
      await sleep(100);
    }
    throw new Error(`CUPS does not start: ${await readFile(at('log/error'), 'utf8').catch(() => 'no log')}`);
  };
  const stop = async (): Promise<void> => {
    const running = child;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
    running.kill('SIGTERM');
    await ended;
  };
  await start();
  await lpadmin('-p', 'a4', '-E', '-v', 'yizhan:/printer', '-m', 'raw');
  return {
    address: `ipp://127.0.0.1:${port}/printers/a4`,
    ...{ port, start, stop },
    printed: async () => {
      const names = (await readdir(at('out'))).filter((name) => name.endsWith('.pdf')).sort();
      return Promise.all(names.map((name) => readFile(join(folder, 'out', name))));
    },
    takePaper: () => writeFile(at('nopaper'), ''),
    loadPaper: () => rm(at('nopaper'), { force: true }),
    close: async () => {
      await rm(at('nopaper'), { force: true });
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
