/** What must hold however a visit ended, asked of the parties' own books and of the cabinet. */
import { expect } from 'vitest';
import { type ReasonId, reasons } from '../../firmware/reasons.ts';
import { enReasons } from '../../kiosk-ui/text/en-reasons.ts';
import { zhReasons } from '../../kiosk-ui/text/zh-reasons.ts';
import type { VirtualKiosk } from './virtual-kiosk.ts';

export const NOTHING = { claims: 0, chargedFen: 0, confirmed: 0 };

/** The example bill of 557.40, settled and its own part of 190.25 paid. */
export const EXAMPLE_PAID = { claims: 1, chargedFen: 19_025, confirmed: 1 };

/** Nothing was charged or claimed, no bill is held, the home screen is back and no card is in the slot. */
export function expectUntouched(kiosk: VirtualKiosk): void {
  expect(kiosk.books).toEqual(NOTHING);
  expectFree(kiosk);
}

/** No party's book says anything against the kiosk; the next patient can come. */
export function expectFree(kiosk: VirtualKiosk): void {
  const { hall, patient } = kiosk;
  expect(kiosk.troubles).toEqual([]);
  const { book } = hall.parties.hospital;
  const held = [...book.entries.values()].filter((entry) => book.holderOf(entry) !== undefined);
  expect(held.map(({ bill }) => `${bill.billId} is still locked`)).toEqual([]);
  expect(hall.slot.card).toBeUndefined();
  expect(patient.body?.name).toBe('S-HOME');
  expect(kiosk.openSettlements).toEqual([]);
}

/** The page says what happened, what to do and where a person is, in both languages, and the audit trail knows. */
export function expectExplained(kiosk: VirtualKiosk, screen: string, reason: ReasonId): void {
  const shown = kiosk.patient.bodies.filter((body) => body.name === screen);
  const told = shown.map((body) => ('reason' in body ? body.reason : 'problem' in body ? body.problem : ''));
  expect(told).toContain(reason);
  const body = shown[told.indexOf(reason)];
  const { audit, staffCode } = reasons[reason];
  expect(body).toHaveProperty('staffCode', staffCode);
  for (const language of [zhReasons, enReasons]) {
    expect(language[reason].what.length).toBeGreaterThan(3);
    expect(language[reason].act.length).toBeGreaterThan(3);
  }
  expect(kiosk.patient.screen?.help).toMatchObject({ window: '1号人工窗口', hospitalPhone: '0990-1234567' });
  expect(kiosk.audited(audit).length).toBeGreaterThan(0);
}

/** A refusal before money: explained, nothing charged, everything free. */
export function expectRefused(kiosk: VirtualKiosk, screen: 'S-STOP' | 'S-HELD', reason: ReasonId): void {
  expectExplained(kiosk, screen, reason);
  expectUntouched(kiosk);
  expect(kiosk.count('2207')).toBe(0);
  expect(kiosk.count('POST /v1/orders')).toBe(0);
}
