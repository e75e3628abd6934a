/** Published prices through the whole firmware: from home and before paying, on screen, on paper and in the bill check. */
import { beforeAll, describe, expect, test } from 'vitest';
import { statutoryFields } from '../../firmware/catalogue/price-item.ts';
import { loadRomanizer } from '../../firmware/catalogue/romanizer.ts';
import { priceFieldsZh } from '../../firmware/documents/text/zh-prices.ts';
import type { Intent, PriceKind, ScreenName } from '../../firmware/screen/messages.ts';
import { itemByKey } from '../../hardware-sim/parties/catalogue/catalogue.ts';
import { zh } from '../../kiosk-ui/text/zh.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

beforeAll(async () => {
  // Virtual time waits for no module.
  await loadRomanizer();
});

const priced = (more: ConstructorParameters<typeof VirtualKiosk>[0] = {}): VirtualKiosk =>
  new VirtualKiosk({ priceList: true, ...more });

/** The kiosk is up and has taken its list. */
async function opened(kiosk: VirtualKiosk): Promise<void> {
  await kiosk.run(() => kiosk.patient.body?.name === 'S-HOME' && kiosk.kiosk.prices?.state().edition !== undefined);
  await kiosk.pass(1_000);
}

async function touch(kiosk: VirtualKiosk, intent: Intent): Promise<void> {
  kiosk.patient.touch(intent);
  await kiosk.pass(500);
}

async function open(kiosk: VirtualKiosk, kind: PriceKind, text: string): Promise<void> {
  await touch(kiosk, { do: 'priceSearch', kind, text });
  const { rows } = bodyOf(kiosk.patient.bodies, 'S-PRICE');
  await touch(kiosk, { do: 'priceItem', code: rows[0]?.code ?? '' });
}

const shown = (kiosk: VirtualKiosk): ScreenName | undefined => kiosk.patient.body?.name;
const item = (kiosk: VirtualKiosk) => bodyOf(kiosk.patient.bodies, 'S-PRICE-ITEM');

describe('what is published', () => {
  const cases = [
    ['SZ-187', 'service', 'ptmzzc', 7],
    ['SZ-188', 'drug', 'amxljn', 8],
    ['SZ-189', 'consumable', 'zffl', 7],
  ] as const;

  for (const [clause, kind, text, count] of cases) {
    test(`[${clause}] a ${kind} shows its ${count} fields on screen and on paper`, async () => {
      const kiosk = priced();
      await opened(kiosk);
      await touch(kiosk, { do: 'prices' });
      await open(kiosk, kind, text);
      const { fields } = item(kiosk).item;
      expect(fields.map(({ field }) => field)).toEqual(statutoryFields[kind]);
      expect(fields).toHaveLength(count);
      expect(fields.every(({ value }) => value.trim() !== '')).toBe(true);
      await touch(kiosk, { do: 'print' });
      await kiosk.run(() => kiosk.slips.length === 1);
      const [slip = ''] = kiosk.slips;
      for (const { field, value } of fields) {
        expect(slip, field).toContain(priceFieldsZh[field]);
        if (field !== 'level') expect(slip.replace(/\s/g, ''), field).toContain(value.replace(/\s/g, ''));
      }
    });
  }

  test('[Y3-11e] [part of SZ-187] a price of the hospital’s own says 自主定价 and whose it is, on screen and on paper', async () => {
    const kiosk = priced();
    await opened(kiosk);
    await touch(kiosk, { do: 'prices' });
    await open(kiosk, 'service', 'txzcf');
    expect(item(kiosk).item).toMatchObject({ selfPriced: true, pricedBy: '本院' });
    await touch(kiosk, { do: 'print' });
    await kiosk.run(() => kiosk.slips.length === 1);
    expect(kiosk.slips[0]).toContain('自主定价');
    expect(kiosk.slips[0]).toMatch(/定价主体 +本院/);
  });

  test('[part of SZ-193] the slip says the edition, its day, 12345, the hospital’s number, and three ways to ask', async () => {
    const kiosk = priced();
    await opened(kiosk);
    await touch(kiosk, { do: 'prices' });
    await open(kiosk, 'drug', 'amxljn');
    await touch(kiosk, { do: 'print' });
    await kiosk.run(() => kiosk.slips.length === 1);
    const wanted = ['demo-prices/1', '2026-01-01', '12345', '0990-1234567', '人工', '电子', '纸质', '零加成'];
    for (const words of wanted) expect(kiosk.slips[0]).toContain(words);
  });
});

