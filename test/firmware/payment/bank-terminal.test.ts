import { describe, expect, test } from 'vitest';
import { TerminalCardGateway } from '../../../firmware/payment/card-gateway.ts';
import type { Clearable } from '../../../firmware/payment/clearing.ts';
import { judgeClearing } from '../../../firmware/payment/clearing.ts';
import { VirtualBankTerminal } from '../../../hardware-sim/devices/bank-terminal/virtual-bank-terminal.ts';
import { CutLine } from '../../../hardware-sim/devices/cut-line.ts';
import { Acquirer } from '../../../hardware-sim/parties/payment/acquirer.ts';
import { inventBankCard } from '../../../hardware-sim/parties/payment/bank-card.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { terminalOver } from '../../support/money-devices.ts';

const ORDER = { orderNumber: 'ord_1', amountFen: 3_000 };
const DAY_MS = 86_400_000;
const never = new AbortController().signal;

function atTerminal() {
  const clock = new ManualClock();
  const acquirer = new Acquirer(clock);
  const card = acquirer.issue(inventBankCard('zhang', 1, 100_000));
  const device = new VirtualBankTerminal(acquirer);
  const host = new CutLine();
  const terminal = terminalOver(device, host);
  const gateway = new TerminalCardGateway(terminal);
  const pay = () => {
    device.present(card);
    return gateway.chargeCard(ORDER, never);
  };
  return { clock, acquirer, card, device, host, terminal, gateway, pay };
}

/** What the settlement does about an order whose outcome it does not know: ask, end it, ask again. */
async function findOut(gateway: TerminalCardGateway): Promise<'paid' | 'closed' | 'unknown'> {
  for (let turn = 0; turn < 4; turn += 1) {
    const seen = await gateway.query(ORDER.orderNumber);
    if (seen.outcome === 'ok' && (seen.value.state === 'paid' || seen.value.state === 'closed'))
      return seen.value.state;
    await gateway.close(ORDER.orderNumber);
  }
  return 'unknown';
}

describe('a sale by card', () => {
  test('is one debit, answered with the acquirer’s numbers and never with the card’s', async () => {
    const { pay, card, host, terminal } = atTerminal();
    expect(await pay()).toMatchObject({ outcome: 'ok', value: { state: 'paid', paidFen: 3_000, route: 'card' } });
    expect(card.balanceFen).toBe(97_000);
    expect(await terminal.lookUp()).toMatchObject({ value: { orderNumber: 'ord_1', cardTail: card.number.slice(-4) } });
    expect(host.heard.join('')).not.toContain(card.number);
    expect(host.heard.join('')).not.toContain(card.number.slice(0, 8));
  });

  test('declined by the bank takes nothing, and another card may pay the same order', async () => {
    const { pay, card, acquirer, device, gateway } = atTerminal();
    card.refuses = true;
    expect(await pay()).toMatchObject({ outcome: 'refused', reason: 'declined' });
    expect(await gateway.query('ord_1')).toMatchObject({ value: { state: 'waiting', paidFen: 0 } });
    const other = acquirer.issue(inventBankCard('li', 2, 100_000));
    device.present(other);
    expect(await gateway.chargeCard(ORDER, never)).toMatchObject({ value: { state: 'paid' } });
    expect([card.balanceFen, other.balanceFen]).toEqual([100_000, 97_000]);
  });

  test('that the patient walks away from is cancelled before any card is read', async () => {
    const { gateway, terminal } = atTerminal();
    const offer = new AbortController();
    const charging = gateway.chargeCard(ORDER, offer.signal);
    await Promise.resolve();
    expect(await gateway.close('ord_1')).toMatchObject({ reason: 'userPaying' });
    offer.abort();
    expect(await charging).toMatchObject({ outcome: 'refused', reason: 'cancelled' });
    expect(await gateway.close('ord_1')).toMatchObject({ outcome: 'ok' });
    expect(await terminal.sale(ORDER, never)).toMatchObject({ reason: 'closed' });
  });

  test('of an order that was closed before it came is refused: the tombstone stops it', async () => {
    const { gateway, pay, card } = atTerminal();
    expect(await gateway.close('ord_1')).toMatchObject({ outcome: 'ok' });
    expect(await pay()).toMatchObject({ outcome: 'refused', reason: 'closed' });
    expect(await gateway.query('ord_1')).toMatchObject({ value: { state: 'closed' } });
    expect(card.balanceFen).toBe(100_000);
  });

  test('twice under one number is one debit', async () => {
    const { pay, gateway, card } = atTerminal();
    await pay();
    expect(await pay()).toMatchObject({ reason: 'paid' });
    expect(await gateway.close('ord_1')).toMatchObject({ reason: 'paid' });
    expect(card.balanceFen).toBe(97_000);
  });
});

