/**
 * The 120-row Chinese fee list: our layout and encoder beside four other programs.
 *
 * The floor is what no encoder can do without: one conversion of the list's own
 * text to GB18030. Rows are judged by the virtual printer's decoder, which
 * shares nothing with any of the five.
 */
import iconv from 'iconv-lite';
import { decodePaper } from '../../hardware-sim/devices/receipt-printer/paper-decode.ts';
import { type Bench, type BenchResult, type BenchRow, roundsOf } from './bench-row.ts';
import {
  type Contender,
  type FeeListResult,
  information,
  measureFeeList,
  ourContender,
  rightRows,
  title,
} from './fee-list.ts';

const TARGET_MS = 0.15;
const TARGET_BYTES = 6_400;
const OURS = 'yizhan';
const FLOOR = 'one conversion';

export const feeList: Bench = {
  name: 'fee-list',
  summary: 'the 120-row Chinese fee list, beside four other encoders',
  run: async (share) => {
    const peers = await installedPeers();
    const results = measureFeeList([floor, ourContender(), ...peers.contenders], {
      runs: roundsOf(600, share, 5),
      nowMs: () => performance.now(),
      linesOf: (bytes) => decodePaper(bytes).lines,
    });
    const bare = results.find(({ name }) => name === FLOOR);
    const ours = results.find(({ name }) => name === OURS);
    if (!bare || !ours) throw new Error('The bench lost its own rows.');
    const others = results.filter((result) => result !== bare && result !== ours);
    return [
      timeRow('fee-list', ours, bare, TARGET_MS),
      bytesRow(ours, bare),
      ...others.map((peer) => timeRow(`fee-list ${peer.name}`, peer, bare, null)),
      ...peers.skipped,
    ];
  },
};

const bareText = [title, ...information, ...rightRows].join('\n');
const floor: Contender = { name: FLOOR, encode: () => iconv.encode(bareText, 'gb18030') };

function timeRow(name: string, result: FeeListResult, bare: FeeListResult, target: number | null): BenchRow {
  const { value, unit, bytes, rowsExact } = result;
  return {
    name,
    value,
    unit,
    floor: bare.value,
    ratio: value / bare.value,
    target,
    targetOf: 'value',
    ok: target === null || (value <= target && rowsExact),
    note: `${bytes} bytes, rows ${rowsExact ? 'exactly 48 cells' : 'not as text of 48 cells'}`,
  };
}

function bytesRow({ bytes, rowsExact }: FeeListResult, bare: FeeListResult): BenchRow {
  return {
    name: 'fee-list.bytes',
    value: bytes,
    unit: 'bytes',
    floor: bare.bytes,
    ratio: bytes / bare.bytes,
    target: TARGET_BYTES,
    targetOf: 'value',
    ok: bytes <= TARGET_BYTES && rowsExact,
  };
}

/** The others are development packages: a kiosk in service does not have them. */
async function installedPeers(): Promise<{
  readonly contenders: readonly Contender[];
  readonly skipped: readonly BenchResult[];
}> {
  try {
    const { otherContenders } = await import('./fee-list-peers.ts');
    return { contenders: await otherContenders(), skipped: [] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return { contenders: [], skipped: [{ name: 'fee-list peers', skipped: 'development packages: npm ci' }] };
  }
}
