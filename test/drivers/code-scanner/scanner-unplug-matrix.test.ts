/**
 * The scanner pulled, hung, doubled, noisy, slow and replugged at every boundary of what its cable carries.
 *
 * A scanner takes no commands: its exchange is one code on its way. After each disturbance it is online again, and
 * the next code comes out as if nothing had happened.
 */
import { describe, expect, test } from 'vitest';
import { openCodeScanner } from '../../../drivers/code-scanner/open-code-scanner.ts';
import { type ScannerFault, SimCodeScanner } from '../../../hardware-sim/devices/code-scanner.ts';
import { piecesOf } from '../../../hardware-sim/devices/code-scanner-wire.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const forms = ['line', 'hidPos'] as const;
type Form = (typeof forms)[number];

/** Long enough for three reports; letters and digits, invented. */
const CODE = 'TEST0000CODE0000INVENTED0001'.repeat(5);
const NEXT = '100000000000000000';
const LONGEST_RETRY_MS = 5_000;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const boundaries = (form: Form): readonly number[] =>
  Array.from({ length: piecesOf(bytesOf(CODE), form, ']Q1').length + 1 }, (_, at) => at);
/** Pieces after which the whole code has been said: the CR of a line, the last report. */
const wholeAt = (form: Form): number => (form === 'line' ? CODE.length + 1 : boundaries(form).length - 1);

const disturbances: readonly [string, (form: Form) => ScannerFault['disturbance']][] = [
  ['pulled', () => ({ kind: 'pulled' })],
  ['replugged', () => ({ kind: 'replugged' })],
  ['hung', () => ({ kind: 'hung' })],
  ['doubled', () => ({ kind: 'doubled' })],
  ['noisy', (form) => ({ kind: 'noise', bytes: form === 'line' ? Uint8Array.of(0x00, 0xff) : Uint8Array.of(2, 0xff) })],
  ['slow, within half a second', () => ({ kind: 'slow', ms: 400 })],
  ['slow, beyond half a second', () => ({ kind: 'slow', ms: 700 })],
];

async function onBench(form: Form) {
  const clock = new ManualClock();
  const twin = new SimCodeScanner({ mode: form, clock });
  const bus = busWith({
    openByteLink: (_address, signal) => twin.openByteLink(signal),
    openHidLink: (_address, signal) => twin.openHidLink(signal),
  });
  const scanner = openCodeScanner({ id: 'code-scanner', address: 'sim:code-scanner', bus, clock }, form);
  const codes: string[] = [];
  let refusals = 0;
  scanner.onScannerEvent((event) => {
    if (event.event === 'codeRead') codes.push(event.text.reveal());
    else refusals += 1;
  });
  await clock.drain();
  return { clock, twin, scanner, codes, refusals: () => refusals };
}

describe.each(forms)('a scanner in %s form', (form) => {
  test.each(disturbances)(
    '%s at any boundary of a code: told whole or not at all, and the next one is read',
    async (_name, disturb) => {
      for (const after of boundaries(form)) {
        const { clock, twin, scanner, codes, refusals } = await onBench(form);
        const disturbance = disturb(form);
        twin.faults.next({ after, disturbance });
        twin.show(CODE);
        if (disturbance.kind === 'pulled') {
          expect(scanner.state).toBe('powerOff');
          await clock.pass(60_000);
          expect(scanner.state).toBe('powerOff');
          twin.plugIn();
        }
        // What hangs says nothing, and nothing is what a scanner says most of the time: a person must pull the plug.
        if (disturbance.kind === 'hung') {
          await clock.pass(60_000);
          twin.unplug();
          twin.plugIn();
        }
        await clock.pass(LONGEST_RETRY_MS + 1_000);
        expect(scanner.state).toBe('online');

        const cut = ['pulled', 'replugged', 'hung'].includes(disturbance.kind);
        if (cut) expect(codes).toEqual(after >= wholeAt(form) ? [CODE] : []);
        else if (disturbance.kind === 'slow' && disturbance.ms < 500) expect([codes, refusals()]).toEqual([[CODE], 0]);
        // A line has no checksum: a byte too many or a lost pause can only be bounded, and the centre refuses the rest.
        else expect(codes.length + refusals()).toBeLessThanOrEqual(form === 'line' ? 2 : 3);
        if (disturbance.kind === 'pulled' || disturbance.kind === 'replugged') expect(refusals()).toBe(0);

        codes.length = 0;
        twin.show(NEXT);
        expect(codes).toEqual([NEXT]);
        await scanner.close();
        expect(clock.waiting).toBe(0);
      }
    },
  );

  test('nothing that was shown while the cable was out is told after it is back', async () => {
    const { clock, twin, scanner, codes } = await onBench(form);
    twin.unplug();
    twin.show(CODE);
    twin.plugIn();
    await clock.pass(LONGEST_RETRY_MS);
    expect(codes).toEqual([]);
    twin.show(NEXT);
    expect(codes).toEqual([NEXT]);
    await scanner.close();
  });

  test('a code shown again after the cable was out is a new act', async () => {
    const { clock, twin, scanner, codes } = await onBench(form);
    twin.show(NEXT);
    twin.unplug();
    twin.plugIn();
    await clock.pass(250);
    twin.show(NEXT);
    expect(codes).toEqual([NEXT, NEXT]);
    await scanner.close();
  });

  test('closing while it is unplugged leaves nothing running', async () => {
    const { clock, twin, scanner } = await onBench(form);
    twin.unplug();
    await scanner.close();
    await clock.pass(60_000);
    expect([scanner.state, clock.waiting]).toEqual(['offline', 0]);
  });
});
