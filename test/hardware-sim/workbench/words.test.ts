/** What the wire log says about bytes; expected words come from ISO 7816-4 and the ESC/POS manuals. */
import { describe, expect, test } from 'vitest';
import { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { issueCard } from '../../../hardware-sim/devices/cards.ts';
import { chineseModel } from '../../../hardware-sim/devices/receipt-printer/parser/escpos-parser.ts';
import { PATIENTS } from '../../../hardware-sim/parties/people/patients.ts';
import { apduWords, hexDump, statusWords } from '../../../hardware-sim/workbench/device-words.ts';
import { exchangeParts, exchangeRow } from '../../../hardware-sim/workbench/exchange-words.ts';
import { handWords } from '../../../hardware-sim/workbench/page/text/hand-words.ts';
import { yuan } from '../../../hardware-sim/workbench/page/text/words.ts';
import { PrinterReading, printerAnswerWords } from '../../../hardware-sim/workbench/printer-words.ts';
import { handNames, hands } from '../../../hardware-sim/world/hands.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.split(' '), (pair) => Number.parseInt(pair, 16));

describe('cards', () => {
  test.each([
    ['00 A4 02 00 02 EF 05', 'SELECT EF05'],
    ['00 A4 04 00 0F 73 78 31 2E 73 68 2E C9 E7 BB E1 B1 A3 D5 CF', 'SELECT 7378312E73682EC9E7BBE1B1A3D5CF'],
    ['00 B2 08 00 00', 'READ RECORD 08 00'],
    ['00 C0 00 00 12', 'GET RESPONSE 18'],
    ['00 FE 00 00', 'INS FE 00 00'],
    ['00', 'not a command'],
  ])('%s is %s', (apdu, words) => {
    expect(apduWords(bytes(apdu))).toBe(words);
  });

  test.each([
    ['90 00', true, '90 00'],
    ['41 42 90 00', true, '90 00 · 2 bytes'],
    ['61 1C', true, '61 1C · 28 bytes wait'],
    ['6C 09', true, '6C 09 · ask for 9'],
    ['6A 82', false, '6A 82 · no such file'],
    ['63 C2', false, '63 C2 · 2 tries left'],
  ])('status %s', (answer, ok, words) => {
    expect(statusWords(bytes(answer))).toEqual({ ok, words });
  });

  test('the contacts can be watched, and a torn-off card is an APDU without an answer', async () => {
    const clock = new ManualClock();
    const slot = new SimCardSlot({ clock, apduMs: 0 });
    const seen: (readonly [string, string | undefined])[] = [];
    slot.onApdu((apdu, answer) => seen.push([apduWords(apdu), answer && statusWords(answer).words]));
    const [person] = PATIENTS;
    if (!person) throw new Error('Nobody is there.');
    slot.insert(issueCard(person));
    slot.power();
    await slot.transmit(bytes('00 A4 00 00 02 3F 01'));
    slot.faults.tearOffAtApdu(1);
    const torn = slot.transmit(bytes('00 B0 00 00 04'));
    const outcome = expect(torn).rejects.toThrow('the card was taken out');
    await clock.pass(1);
    await outcome;
    expect(seen.map(([words]) => words)).toEqual(['SELECT 3F01', 'READ BINARY 00 00']);
    expect(seen[0]?.[1]).toMatch(/^(90 00|61|6A)/);
    expect(seen[1]?.[1]).toBeUndefined();
  });

  test('a dump has eight bytes a row with offsets, and says when it was cut', () => {
    const dump = hexDump(bytes('48 69 00 01 02 03 04 05 06'), 9);
    expect(dump).toEqual({
      text: '0000  48 69 00 01 02 03 04 05  Hi......\n0008  06                       .',
      cut: false,
    });
    expect(hexDump(new Uint8Array(20), 8).cut).toBe(true);
  });
});

describe('the printer', () => {
  test('a command that is cut in two is named where it ends', () => {
    const reading = new PrinterReading(chineseModel);
    expect(reading.toPrinter(bytes('1B'))).toEqual({ words: '…', poll: true });
    expect(reading.toPrinter(bytes('40 48 69 0A'))).toEqual({ words: 'ESC @ · “Hi” · LF', poll: false });
  });

  test('only asking how it is, is a poll', () => {
    const reading = new PrinterReading(chineseModel);
    expect(reading.toPrinter(bytes('10 04 01')).poll).toBe(true);
    expect(reading.toPrinter(bytes('10 04 01 0A')).poll).toBe(false);
  });

  test('a flood of commands stays one readable line', () => {
    const reading = new PrinterReading(chineseModel);
    const { words } = reading.toPrinter(new Uint8Array(10_000).fill(0x0a));
    expect(words.length).toBeLessThan(420);
    expect(words.endsWith('…')).toBe(true);
  });

  test.each([
    ['14 00 00 0F', 'ASB online'],
    ['3C 00 00 0F', 'ASB offline, cover open'],
    ['1C 00 0C 0F', 'ASB offline, paper out'],
    ['37 22 30 30 30 35 00', 'process id 0005'],
    ['12', 'status 12'],
  ])('it says %s: %s', (answer, words) => {
    expect(printerAnswerWords(bytes(answer)).words).toBe(words);
  });
});

describe('parties', () => {
  const body = (value: unknown): Uint8Array =>
    new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
  const exchange = (asked: unknown, status: number, answered: unknown) => ({
    party: 'insurance' as const,
    request: { method: 'POST', path: '/fsi/api/x', headers: {}, body: body(asked) },
    answer: { status, headers: {}, body: body(answered) },
  });

  test('a refusal is shown in the platform’s own words', () => {
    const row = exchangeRow(exchange({ infno: '2207' }, 200, { infcode: -1, err_msg: '账户余额不足' }));
    expect(row).toMatchObject({ what: '2207', outcome: 'refused', words: '账户余额不足' });
  });

  test('success is a number or a text', () => {
    expect(exchangeRow(exchange({ infno: '1101' }, 200, { infcode: 0 })).outcome).toBe('done');
    expect(exchangeRow(exchange({ infno: '1101' }, 200, { infcode: '0' })).outcome).toBe('done');
  });

  test('HTML instead of JSON is no success', () => {
    expect(exchangeRow(exchange({ infno: '1101' }, 502, '<html>'))).toMatchObject({
      outcome: 'refused',
      words: 'HTTP 502',
    });
  });

  test('asking for calls is a poll until one comes', () => {
    const asked = (calls: readonly object[]) => {
      const { request, answer } = exchange({ after: 4 }, 200, { latest: 5, calls });
      return exchangeRow({ party: 'hospital', request: { ...request, path: '/v1/calls' }, answer }).poll;
    };
    expect(asked([])).toBe(true);
    expect(asked([{ number: 'A012', place: '3号窗口' }])).toBe(false);
  });

  test('amounts are shown as they stood on the wire, and a long body is cut', () => {
    const [asked, heard] = exchangeParts(exchange('{"a":12.50}', 200, `"${'x'.repeat(50_000)}"`));
    expect(asked?.text).toContain('"a": 12.50');
    expect(heard?.cut).toBe(true);
    expect(heard?.text.length).toBe(32_000);
  });
});

describe('the page', () => {
  test('every hand of the hall has a button text, in the hall’s own Chinese', () => {
    expect(Object.fromEntries(handNames.map((name) => [name, handWords[name][0]]))).toEqual(
      Object.fromEntries(handNames.map((name) => [name, hands[name].title])),
    );
  });

  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [12_345, '123.45'],
    [-19, '-0.19'],
  ])('%d fen are %s yuan', (fen, text) => {
    expect(yuan(fen)).toBe(text);
  });
});
