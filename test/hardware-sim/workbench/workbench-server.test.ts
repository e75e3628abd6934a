/** The workbench's door and its hands on the real hall. */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type Bench, BenchPage, openBench } from './bench-page.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

async function open(): Promise<Bench> {
  bench = await openBench({ screenUrl: 'http://127.0.0.1:4711/' });
  return bench;
}

/** Status and headers of a GET with any Host. */
function get(url: string, host: string): Promise<{ readonly status: number | undefined; readonly policy: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, policy: String(answer.headers['content-security-policy'] ?? '') });
    });
    asking.on('error', reject).end();
  });
}

describe('who may come in', () => {
  test('a page of another origin cannot move a hand', async () => {
    const { workbench } = await open();
    await expect(BenchPage.open(workbench.url, 'http://evil.example')).rejects.toThrow('403');
    await expect(BenchPage.open(workbench.url, 'http://127.0.0.1:4711')).rejects.toThrow('403');
  });

  test('a foreign name for this address gets nothing', async () => {
    const { workbench } = await open();
    expect((await get(workbench.url, 'evil.example')).status).toBe(421);
    expect((await get(workbench.url, new URL(workbench.url).host)).status).toBe(200);
  });

  test('the page may frame the kiosk screen and load everything else from here only', async () => {
    const { workbench } = await open();
    const { policy } = await get(workbench.url, new URL(workbench.url).host);
    expect(policy).toContain('frame-src http://127.0.0.1:4711;');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test('no path leads out of the page folder', async () => {
    const { workbench } = await open();
    const { host } = new URL(workbench.url);
    for (const path of ['data/site.json', '..%2fdata/site.json', 'paper/1.svg', 'wire/99']) {
      expect((await get(`${workbench.url}${path}`, host)).status).toBe(404);
    }
  });

  test.each([
    ['no JSON', '{'],
    ['a hand that nobody has', { do: 'setStatus' }],
    ['a name of every object', { do: 'constructor' }],
    ['more than was asked', { do: 'insertCard', now: true }],
    ['an argument of another kind', { do: 'loadPaper', with: { mm: 5 } }],
    ['paper beyond every roll', { do: 'loadPaper', with: 1e12 }],
    ['a bill kind that is none', { addBill: 'gold' }],
    ['a list', []],
    ['2 kB and more', { do: 'showText', with: 'x'.repeat(3_000) }],
    ['100 kB', { do: 'showText', with: 'x'.repeat(100_000) }],
  ])('what is no request ends the line and moves nothing: %s', async (_what, message) => {
    const { hall, page } = await open();
    const visitor = await page();
    visitor.say(message);
    expect([1008, 1009]).toContain(await visitor.closed);
    expect(hall.slot.card).toBeUndefined();
    expect(hall.printer.state().paperMm).toBe(50_000);
  });
});

test('a page that does not read is cut off instead of being waited for, and may come back', async () => {
  const { hall, page } = await open();
  const sleeper = await page();
  await sleeper.snapshotWith(() => true);
  sleeper.pause();
  for (let shown = 0; shown < 60_000; shown++) hall.scanner.show('https://example.com/0123456789012345678901234567');
  sleeper.resume();
  expect(await sleeper.closed).toBe(1006);
  const back = await (await page()).hear((message) => message.type === 'rows' && message.rows);
  expect(back).toHaveLength(300);
  expect(back.at(-1)?.sequence).toBe(60_000);
});

describe('hands', () => {
  test('every hand is followed by the cabinet as it then is', async () => {
    const visitor = await (await open()).page();
    const cabinetAfter = async (request_: object) => (await visitor.ask(request_)).cabinet;
    expect((await cabinetAfter({ do: 'insertCard' })).reader).toEqual({
      pluggedIn: true,
      card: { label: 'card-zhang', holder: 'zhang', face: 'right' },
      media: 'present',
    });
    expect((await cabinetAfter({ do: 'turnOverCard' })).reader.media).toBe('mute');
    expect((await cabinetAfter({ do: 'unplugReader' })).reader).toMatchObject({
      pluggedIn: false,
      media: 'notPresent',
    });
    expect((await cabinetAfter({ do: 'removeCard' })).reader.card).toBeUndefined();
    expect((await cabinetAfter({ do: 'openCover' })).printer.coverOpen).toBe(true);
    expect((await cabinetAfter({ do: 'loadPaper', with: 400 })).printer).toMatchObject({ paperMm: 400, paper: 'low' });
    expect((await cabinetAfter({ do: 'takePaperOut' })).printer.paper).toBe('out');
    expect((await cabinetAfter({ do: 'cutInsuranceLine' })).insuranceLineUp).toBe(false);
    expect((await cabinetAfter({ do: 'restoreInsuranceLine' })).insuranceLineUp).toBe(true);
    expect((await cabinetAfter({ do: 'cutPower' })).powered).toBe(false);
    expect((await cabinetAfter({ do: 'restorePower' })).powered).toBe(true);
  });

  test('a second card does not fit, and the page hears why', async () => {
    const { hall, page } = await open();
    const visitor = await page();
    await visitor.ask({ do: 'insertCard' });
    await visitor.ask({ do: 'insertBankCard' });
    expect(visitor.messages.at(-1)).toEqual({
      type: 'notDone',
      what: 'insertBankCard',
      why: 'There is a card in this slot already.',
    });
    expect(hall.slot.card?.card.label).toBe('card-zhang');
  });

  test('another person brings another card, and a new bill is theirs', async () => {
    const visitor = await (await open()).page();
    await visitor.ask({ person: 'li' });
    const { people, cabinet } = await visitor.ask({ do: 'insertCard' });
    expect(cabinet.reader.card?.holder).toBe('li');
    const before = people.find((person) => person.key === 'li')?.openBills.length ?? 0;
    const after = await visitor.ask({ addBill: 'consent20001' });
    expect(after.people.find((person) => person.key === 'li')?.openBills).toHaveLength(before + 1);
    await visitor.ask({ person: 'nobody' });
    expect(visitor.messages.at(-1)).toMatchObject({ type: 'notDone', what: 'person' });
  });

  test('what one page does, another page sees', async () => {
    const { page } = await open();
    const [one, other] = [await page(), await page()];
    one.say({ do: 'insertBankCard' });
    const { cabinet } = await other.snapshotWith((snapshot) => snapshot.cabinet.reader.card !== undefined);
    expect(cabinet.reader.card).toEqual({ label: 'card-bank', holder: undefined, face: 'right' });
  });

  test('a phone that can pay knows what for; once paid, there is nothing to pay', async () => {
    const { hall, page } = await open();
    hall.parties.payment.book.open('order-1', 19_025, { payCode: 'https://pay.example/1', untilMs: Number.MAX_VALUE });
    const visitor = await page();
    expect((await visitor.snapshotWith(() => true)).payableFen).toBe(19_025);
    const { payableFen, ledgers, people } = await visitor.ask({ do: 'payByPhone' });
    expect(payableFen).toBeUndefined();
    expect(ledgers.orders.at(-1)).toMatchObject({ orderNumber: 'order-1', state: 'paid', paidFen: 19_025 });
    expect(people.find((person) => person.key === 'zhang')?.wallet.balanceFen).toBe(500_000 - 19_025);
  });
});

/** 医站 in GB 18030, a line feed, three more, a full cut. */
const SLIP = Uint8Array.from([0xd2, 0xbd, 0xd5, 0xbe, 0x0a, 0x1b, 0x64, 0x03, 0x1d, 0x56, 0x00]);

describe('paper and wire', () => {
  test('paper goes from the head to the outlet to the tray, and stays readable', async () => {
    const { page, print, workbench } = await open();
    const visitor = await page();
    await print(SLIP);
    const { paper } = await visitor.snapshotWith((snapshot) => snapshot.paper.outlet.length === 1);
    const [slip] = paper.outlet;
    expect(slip?.widthMm).toBe(72);
    const torn = await visitor.ask({ do: 'tearPaper' });
    expect(torn.paper.outlet).toEqual([]);
    expect(torn.paper.tray.map((sheet) => sheet.id)).toEqual([slip?.id]);
    const text = await (await fetch(`${workbench.url}paper/${slip?.id}.txt`)).text();
    expect(text).toBe('医站\n');
    const picture = await fetch(`${workbench.url}paper/${slip?.id}.svg`);
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect(await picture.text()).toMatch(/^<svg .*<\/svg>$/s);
  });

  test('printer bytes are shown with the words of the manual', async () => {
    const { page, print, workbench } = await open();
    const visitor = await page();
    await print(SLIP);
    const rows = await visitor.hear(
      (message) => message.type === 'rows' && message.rows.some((row) => row.party === 'printer') && message.rows,
    );
    const row = rows.find((one) => one.party === 'printer');
    expect(row).toMatchObject({ way: 'ask', words: '“医站” · LF · ESC d 3 · GS V 0', poll: false });
    const detail = await (await fetch(`${workbench.url}wire/${row?.sequence}`)).text();
    expect(detail).toContain('D2 BD D5 BE 0A 1B 64 03');
  });

  test('a request over a cut line is shown as one that nobody answers', async () => {
    const { hall, page } = await open();
    const visitor = await page();
    await visitor.ask({ do: 'cutHospitalLine' });
    const gone = new AbortController();
    const url = siteUrl(hall.siteFile, 'hospitalGateway');
    const asking = fetch(`${url}/bills/search`, { method: 'POST', body: '{}', signal: gone.signal }).catch(
      () => 'gone',
    );
    const rows = await visitor.hear((message) => message.type === 'rows' && message.rows.length > 0 && message.rows);
    gone.abort();
    expect(await asking).toBe('gone');
    expect(rows).toMatchObject([
      { party: 'hospital', what: expect.stringMatching(/^POST .*\/bills\/search$/), outcome: 'noAnswer' },
    ]);
  });

  test('a page that comes later gets what went over the wires before', async () => {
    const { hall, page } = await open();
    hall.scanner.show('https://example.com/');
    hall.slot.power();
    const rows = await (await page()).hear((message) => message.type === 'rows' && message.rows);
    expect(rows).toMatchObject([{ party: 'scanner', way: 'tell', words: 'https://example.com/' }]);
  });
});

function siteUrl(siteFile: string, gateway: string): string {
  const site = JSON.parse(readFileSync(siteFile, 'utf8')) as Record<string, { readonly url: string }>;
  return site[gateway]?.url ?? '';
}
