/**
 * The virtual terminal and note acceptor as the firmware's contracts see them, over a line that can be cut after any
 * byte. Here stands what a driver will be: commands out, words back, and no answer means that nothing is known.
 */
import type { BankTerminal, CardSale } from '../../firmware/payment/bank-terminal.ts';
import type { CashAcceptor, CashCounters } from '../../firmware/payment/cash-acceptor.ts';
import type {
  Said,
  TerminalSale,
  VirtualBankTerminal,
} from '../../hardware-sim/devices/bank-terminal/virtual-bank-terminal.ts';
import type { Counted, VirtualCashAcceptor } from '../../hardware-sim/devices/cash-acceptor/virtual-cash-acceptor.ts';
import { CutLine } from '../../hardware-sim/devices/cut-line.ts';

const SILENT = { outcome: 'unknown', detail: 'no answer' } as const;

export function terminalOver(terminal: VirtualBankTerminal, line = new CutLine()): BankTerminal {
  const ask = async (command: object, work: () => Said | Promise<Said>): Promise<Said> => {
    if (!line.carry(`${JSON.stringify(command)}\n`)) return undefined;
    const said = await work();
    if (!said || said.says === 'noAnswer') return undefined;
    return line.carry(`${JSON.stringify(said)}\n`) ? said : undefined;
  };
  const refused = <Reason extends string>(said: string, reasons: readonly Reason[]) => {
    const reason = reasons.find((one) => one === said);
    if (reason === undefined) return { outcome: 'malformed', detail: said } as const;
    return { outcome: 'refused', reason, detail: '' } as const;
  };
  return {
    sale: async ({ orderNumber, amountFen }, signal) => {
      const said = await ask({ sale: orderNumber, amountFen }, () => terminal.sale(orderNumber, amountFen, signal));
      if (!said) return SILENT;
      if (said.sale) return { outcome: 'ok', value: saleOf(said.sale) };
      return refused(said.says, ['amount', 'closed', 'paid', 'declined', 'cancelled', 'busy', 'outOfService']);
    },
    lookUp: async (orderNumber) => {
      const said = await ask({ lookUp: orderNumber ?? null }, () => terminal.lookUp(orderNumber));
      if (!said) return SILENT;
      return { outcome: 'ok', value: said.sale && saleOf(said.sale) };
    },
    reverse: async (orderNumber) => {
      const said = await ask({ reverse: orderNumber }, () => terminal.reverse(orderNumber));
      if (!said) return SILENT;
      return said.says === 'reversed' ? { outcome: 'ok', value: undefined } : refused(said.says, ['approved', 'busy']);
    },
    giveBack: async ({ orderNumber, refundNumber, amountFen, as }) => {
      const command = { giveBack: orderNumber, refundNumber, amountFen, as };
      const said = await ask(command, () => terminal.giveBack(orderNumber, refundNumber, amountFen, as));
      if (!said) return SILENT;
      if (said.says === 'done') return { outcome: 'ok', value: 'returned' };
      if (said.says === 'pending') return { outcome: 'ok', value: 'pending' };
      return refused(said.says, ['notPaid', 'amount', 'expired', 'failed', 'batchOver']);
    },
    giveBackState: async (refundNumber) => {
      const said = await ask({ giveBackState: refundNumber }, () => terminal.giveBackState(refundNumber));
      if (!said) return SILENT;
      if (said.says === 'done') return { outcome: 'ok', value: 'returned' };
      const state = (['pending', 'failed', 'notFound'] as const).find((one) => one === said.says);
      return state ? { outcome: 'ok', value: state } : { outcome: 'malformed', detail: said.says };
    },
    totals: async () => {
      const { batch, sales, returns } = terminal.totals();
      const tally = ([count, fen]: readonly [number, number]) => ({ count, fen });
      return { outcome: 'ok', value: { batchNumber: String(batch), sales: tally(sales), returns: tally(returns) } };
    },
    settleBatch: async (batchNumber) => {
      const said = await ask({ settle: batchNumber }, () => terminal.settleBatch(Number(batchNumber)));
      if (!said) return SILENT;
      return said.says === 'settled'
        ? { outcome: 'ok', value: undefined }
        : refused(said.says, ['differs', 'saleOpen']);
    },
  };
}

function saleOf({ order, amountFen, state, reference, batch, trace, tail }: TerminalSale): CardSale {
  return {
    orderNumber: order,
    amountFen,
    state,
    referenceNumber: reference,
    batchNumber: String(batch),
    traceNumber: String(trace),
    cardTail: tail,
  };
}

export function acceptorOver(virtual: VirtualCashAcceptor): CashAcceptor {
  return {
    accept: async (faces) => (virtual.accept([...faces])?.says === 'accepting' ? 'accepting' : 'outOfService'),
    stop: async () => {
      virtual.stop();
    },
    stack: async () => {
      const said = virtual.stack();
      if (!said) return { outcome: 'unknown', detail: 'no answer' };
      return said.says === 'stacked' && said.counted
        ? { outcome: 'stacked', counters: countersOf(said.counted) }
        : { outcome: 'returned' };
    },
    giveBack: async () => (virtual.giveBack()?.says === 'returned' ? 'returned' : 'unknown'),
    counters: async () => {
      const said = virtual.counters();
      if (!said?.counted) return { outcome: 'unknown', detail: 'no answer' };
      return { outcome: 'ok', counters: countersOf(said.counted), escrow: said.escrow ?? false };
    },
    onEvent: (listener) => virtual.onEvent(listener),
  };
}

function countersOf({ box, notes }: Counted): CashCounters {
  return { box, notes: new Map(notes) };
}
