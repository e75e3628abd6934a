/** `yizhan bench`: figures as ratios against a floor of the same run. */
import { loadavg } from 'node:os';
import type { Bench, BenchResult } from '../bench/bench-row.ts';
import { type Command, printJson, readWords, say, UsageError } from '../command.ts';

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  start: async () => (await import('../bench/start.ts')).start,
  apdu: async () => (await import('../bench/apdu.ts')).apdu,
  'fee-list': async () => (await import('../bench/fee-list-bench.ts')).feeList,
  devices: async () => (await import('../bench/devices.ts')).devices,
  settlement: async () => (await import('../bench/settlement.ts')).settlement,
  'card-to-screen': async () => (await import('../bench/card-to-screen.ts')).cardToScreen,
  prices: async () => (await import('../bench/prices.ts')).prices,
  screens: async () => (await import('../bench/screens.ts')).screens,
  face: async () => (await import('../bench/face.ts')).face,
};

export const command: Command = {
  help: `yizhan bench [NAME…] [--quick] [--json]

Measures on this machine and prints each figure beside a floor that was taken in
turns with it: what the engine, a C program or an echo needs by itself.

  start           process start → accepting a card, against a bare engine start; memory
  apdu            APDU round trip, against a C program on the same virtual reader
  fee-list        a 120-row Chinese fee list, beside four other encoders
  devices         apdu and fee-list, decoding against line time, an idle cabinet's processor and memory
  settlement      durable step and whole settlement, against raw appends with fdatasync
  card-to-screen  card byte in → DOM changed, against a WebSocket echo
  prices          search of 200,000 published prices, beside a look-up by key; and their import
  screens         device byte → DOM, painted frames, first paint, page size, memory after 1,000 sessions
  face            one look at a face in the child, against its models alone; the main loop meanwhile

  --quick   a tenth of the rounds: whether it runs, not how fast it is
  --json    the last line is {"results":[{"name","value","unit","floor","ratio","target","ok"}]}

Exit 0 when every target was met, 1 when one was missed or a bench failed, 2 for wrong use. A bench
that this machine can't run is skipped with its reason and misses nothing.`,

  async run(words) {
    const { values, positionals } = readWords(words, { quick: { type: 'boolean' }, json: { type: 'boolean' } });
    // `devices` holds two of the others.
    const everything = Object.keys(benches).filter((name) => name !== 'apdu' && name !== 'fee-list');
    const wanted = positionals.length > 0 ? [...new Set(positionals)] : everything;
    const chosen = wanted.map((name) => {
      const load = benches[name];
      if (!load) throw new UsageError(`"${name}" is no bench. Known: ${Object.keys(benches).join(', ')}.`);
      return load;
    });
    const results: BenchResult[] = [];
    for (const load of chosen) {
      const bench = await load();
      say(`${bench.name}: ${bench.summary} …`);
      for (const result of await orFailed(bench, values.quick === true ? 0.1 : 1)) {
        say(`  ${worded(result)}`);
        results.push(result);
      }
    }
    say(`load of this machine: ${loadavg()[0]?.toFixed(1)} (figures are ratios for that reason)`);
    if (values.json === true) printJson({ results: results.map(asJson) });
    return results.every((result) => 'skipped' in result || ('ok' in result && result.ok)) ? 0 : 1;
  },
};

/** What goes wrong in one bench is a result of it, and the others still run. */
async function orFailed(bench: Bench, share: number): Promise<readonly BenchResult[]> {
  try {
    return await bench.run(share);
  } catch (error) {
    return [{ name: bench.name, failed: error instanceof Error ? error.message : String(error) }];
  }
}

/** A bench without figures has the same fields, empty: nobody who reads the line stumbles. */
function asJson(result: BenchResult): object {
  if ('value' in result) return result;
  return { ...result, value: null, unit: null, floor: null, ratio: null, target: null, ok: 'skipped' in result };
}

function worded(result: BenchResult): string {
  if ('skipped' in result) return `skipped ${result.name}: ${result.skipped}`;
  if ('failed' in result) return `FAILED ${result.name}: ${result.failed}`;
  const { name, value, unit, floor, ratio, target, targetOf, ok, p99, floorP99, note } = result;
  const figure = (number: number): string => (number >= 100 ? number.toFixed(0) : number.toPrecision(3));
  const mark = target === null ? '      ' : ok ? 'ok    ' : 'MISSED';
  const limit = target === null ? '' : `, target ${target}${targetOf === 'ratio' ? '×' : ` ${unit}`}`;
  const beside = floor === null || ratio === null ? '' : `, floor ${figure(floor)}, ${ratio.toFixed(2)}×`;
  const tail = p99 === undefined || floorP99 === undefined ? '' : ` (p99 ${figure(p99)}, floor ${figure(floorP99)})`;
  return `${mark} ${name}: ${figure(value)} ${unit}${beside}${limit}${tail}${note === undefined ? '' : `; ${note}`}`;
}