describe('cut after every byte, one debit or none', () => {
  const cuts = [
    ['the line between terminal and acquirer', 'acquirer', false],
    ['the line between terminal and host', 'host', false],
    ['the terminal’s plug, while it talks to the acquirer', 'acquirer', true],
  ] as const;

  test.each(cuts)('%s', async (_what, which, plug) => {
    const whole = atTerminal();
    await whole.pay();
    const bytes = which === 'acquirer' ? whole.device.line.passed : whole.host.passed;
    expect(bytes).toBeGreaterThan(100);
    const ends = new Set<string>();
    for (let cut = 0; cut < bytes; cut += 1) {
      const { pay, device, host, gateway, acquirer, card } = atTerminal();
      const line = which === 'acquirer' ? device.line : host;
      line.cutAfter = cut;
      if (plug) line.onCut = () => device.pullPlug();
      const charged = await pay();
      expect(charged.outcome, `cut after ${cut}`).not.toBe('ok');
      expect(await findOut(gateway), `the line is still dead, cut after ${cut}`).toBe('unknown');
      line.mend();
      device.plugIn();
      const end = await findOut(gateway);
      ends.add(end);
      const keptFen = end === 'paid' ? ORDER.amountFen : 0;
      expect(acquirer.keptFen('ord_1'), `cut after ${cut}, ${end}`).toBe(keptFen);
      expect(card.balanceFen, `cut after ${cut}, ${end}`).toBe(100_000 - keptFen);
      expect(await pay(), `a late sale, cut after ${cut}`).toMatchObject({
        reason: end === 'paid' ? 'paid' : 'closed',
      });
      expect(card.balanceFen).toBe(100_000 - keptFen);
    }
    expect(ends.has('closed')).toBe(true);
    // Only when the terminal has heard the acquirer can a lost answer to the host leave the sale standing.
    expect(ends.has('paid')).toBe(which === 'host');
  });

  test('an owed reversal goes out before anything else, so the next sale waits for it', async () => {
    const { pay, device, gateway, acquirer, card } = atTerminal();
    await pay();
    const length = device.line.passed;
    const next = { orderNumber: 'ord_2', amountFen: 5_000 };
    device.line.cutAfter = device.line.passed + length - 1;
    expect((await gateway.chargeCard(next, never)).outcome).toBe('unknown');
    device.line.mend();
    expect(await gateway.chargeCard({ orderNumber: 'ord_3', amountFen: 700 }, never)).toMatchObject({ outcome: 'ok' });
    expect(acquirer.sales.get('ord_2')?.state ?? 'reversed').toBe('reversed');
    expect(card.balanceFen).toBe(100_000 - 3_000 - 700);
  });
});

