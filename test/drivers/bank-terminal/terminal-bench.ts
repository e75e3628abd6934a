/** A POS module and its driver on a bench with a bank behind them, in virtual time. */
import type { BankTerminalEvent } from '../../../drivers/bank-terminal/bank-terminal.ts';
import { SerialBankTerminal } from '../../../drivers/bank-terminal/serial-bank-terminal.ts';
import { PosModule } from '../../../hardware-sim/devices/bank-terminal/pos-module.ts';
import { Acquirer } from '../../../hardware-sim/parties/payment/acquirer.ts';
import { inventBankCard } from '../../../hardware-sim/parties/payment/bank-card.ts';
import { DisturbedLine } from '../../support/disturbed-line.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export const ORDER = { orderNumber: 'pay_0123456789ab', amountFen: 3_000 };
export const BALANCE_FEN = 100_000;
export const SALE_MS = 90_000;

export async function onBench() {
  const clock = new ManualClock();
  const acquirer = new Acquirer(clock);
  const card = acquirer.issue(inventBankCard('測試甲', 1, BALANCE_FEN));
  const pos = new PosModule({ clock, acquirer });
  const line = new DisturbedLine(pos, clock);
  const driver = new SerialBankTerminal({ id: 'bank-terminal', address: 'sim:pos', bus: line, clock });
  const events: BankTerminalEvent[] = [];
  driver.onTerminalEvent((event) => events.push(event));
  await clock.pass(1_000);

  /** Lets time pass until a command has ended, at most for `limitMs`. */
  async function ended<Value>(work: Promise<Value>, limitMs = 200_000): Promise<Value> {
    let value: { readonly is: Value } | undefined;
    let error: { readonly is: unknown } | undefined;
    work.then(
      (is) => {
        value = { is };
      },
      (is: unknown) => {
        error = { is };
      },
    );
    await clock.drain();
    for (let stepMs = 50, passedMs = 0; passedMs < limitMs && !value && !error; passedMs += stepMs) {
      stepMs = Math.min(stepMs * 2, 5_000);
      await clock.pass(stepMs);
    }
    if (error) throw error.is;
    if (!value) throw new Error(`a command did not end within ${limitMs} ms`);
    return value.is;
  }

  /** The patient pays with the card as soon as the module wants it. */
  async function pay(
    order = ORDER,
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal } = { timeoutMs: SALE_MS },
  ) {
    const selling = driver.sale(order, options);
    await clock.pass(100);
    pos.tap(card);
    return ended(selling);
  }

  return { clock, acquirer, card, pos, line, driver, events, ended, pay };
}