describe('the ways in and back', () => {
  test('[SZ-185] the price page is reached from home and from every screen before paying, and the same screen comes back; what is charged above it is not payable', async () => {
    const kiosk = priced({ person: 'zhang', bills: ['consentMany'] });
    await opened(kiosk);
    const visited: string[] = [];
    const look = (then: Intent) => (here: VirtualKiosk) => {
      const before = here.patient.body;
      here.patient.touch({ do: 'prices' });
      here.hall.clock.timer(500, () => {
        expect(shown(here)).toBe('S-PRICE');
        here.patient.touch({ do: 'cancel' });
        here.hall.clock.timer(500, () => {
          expect(here.patient.body).toEqual(before);
          visited.push(before?.name ?? '');
          here.patient.touch(then);
        });
      });
    };
    const deeds = {
      'S-BILL': [look({ do: 'confirm' }), 'nothing'],
      'S-CONSENT': [look({ do: 'confirm' }), 'nothing'],
      'S-SPLIT': [look({ do: 'pay', method: 'phone' }), 'nothing'],
    } as const;
    await kiosk.visit(deeds);
    expect(visited).toEqual(['S-BILL', 'S-CONSENT', 'S-SPLIT']);
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.troubles).toEqual([]);

    kiosk.hand('publishPriceList', `${itemByKey('examFee').code} 49.99`);
    await kiosk.run(() => kiosk.kiosk.prices?.state().edition?.version === 2);
    kiosk.hall.parties.hospital.addBill('zhang', 'example');
    await kiosk.visit({});
    expect(bodyOf(kiosk.patient.bodies, 'S-HELD').reason).toBe('priceAbovePublished');
    expect(kiosk.books.claims).toBe(1);
  });

  test('nobody there any more: the price page over home ends by itself, without a warning', async () => {
    const kiosk = priced();
    await opened(kiosk);
    await touch(kiosk, { do: 'prices' });
    await kiosk.run(() => shown(kiosk) === 'S-HOME');
    expect(kiosk.patient.bodies.map(({ name }) => name)).not.toContain('S-STILL-THERE');
    expect(kiosk.ended).toEqual(['pricesShown']);
  });

  test('over a bill, whoever has gone does not leave the bill to the next one', async () => {
    const kiosk = priced();
    await opened(kiosk);
    kiosk.patient.come({ 'S-BILL': (here) => here.patient.touch({ do: 'prices' }), 'S-STILL-THERE': 'nothing' });
    await kiosk.run(() => kiosk.ended.length === 1);
    expect(kiosk.ended).toEqual(['timeOut']);
    const names = kiosk.patient.bodies.map(({ name }) => name);
    expect(names.slice(names.lastIndexOf('S-PRICE'))).not.toContain('S-BILL');
  });

  test('while no list was ever taken there is no price page', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => shown(kiosk) === 'S-HOME');
    expect(kiosk.patient.screen?.prices).toBe(false);
    await touch(kiosk, { do: 'prices' });
    expect(shown(kiosk)).toBe('S-HOME');
  });

  test('[SZ-191] the page names three ways to ask for a price, and each works: somebody, this page, paper', async () => {
    for (const way of ['窗口', '看这里', '打印']) expect(zh.price.ways).toContain(way);
    const kiosk = priced();
    await opened(kiosk);
    await touch(kiosk, { do: 'prices' });
    await touch(kiosk, { do: 'help' });
    expect(kiosk.hall.parties.hospital.guides.calls).toMatchObject([{ screen: 'S-PRICE' }]);
    expect(kiosk.patient.screen?.help.window).toBe('1号人工窗口');
    await touch(kiosk, { do: 'confirm' });
    await open(kiosk, 'drug', 'amxljn');
    expect(item(kiosk).item.fields).toContainEqual({ field: 'unit', value: '盒' });
    await touch(kiosk, { do: 'print' });
    await kiosk.run(() => kiosk.slips.length === 1);
    expect(kiosk.slips[0]).toContain('阿莫西林');
  });

  test('[Y3-26] the way of a visit, the way of settling and the prices are each public, without saying who one is', async () => {
    const kiosk = priced();
    await opened(kiosk);
    await touch(kiosk, { do: 'start', journey: 'guides' });
    await touch(kiosk, { do: 'choose', id: 'guide.flow' });
    expect(bodyOf(kiosk.patient.bodies, 'S-GUIDE').text.zh.join()).toMatch(/第一步.*支付比例/);
    await touch(kiosk, { do: 'confirm' });
    await touch(kiosk, { do: 'choose', id: 'topic.open' });
    await touch(kiosk, { do: 'choose', id: 'guide.visit' });
    expect(bodyOf(kiosk.patient.bodies, 'S-GUIDE').text.zh.join()).toMatch(/挂号.*看医生.*结算.*取药/);
    await touch(kiosk, { do: 'cancel' });
    await touch(kiosk, { do: 'prices' });
    expect(shown(kiosk)).toBe('S-PRICE');
    expect(kiosk.patient.screens).not.toContain('S-ID-HELP');
  });

  test('[part of Z-6.3.1] a price is found within six touches', async () => {
    const kiosk = priced();
    await opened(kiosk);
    kiosk.patient.touches = 0;
    await touch(kiosk, { do: 'prices' });
    for (const text of ['a', 'am', 'amx']) await touch(kiosk, { do: 'priceSearch', kind: 'none', text });
    await open(kiosk, 'drug', 'amx');
    expect(item(kiosk).item.fields).toContainEqual({ field: 'unit', value: '盒' });
    expect(kiosk.patient.touches).toBeLessThanOrEqual(6);
  });
});