describe('money back to a card', () => {
  test('on the same day the whole sale is voided at once', async () => {
    const { pay, gateway, card, acquirer } = atTerminal();
    acquirer.refundTakesMs = DAY_MS;
    await pay();
    const back = { ...ORDER, refundNumber: 'ref_1' };
    expect(await gateway.refund(back)).toEqual({ outcome: 'ok', value: 'refunded' });
    expect(await gateway.refund(back)).toEqual({ outcome: 'ok', value: 'refunded' });
    expect(card.balanceFen).toBe(100_000);
    expect(await gateway.query('ord_1')).toMatchObject({ value: { state: 'refunded', paidFen: 3_000 } });
    expect(await gateway.refund({ ...back, refundNumber: 'ref_2' })).toMatchObject({ reason: 'amount' });
  });

  test('after the batch is closed, or in part, it is a refund that is pending and then done, or fails', async () => {
    const { pay, gateway, terminal, card, acquirer, clock } = atTerminal();
    acquirer.refundTakesMs = DAY_MS;
    await pay();
    const part = { orderNumber: 'ord_1', refundNumber: 'ref_1', amountFen: 1_000 };
    expect(await gateway.refund(part)).toEqual({ outcome: 'ok', value: 'pending' });
    expect(await terminal.settleBatch('1')).toMatchObject({ outcome: 'ok' });
    acquirer.failing = true;
    expect(await gateway.refund({ ...part, refundNumber: 'ref_2', amountFen: 2_000 })).toMatchObject({
      value: 'pending',
    });
    await clock.pass(DAY_MS);
    expect(await gateway.refundState('ref_1')).toEqual({ outcome: 'ok', value: 'refunded' });
    expect(await gateway.refundState('ref_2')).toEqual({ outcome: 'ok', value: 'failed' });
    expect(await gateway.refundState('ref_9')).toEqual({ outcome: 'ok', value: 'notFound' });
    expect(await gateway.refund({ ...part, refundNumber: 'ref_2', amountFen: 2_000 })).toMatchObject({
      reason: 'failed',
    });
    expect(card.balanceFen).toBe(98_000);
  });

  test('half a year later the route has expired', async () => {
    const { pay, gateway, clock } = atTerminal();
    await pay();
    await clock.pass(180 * DAY_MS);
    const back = { orderNumber: 'ord_1', refundNumber: 'ref_1', amountFen: 1_000 };
    expect(await gateway.refund(back)).toMatchObject({ outcome: 'refused', reason: 'expired' });
    expect(await gateway.refund({ ...back, orderNumber: 'ord_9' })).toMatchObject({ reason: 'notPaid' });
  });

  test('cut after every byte, the same number gives it back once', async () => {
    const whole = atTerminal();
    await whole.pay();
    const before = whole.device.line.passed;
    const back = { orderNumber: 'ord_1', refundNumber: 'ref_1', amountFen: 1_000 };
    await whole.gateway.refund(back);
    const bytes = whole.device.line.passed - before;
    for (let cut = 0; cut < bytes; cut += 1) {
      const { pay, device, gateway, card } = atTerminal();
      await pay();
      device.line.cutAfter = device.line.passed + cut;
      expect((await gateway.refund(back)).outcome, `cut after ${cut}`).toBe('unknown');
      device.line.mend();
      expect(await gateway.refund(back)).toEqual({ outcome: 'ok', value: 'refunded' });
      expect(card.balanceFen, `cut after ${cut}`).toBe(98_000);
    }
  });
});

describe('清机', () => {
  async function counted() {
    const bench = atTerminal();
    await bench.pay();
    const answer = await bench.terminal.totals();
    if (answer.outcome !== 'ok') throw new Error(answer.outcome);
    const { batchNumber, sales, returns } = answer.value;
    const money = (journalFen: number): readonly Clearable[] => [
      { what: 'card.sales', journal: { count: 1, fen: journalFen }, device: sales, counted: undefined },
      { what: 'card.returns', journal: { count: 0, fen: 0 }, device: returns, counted: undefined },
    ];
    return { ...bench, batchNumber, money };
  }

  test('by two people, against the journal: what agrees is settled with the acquirer, once', async () => {
    const { money, terminal, batchNumber } = await counted();
    const asked = { by: ['key-1', 'key-2'], openOrders: 0, money: money(3_000) } as const;
    expect(judgeClearing(asked)).toEqual({ outcome: 'agrees', totalFen: 3_000 });
    expect(await terminal.settleBatch(batchNumber)).toMatchObject({ outcome: 'ok' });
    expect(await terminal.settleBatch(batchNumber)).toMatchObject({ outcome: 'ok' });
    expect(await terminal.totals()).toMatchObject({ value: { batchNumber: '2', sales: { count: 0, fen: 0 } } });
  });

  test('one fen that the journal does not know, one person alone, or one open order, and nothing is cleared', async () => {
    const { money } = await counted();
    const asked = { by: ['key-1', 'key-2'], openOrders: 0, money: money(2_999) } as const;
    const verdict = judgeClearing(asked);
    expect(verdict).toMatchObject({
      outcome: 'differs',
      differences: [{ what: 'card.sales', journal: { fen: 2_999 } }],
    });
    expect(judgeClearing({ ...asked, by: ['key-1', 'key-1'] })).toEqual({ outcome: 'refused', reason: 'samePerson' });
    expect(judgeClearing({ ...asked, openOrders: 1 })).toEqual({ outcome: 'refused', reason: 'ordersOpen' });
  });

  test('the acquirer does not settle a batch that it counts otherwise', async () => {
    const { terminal, batchNumber, acquirer, card } = await counted();
    acquirer.sales.set('stray', {
      ...ORDER,
      order: 'stray',
      card,
      atMs: 0,
      batch: 1,
      trace: 9,
      reference: 'R',
      state: 'approved',
      returns: new Map(),
    });
    expect(await terminal.settleBatch(batchNumber)).toMatchObject({ outcome: 'refused', reason: 'differs' });
  });
});
