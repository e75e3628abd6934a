/**
 * The kernel's own network events, in a network namespace that each test makes for itself.
 *
 * The watching runs in a child inside the namespace, without root's rights over the machine; the
 * changes are made from outside it.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { NetInterface, NetNeighbour, NetRoute } from '../../../drivers/ports.ts';

const NAMESPACE = ['-rn', '--kill-child'];
const possible =
  process.platform === 'linux' &&
  spawnSync('unshare', [...NAMESPACE, 'ip', 'link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1']).status === 0;
const WITHIN_MS = 1_000;

interface Seen {
  /** The machine's clock, Unix ms. */
  readonly atMs: number;
  readonly state: string;
  readonly fault?: string;
  readonly interfaces: readonly NetInterface[];
  readonly routes: readonly NetRoute[];
  readonly neighbours: readonly NetNeighbour[];
}

async function watched(options: { readonly monitor?: boolean } = {}) {
  const drivers = new URL('../../../drivers/', import.meta.url).href;
  const script = `
    import { KernelNetEvents } from '${drivers}network/kernel-net-events.ts';
    import { systemClock as clock } from '${drivers}system-clock.ts';
    const network = new KernelNetEvents({ clock${options.monitor === false ? ", address: 'ip:yizhan-no-such-ip'" : ''} });
    const say = () => process.stdout.write(JSON.stringify({ atMs: Date.now(), state: network.state, fault: network.lastFault?.detail,
      interfaces: network.interfaces(), routes: network.routes(), neighbours: network.neighbours() }) + '\\n');
    network.onChanged(say);
    network.onStateChanged(say);
    process.stdin.on('end', async () => { await network.close(); process.exit(); }).resume();`;
  const child: ChildProcess = spawn(
    'unshare',
    [...NAMESPACE, process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const seen: Seen[] = [];
  let text = '';
  child.stdout?.on('data', (bytes) => {
    text += String(bytes);
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    seen.push(...lines.map((line) => JSON.parse(line) as Seen));
  });
  const until = async (what: (now: Seen) => boolean, limitMs = 10_000): Promise<Seen> => {
    for (let waited = 0; waited < limitMs; waited += 2) {
      const found = seen.find(what);
      if (found) return found;
      await pause(2);
    }
    throw new Error(`not seen; last: ${JSON.stringify(seen.at(-1))}`);
  };
  /** Makes one change in the namespace; → how long until it was seen, ms. */
  const change = async (command: string, what: (now: Seen) => boolean): Promise<number> => {
    seen.length = 0;
    const changer = spawnSync('nsenter', [
      '-t',
      String(await inner(child)),
      '-U',
      '-n',
      '--preserve-credentials',
      'sh',
      '-c',
      `${command} && date +%s%N`,
    ]);
    expect(changer.stderr.toString()).toBe('');
    const doneMs = Number(changer.stdout.toString()) / 1e6;
    return (await until(what)).atMs - doneMs;
  };
  return { until, change, seen, end: () => child.stdin?.end(), child };
}

/** unshare --kill-child forks: the watcher is its child. */
async function inner(child: ChildProcess): Promise<number> {
  const found = spawnSync('pgrep', ['-P', String(child.pid)])
    .stdout.toString()
    .trim()
    .split('\n')[0];
  return Number(found);
}

const named = (now: Seen, name: string): NetInterface | undefined => now.interfaces.find((one) => one.name === name);

test.skipIf(!possible)('link, carrier, address, route and neighbour are each seen within a second', async () => {
  const { until, change } = await watched();
  await until(({ state, interfaces }) => state === 'online' && interfaces.length > 0);
  const took: Record<string, number> = {
    'a second interface': await change(
      'ip link add v0 type veth peer name v1',
      (now) => named(now, 'v0') !== undefined,
    ),
    'link up': await change('ip link set v0 up && ip link set v1 up', (now) => named(now, 'v0')?.carrier === true),
    'an address': await change(
      'ip addr add 192.0.2.2/24 dev v0',
      (now) => named(now, 'v0')?.addresses.includes('192.0.2.2/24') === true,
    ),
    'a second address': await change(
      'ip addr add 192.0.2.9/24 dev v0',
      (now) => named(now, 'v0')?.addresses.includes('192.0.2.9/24') === true,
    ),
    'a default route': await change('ip route add default via 192.0.2.1 dev v0', (now) =>
      now.routes.some(({ destination, gateway }) => destination === 'default' && gateway === '192.0.2.1'),
    ),
    'a route of another table': await change('ip route add 198.51.100.0/24 via 192.0.2.1 table 100', (now) =>
      now.routes.some(({ table }) => table === '100'),
    ),
    'the gateway’s MAC': await change('ip neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev v0', (now) =>
      now.neighbours.some(({ mac }) => mac === '02:00:00:00:00:01'),
    ),
    'another MAC': await change('ip neigh replace 192.0.2.1 lladdr 02:00:00:00:00:02 dev v0', (now) =>
      now.neighbours.some(({ mac }) => mac === '02:00:00:00:00:02'),
    ),
    'an address removed': await change(
      'ip addr del 192.0.2.9/24 dev v0',
      (now) => named(now, 'v0')?.addresses.includes('192.0.2.9/24') === false,
    ),
    'carrier lost': await change(
      'ip link set v1 down',
      (now) => named(now, 'v0')?.up === true && named(now, 'v0')?.carrier === false,
    ),
    'link down': await change('ip link set v0 down', (now) => named(now, 'v0')?.up === false),
    'interface gone': await change('ip link del v0', (now) => named(now, 'v0') === undefined),
  };
  if (process.env['SHOW_FIGURES'] !== undefined) console.log(took);
  expect(Object.entries(took).filter(([, ms]) => ms >= WITHIN_MS)).toEqual([]);
});

test.skipIf(!possible)('an interface that is gone again before anybody could look was seen', async () => {
  const { until, change } = await watched();
  await until(({ state, interfaces }) => state === 'online' && interfaces.length > 0);
  await change(
    'ip link add flash0 type veth peer name flash1 && ip link del flash0',
    (now) => named(now, 'flash0') !== undefined,
  );
  await until((now) => now.interfaces.length === 1);
});

test.skipIf(!possible)('a storm of a thousand changes ends in the truth', async () => {
  const { until, change } = await watched();
  await until(({ state, interfaces }) => state === 'online' && interfaces.length > 0);
  await change('ip link add v0 type veth peer name v1 && ip link set v0 up', (now) => named(now, 'v0') !== undefined);
  const commands = Array.from(
    { length: 500 },
    (_, at) => `addr add 198.51.100.${(at % 250) + 1}/32 dev v0\naddr del 198.51.100.${(at % 250) + 1}/32 dev v0`,
  );
  await change(
    `printf '${commands.join('\n')}\naddr add 192.0.2.77/24 dev v0\n' | ip -batch -`,
    (now) =>
      named(now, 'v0')?.addresses.includes('192.0.2.77/24') === true &&
      named(now, 'v0')?.addresses.some((one) => one.startsWith('198.')) === false,
  );
});

test.skipIf(!possible)('a machine without iproute2 says what to install', async () => {
  const { until } = await watched({ monitor: false });
  await until(({ state, fault }) => state === 'powerOff' && fault?.includes('Debian package iproute2') === true);
});

test.skipIf(!possible)(
  'a monitor that is killed is started again, and what changed meanwhile is seen within a second',
  async () => {
    const { until, change, seen, child } = await watched();
    await until(({ state, interfaces }) => state === 'online' && interfaces.length > 0);
    const monitor = spawnSync('pgrep', ['-f', '-P', String(await inner(child)), 'monitor'])
      .stdout.toString()
      .trim();
    seen.length = 0;
    process.kill(Number(monitor), 'SIGKILL');
    await until(({ state }) => state === 'powerOff');
    const took = await change('ip link add v0 type veth peer name v1', (now) => named(now, 'v0') !== undefined);
    expect(took).toBeLessThan(WITHIN_MS);
    await until(({ state }) => state === 'online');
  },
);