describe('what is printed', () => {
  test('items that are kept come out together, at most twenty, and enough is enough within an hour', async () => {
    const kiosk = priced();
    await opened(kiosk);
    await touch(kiosk, { do: 'prices' });
    await touch(kiosk, { do: 'priceSearch', kind: 'drug', text: 'a' });
    const codes = bodyOf(kiosk.patient.bodies, 'S-PRICE').rows.map(({ code }) => code);
    for (const code of codes.slice(0, 22)) {
      await touch(kiosk, { do: 'priceItem', code });
      await touch(kiosk, { do: 'priceKeep', keep: true });
      await touch(kiosk, { do: 'confirm' });
    }
    expect(bodyOf(kiosk.patient.bodies, 'S-PRICE').kept).toBe(20);
    for (let printed = 1; printed <= 3; printed += 1) {
      await touch(kiosk, { do: 'priceList' });
      await touch(kiosk, { do: 'print' });
      await kiosk.run(() => kiosk.slips.length === printed);
      await touch(kiosk, { do: 'confirm' });
    }
    await touch(kiosk, { do: 'priceList' });
    expect(bodyOf(kiosk.patient.bodies, 'S-PRICE-LIST').paper).toBe('limit');
    expect(kiosk.slips[0]?.match(/医保属性/g)).toHaveLength(20);
    // An hour later it prints again.
    await kiosk.run(() => shown(kiosk) === 'S-HOME');
    await kiosk.pass(3_600_000);
    await touch(kiosk, { do: 'prices' });
    await open(kiosk, 'drug', 'amx');
    expect(item(kiosk).paper).toBe('can');
  });

  test('[Z-5.2.2] a newer consumable catalogue at the centre: within five minutes the engineers know and nothing dated is printed, until a newer list is there', async () => {
    const kiosk = priced();
    await opened(kiosk);
    kiosk.hand('publishCatalogue', 'consumable');
    await kiosk.pass(5 * 60_000);
    expect(kiosk.kiosk.prices?.state().old).toEqual(['consumable']);
    expect(kiosk.audited('prices.old')).toHaveLength(1);
    const tasks = [...kiosk.hall.parties.hospital.office.events.values()].map((event) => event['task']);
    expect(tasks).toEqual(['oldPriceList']);
    await touch(kiosk, { do: 'prices' });
    await open(kiosk, 'consumable', 'zffl');
    expect(item(kiosk)).toMatchObject({ paper: 'old', edition: { old: true } });
    await touch(kiosk, { do: 'print' });
    await kiosk.pass(10_000);
    expect(kiosk.slips).toEqual([]);
    await kiosk.run(() => shown(kiosk) === 'S-HOME');

    kiosk.hand('publishPriceList');
    await kiosk.pass(2 * 60_000);
    expect(kiosk.kiosk.prices?.state()).toMatchObject({ old: [], edition: { version: 2 } });
    await touch(kiosk, { do: 'prices' });
    await open(kiosk, 'consumable', 'zffl');
    await touch(kiosk, { do: 'print' });
    await kiosk.run(() => kiosk.slips.length === 1);
    expect(kiosk.slips[0]).toContain('demo-prices/2');
  });

  test('[SZ-174] a changed price: screen, paper and bill check change with one edition, never apart', async () => {
    const { code, price } = itemByKey('examFee');
    const kiosk = priced();
    await opened(kiosk);
    await touch(kiosk, { do: 'prices' });
    await touch(kiosk, { do: 'priceSearch', kind: 'service', text: 'ptmzzcf' });
    await touch(kiosk, { do: 'priceItem', code });
    expect(item(kiosk)).toMatchObject({ edition: { version: 1 } });
    expect(item(kiosk).item.fields).toContainEqual({ field: 'price', value: price });

    // The list changes while somebody reads: what is printed is first shown.
    kiosk.hand('publishPriceList', `${code} 45.00`);
    await kiosk.run(() => kiosk.kiosk.prices?.state().edition?.version === 2);
    const before = kiosk.slips.length;
    if (shown(kiosk) === 'S-HOME') {
      await touch(kiosk, { do: 'prices' });
      await touch(kiosk, { do: 'priceSearch', kind: 'service', text: 'ptmzzcf' });
      await touch(kiosk, { do: 'priceItem', code });
    } else {
      await touch(kiosk, { do: 'print' });
      expect(kiosk.slips.length).toBe(before);
    }
    expect(item(kiosk)).toMatchObject({ edition: { version: 2 } });
    expect(item(kiosk).item.fields).toContainEqual({ field: 'price', value: '45.00' });
    await touch(kiosk, { do: 'print' });
    await kiosk.run(() => kiosk.slips.length === before + 1);
    expect(kiosk.slips.at(-1)).toMatch(/价格\(元\) +45\.00/);

    // The bill still charges the old price: it is held.
    await kiosk.run(() => shown(kiosk) === 'S-HOME');
    await kiosk.visit({});
    expect(kiosk.ended.at(-1)).toBe('stopped');
    expect(bodyOf(kiosk.patient.bodies, 'S-HELD').reason).toBe('priceAbovePublished');
  });
});
