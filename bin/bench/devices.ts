/**
 * What the devices of the cabinet cost: the way to the chip, decoding what comes in, a fee list, the virtual printer,
 * and a whole cabinet that nobody uses.
 *
 * Rows of other benches are taken over as they are; what is new here is decoding and idling.
 */
import { SamFramer } from '../../drivers/id-card-reader/sam-frame.ts';
import { AnswerFramer } from '../../drivers/receipt-printer/status.ts';
import { quantile } from '../../hardware-sim/bench/quantile.ts';
import { decodePaper } from '../../hardware-sim/devices/receipt-printer/paper-decode.ts';
import { apdu } from './apdu.ts';
import { type Bench, type BenchResult, type BenchRow, ratioRow, roundsOf } from './bench-row.ts';
import { ourContender } from './fee-list.ts';
import { feeList } from './fee-list-bench.ts';
import { idleCabinet } from './idle-cabinet.ts';

/** Decoding may take so much of the time that the line itself takes. */
const TARGET_OF_LINE_TIME = 0.02;
const BAUD = 115_200;
/** Start, eight bits, stop. */
const BITS_A_BYTE = 10;
/** A serial driver hears pieces of about this size. */
const PIECE = 64;

export const devices: Bench = {
  name: 'devices',
  summary: 'the devices of the cabinet: APDU, frames, paper, and a cabinet that nobody uses',
  run: async (share) => [
    ...(await apdu.run(share)),
    ...(await feeList.run(share)),
    lineRow('devices.idCardFrame', idCardAnswer(), () => new SamFramer(), share),
    lineRow('devices.printerAnswers', printerAnswers(), () => new AnswerFramer(), share),
    paperRow(share),
    ...(await idleCabinet(share)),
  ],
};

/** An answer with text and photo, as long as the longest that is read: E.2. */
function idCardAnswer(): Uint8Array {
  const data = Uint8Array.from({ length: 4 + 256 + 1_024 }, (_, at) => (at * 31) & 0xff);
  const body = Uint8Array.of(0, 0, 0, 0, 0x90, ...data);
  new DataView(body.buffer).setUint16(0, 3 + data.length + 1);
  return Uint8Array.of(
    0xaa,
    0xaa,
    0xaa,
    0x96,
    0x69,
    ...body,
    body.reduce((check, byte) => check ^ byte, 0),
  );
}

/** Status pushed by the printer, and process ids, as while it prints. */
function printerAnswers(): Uint8Array {
  const one = [0x14, 0x00, 0x00, 0x0f, 0x37, 0x22, 0x30, 0x30, 0x30, 0x31, 0x00];
  return Uint8Array.from({ length: one.length * 100 }, (_, at) => one[at % one.length] ?? 0);
}

/** The floor is what the line takes for these bytes, µs. */
function lineRow(
  name: string,
  bytes: Uint8Array,
  framer: () => { push(piece: Uint8Array): readonly unknown[] },
  share: number,
): BenchRow {
  const values: number[] = [];
  for (let round = 0; round < roundsOf(2_000, share, 50); round += 1) {
    const fresh = framer();
    const beganMs = performance.now();
    let found = 0;
    for (let at = 0; at < bytes.length; at += PIECE) found += fresh.push(bytes.subarray(at, at + PIECE)).length;
    values.push((performance.now() - beganMs) * 1_000);
    if (found === 0) throw new Error(`${name}: nothing was decoded.`);
  }
  const lineUs = (bytes.length * BITS_A_BYTE * 1e6) / BAUD;
  const targetRatio = TARGET_OF_LINE_TIME;
  return ratioRow({ name, unit: 'µs', values, floors: [lineUs], targetRatio, note: `the line itself at ${BAUD} baud` });
}

/** How fast the virtual printer reads a fee list; it should never be what a test waits for. */
function paperRow(share: number): BenchResult {
  const bytes = ourContender().encode();
  const values: number[] = [];
  for (let round = 0; round < roundsOf(60, share, 3); round += 1) {
    const beganMs = performance.now();
    decodePaper(bytes);
    values.push(bytes.length / 1_000 / (performance.now() - beganMs));
  }
  const value = quantile(values, 0.5);
  const figures = { value, unit: 'MB/s', floor: null, ratio: null, target: null, targetOf: 'value', ok: true } as const;
  return { name: 'devices.virtualPrinter', ...figures, note: 'decoded to lines, a fee list of 120 rows' };
}
