/** The cashier's page and the parties' own ledgers say the same, whatever becomes of a settlement. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cashierBooks } from '../../../bin/cashier-books.ts';
import { insuredOrder } from '../../../firmware/journeys/orders.ts';
import { loadDeviceKey } from '../../../firmware/world/device-key.ts';
import type { LiveHall } from '../../../hardware-sim/live-hall.ts';
import { lookUp, settlementIn } from '../../../hardware-sim/workbench/cashier-books.ts';
import { hallOfParties, ok } from '../../firmware/settlement/hall-of-parties.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function counter() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-cashier-'));
  folders.push(folder);
  const hall = hallOfParties({}, { path: join(folder, 'kiosk.db'), key: loadDeviceKey(folder) });
  const plugs: string[] = [];
  const books = cashierBooks(folder, {
    end: async () => {
      plugs.push('end');
      await hall.settlements.close();
    },
    start: async () => {
      plugs.push('start');
    },
  });
  const look = (typed: string) => lookUp({ parties: hall.parties } as unknown as LiveHall, books, typed);
  const order = async (key: string) => {
    const billId = hall.parties.hospital.addBill(key, 'severalLines');
    const { person, ask } = await hall.someone(key);
    const bill = (await ok(hall.hospital.openBills(person))).find((one) => one.billId === billId);
    if (!bill?.uploaded) throw new Error('no uploaded bill');
    const { visitId, chargeBatch } = bill.uploaded;
    const question = ask(visitId, { chargeBatch, totalFen: bill.totalFen, medicalType: bill.medicalType });
    const agreed = await ok(hall.insurance.preSettle(question));
    return insuredOrder(hall.frame, bill, { question, agreed });
  };
  return { hall, books, look, order, plugs };
}

/** As the page compares them: what the kiosk says holds what the ledgers have. */
function agrees(view: ReturnType<ReturnType<typeof counter>['look']>): boolean {
  const { kiosk, parties } = view;
  if (!kiosk || !parties) return false;
  const netFen = parties.paidFen - parties.refundedFen;
  const money = netFen >= kiosk.takenFen.least && netFen <= kiosk.takenFen.most;
  return money && parties.claims >= kiosk.claims.least && parties.claims <= kiosk.claims.most;
}

test('a settled bill: one sentence, however the number is typed, and every book says the same', async () => {
  const { hall, look, order } = counter();
  const { number } = await hall.settle('zhang', await order('zhang'));
  const typed = number
    .replace('set_', '')
    .replace(/(.{4})/g, '$1 ')
    .toUpperCase();
  const view = look(typed);
  expect(view.number).toBe(number);
  expect(view.kiosk?.now[0]).toContain('账单已结清');
  expect(view.hospital).toMatchObject({ word: 'kept' });
  expect(view.parties).toMatchObject({ claims: 1, confirmed: true });
  expect(agrees(view)).toBe(true);
  expect(JSON.stringify(view)).not.toMatch(/张|PSN|990000\d{8}/);
});

test('[SZ-251] a settlement of a year ago is rebuilt from the journal on the page: what was agreed, asked and answered, and its claim', async () => {
  const { hall, look, order } = counter();
  const bill = await order('zhang');
  const { number } = await hall.settle('zhang', bill);
  await hall.clock.pass(365 * 86_400_000);
  await hall.settle('li', await order('li'));
  // The kiosk is off; only its journal is left.
  await hall.settlements.close();
  const { kiosk, parties } = look(number);
  const texts = kiosk?.lines.map(({ text, answer }) => `${text[1]} ${answer?.[1] ?? ''}`) ?? [];
  const yuan = (fen: number) => (fen / 100).toFixed(2);
  const { totalFen, fundFen, accountFen, ownFen } = bill.agreed;
  for (const fen of [totalFen, fundFen, accountFen, ownFen]) expect(texts[0]).toContain(yuan(fen));
  for (const step of ['lock', 'order', 'settle', 'confirm'])
    expect(
      texts.some((text) => text.includes(step)),
      step,
    ).toBe(true);
  expect(kiosk).toMatchObject({ takenFen: { least: ownFen, most: ownFen }, claims: { least: 1, most: 1 } });
  expect(parties).toMatchObject({ claims: 1, confirmed: true });
  expect(kiosk?.lines.length).toBeGreaterThan(6);
});

test('at every half second of a settlement the page is right, until it has ended and after it', async () => {
  const { hall, look, order } = counter();
  const { number } = await hall.settlements.begin(await order('zhang'));
  const wallet = hall.parties.wallet('zhang');
  for (let turn = 0; turn < 60; turn += 1) {
    await hall.clock.pass(500);
    const view = (await hall.settlements.status(number))?.view;
    if (view?.state === 'awaitingPayment' && turn > 4) {
      if (hall.parties.payment.scanAndPay(view.payCode, wallet) === 'asksPassword')
        hall.parties.payment.typePassword(wallet);
    }
    expect(agrees(look(number)), `turn ${turn}: ${look(number).kiosk?.now[1]}`).toBe(true);
  }
  expect(look(number).kiosk?.now[1]).toContain('settled');
});

test('a case is there to be closed, by two, and the journal has it afterwards', async () => {
  const { hall, look, order, books, plugs } = counter();
  const wrong = hall.insurance.findSettlement.bind(hall.insurance);
  hall.insurance.settle = async () => ({ outcome: 'unknown', detail: 'time-out' });
  hall.insurance.reverse = async () => ({ outcome: 'refused', infcode: '-1', message: '不能冲正' });
  hall.insurance.findSettlement = async () => ({ outcome: 'ok', value: undefined });
  const { number } = await hall.settle('zhang', await order('zhang'));
  hall.insurance.findSettlement = wrong;
  const before = look(number);
  expect(before.kiosk).toMatchObject({ isOpenCase: true, caseNumber: number.replace('set_', 'case_') });
  const words = { number, claim: 'none', keptFen: 0, note: '医保查无此笔，已原路退款' } as const;
  await expect(books.close({ ...words, by: ['S-01', 'S-01'] })).rejects.toThrow('two different people');
  await books.close({ ...words, by: ['S-01', 'S-02'] });
  // The kiosk is stopped for that moment only, also when it was refused.
  expect(plugs).toEqual(['end', 'start', 'end', 'start']);
  const after = look(number);
  expect(after.kiosk?.isOpenCase).toBe(false);
  expect(after.kiosk?.lines.at(-1)?.text[0]).toContain('S-01、S-02 办结');
});

test('a number that nobody knows is said to be none, and a word that is no number is told apart', () => {
  const { look } = counter();
  expect(look('AAAA AAAA AAAA')).toMatchObject({ number: 'set_aaaaaaaaaaaa', kiosk: undefined, parties: undefined });
  expect(look('hello')).toMatchObject({ number: undefined });
  expect(settlementIn('case_cuxm-ysf9-h2jd')).toBe('set_cuxmysf9h2jd');
});
