/**
 * The hospital-side payment broker behind the open payment contract, and the
 * phones that pay through it.
 *
 * Money leaves a wallet only in `scanAndPay`, `typePassword` or a charge by a
 * fresh payment code, and comes back only by a refund.
 */
import { bodyOf, ContractRefusal, exchange, pathWords, textField, wholeField } from '../json-exchange.ts';
import type { Party, PartyAnswer, PartyClock, PartyRequest } from '../party.ts';
import { SeededStream } from '../seeded-stream.ts';
import type { WireObject, WireValue } from '../wire-json.ts';
import { type ChannelEntry, channelFile } from './channel-files.ts';
import { type ChannelRules, ROUTES, USUAL_CHANNELS } from './channel-rules.ts';
import { type Order, OrderBook } from './order-book.ts';
import { inventPayCode, type Wallet } from './wallet.ts';

export interface PaymentParts {
  readonly clock: PartyClock;
  readonly seed: number;
  readonly token: string;
  readonly merchantId: string;
  /** Life of a shown payment code, ms. */
  readonly payCodeLifeMs?: number;
  /** How long a phone waits for its password, ms. */
  readonly passwordMs?: number;
  readonly channels?: Partial<ChannelRules>;
  /** Channels whose money does not come through this broker and whose files do: the card acquirer's. */
  readonly otherChannels?: readonly OtherChannel[];
}

export interface OtherChannel {
  readonly channel: string;
  readonly cutOff: string;
  entries(): readonly ChannelEntry[];
}

const DEFAULT_CODE_LIFE_MS = 60_000;
const DEFAULT_PASSWORD_MS = 45_000;
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

export class PaymentParty implements Party {
  readonly book: OrderBook;
  readonly #parts: PaymentParts;
  readonly #rules: ChannelRules;
  readonly #stream: SeededStream;
  readonly #shownCodes = new Map<string, { readonly wallet: Wallet; readonly untilMs: number }>();

  constructor(parts: PaymentParts) {
    this.#parts = parts;
    this.#stream = new SeededStream(parts.seed, 'payment');
    this.#rules = { ...USUAL_CHANNELS, ...parts.channels };
    this.book = new OrderBook(parts.clock, { ...this.#rules, passwordMs: parts.passwordMs ?? DEFAULT_PASSWORD_MS });
  }

  handle(request: PartyRequest): PartyAnswer {
    return exchange(request, this.#parts.token, () => {
      const [room, number = '', deed, ...more] = pathWords(request);
      const asked = `${request.method} ${room}${number === '' ? '' : '/N'}${deed === undefined ? '' : `/${deed}`}`;
      if (room === 'channels' && request.method === 'GET' && number !== '' && deed === 'statements') {
        if (more.length !== 1) throw new ContractRefusal(404, 'notFound', 'no such path');
        return this.#statement(number, more[0] ?? '');
      }
      if (more.length > 0) throw new ContractRefusal(404, 'notFound', 'no such path');
      switch (asked) {
        case 'POST orders':
          return this.#create(bodyOf(request));
        case 'POST orders/N/charge':
          return this.#charge(number, bodyOf(request));
        case 'POST orders/N/close':
          return this.#close(number);
        case 'GET orders/N':
          return this.#query(number);
        case 'POST refunds':
          return this.#refund(bodyOf(request));
        case 'GET refunds/N':
          return this.#refundState(number);
        case 'GET channels':
          return { channels: this.#channels().map(({ channel }) => channel) };
        default:
          throw new ContractRefusal(404, 'notFound', 'no such path');
      }
    });
  }

  /** A payment from before this world began, e.g. a deposit. → order number */
  takenBefore(wallet: Wallet, amountFen: number, paidMs: number): string {
    const orderNumber = `old_${this.#stream.letters(LETTERS, 12)}`;
    this.book.enterPaid(orderNumber, amountFen, wallet, paidMs);
    return orderNumber;
  }

  /** The phone scans the code on the kiosk's screen. */
  scanAndPay(
    payCode: string,
    wallet: Wallet,
  ): 'paid' | 'asksPassword' | 'insufficientFunds' | 'closed' | 'unknownCode' {
    const order = this.book.byPayCode(payCode);
    return order ? this.book.pay(order, wallet) : 'unknownCode';
  }

  /** The phone opens its payment code; it works once and not for long. */
  showPayCode(wallet: Wallet): string {
    const code = inventPayCode(wallet.route, this.#stream);
    const lifeMs = this.#parts.payCodeLifeMs ?? DEFAULT_CODE_LIFE_MS;
    this.#shownCodes.set(code, { wallet, untilMs: this.#parts.clock.wallMs() + lifeMs });
    return code;
  }

  /** The patient types the password on the phone, for the order this wallet is asked for. */
  typePassword(wallet: Wallet): 'paid' | 'closed' | 'waiting' | 'notAsked' {
    const order = this.book.askedOf(wallet);
    return order ? this.book.finishPassword(order, true) : 'notAsked';
  }

  /** The patient taps the password page away. */
  dismissPassword(wallet: Wallet): 'closed' | 'waiting' | 'paid' | 'notAsked' {
    const order = this.book.askedOf(wallet);
    return order ? this.book.finishPassword(order, false) : 'notAsked';
  }

  #create(body: WireObject): WireValue {
    const orderNumber = textField(body, 'orderNumber');
    const amountFen = wholeField(body, 'amountFen');
    const lifeMs = wholeField(body, 'lifeMs');
    this.#requireMerchant(body);
    if (amountFen === 0) throw refuse('amount');
    const known = this.book.find(orderNumber);
    if (!known) {
      const payCode = `https://pay.example/${this.#stream.letters(LETTERS, 24)}`;
      this.book.open(orderNumber, amountFen, { payCode, untilMs: this.#parts.clock.wallMs() + lifeMs });
      return { payCode };
    }
    this.#requireOpen(known, amountFen);
    if (known.payCode === undefined) throw refuse('closed');
    return { payCode: known.payCode };
  }

  #charge(orderNumber: string, body: WireObject): WireValue {
    const amountFen = wholeField(body, 'amountFen');
    const authCode = textField(body, 'authCode');
    this.#requireMerchant(body);
    if (amountFen === 0) throw refuse('amount');
    const known = this.book.find(orderNumber);
    if (known) this.#requireOpen(known, amountFen);
    // The same charge again while its password is being typed.
    if (known?.state === 'userPaying') return orderJson(known);
    const shown = this.#shownCodes.get(authCode);
    if (!shown || this.#parts.clock.wallMs() >= shown.untilMs) throw refuse('badCode');
    this.#shownCodes.delete(authCode);
    const order = known ?? this.book.open(orderNumber, amountFen, { untilMs: Number.MAX_SAFE_INTEGER });
    order.chargedMs = this.#parts.clock.wallMs();
    const outcome = this.book.pay(order, shown.wallet);
    if (outcome === 'insufficientFunds') throw refuse('insufficientFunds');
    return orderJson(order);
  }

  #close(orderNumber: string): WireValue {
    const refusal = this.book.close(orderNumber);
    if (refusal) throw refuse(refusal);
    return {};
  }

  #query(orderNumber: string): WireValue {
    const order = this.book.find(orderNumber);
    if (!order) throw new ContractRefusal(404, 'notFound', 'no such order');
    return orderJson(order);
  }

  #refund(body: WireObject): WireValue {
    const orderNumber = textField(body, 'orderNumber');
    const refundNumber = textField(body, 'refundNumber');
    const order = this.book.find(orderNumber);
    const outcome = this.book.refunds.refund(order, refundNumber, wholeField(body, 'amountFen'));
    if (outcome !== 'done' && outcome !== 'pending') throw refuse(outcome);
    return { state: outcome === 'done' ? 'refunded' : 'pending' };
  }

  #refundState(refundNumber: string): WireValue {
    const refund = this.book.refunds.find(refundNumber);
    if (!refund) throw new ContractRefusal(404, 'notFound', 'no such refund');
    return { state: refund.state === 'done' ? 'refunded' : refund.state };
  }

  #statement(channel: string, date: string): WireValue {
    const known = this.#channels().find((one) => one.channel === channel);
    if (!known) throw new ContractRefusal(404, 'unknownChannel', 'this merchant has no such channel');
    const nowMs = this.#parts.clock.wallMs();
    return channelFile({ channel, date, cutOff: known.cutOff, fileHour: this.#rules.fileHour, nowMs }, known.entries());
  }

  #channels(): readonly OtherChannel[] {
    const own = ROUTES.map((route) => ({
      channel: route,
      cutOff: this.#rules.cutOff[route],
      entries: () => [...this.book.orders.values()].filter(({ payer }) => payer?.route === route).flatMap(entriesOf),
    }));
    return [...own, ...(this.#parts.otherChannels ?? [])];
  }

  #requireMerchant(body: WireObject): void {
    if (textField(body, 'merchantId') !== this.#parts.merchantId) {
      throw new ContractRefusal(400, 'malformed', 'merchantId is not ours');
    }
  }

  #requireOpen(order: Order, amountFen: number): void {
    if (order.state === 'paid' || order.state === 'refunded') throw refuse('paid');
    if (order.state === 'closed') throw refuse('closed');
    if (order.amountFen !== amountFen) throw refuse('amount');
  }
}

function entriesOf(order: Order): readonly ChannelEntry[] {
  const { orderNumber, paidFen, paidMs } = order;
  if (paidFen === 0) return [];
  const channelNumber = `4200${orderNumber}`;
  const charge = { kind: 'charge' as const, orderNumber, refundNumber: undefined, channelNumber };
  const refunds = [...order.refunds.values()].filter(({ state }) => state === 'done');
  return [
    { ...charge, amountFen: paidFen, atMs: paidMs },
    ...refunds.map(({ refundNumber, amountFen, doneMs }) => ({
      kind: 'refund' as const,
      orderNumber,
      refundNumber,
      channelNumber: `5000${refundNumber}`,
      amountFen,
      atMs: doneMs,
    })),
  ];
}

function orderJson(order: Order): WireObject {
  const { orderNumber, state, paidFen, payer } = order;
  return { orderNumber, state, paidFen, route: paidFen > 0 && payer ? payer.route : null };
}

const DETAILS = {
  amount: 'the amount does not fit this order',
  closed: 'this order is closed',
  paid: 'this order is paid',
  userPaying: 'the payer is typing the password',
  tooEarly: 'the channel does not end an order that young',
  badCode: 'the payment code is unknown, used or old',
  insufficientFunds: 'the wallet does not hold enough',
  notPaid: 'this order has not been paid',
  expired: 'the route is too old or the account is closed',
  failed: 'this refund has failed',
} as const;

function refuse(reason: keyof typeof DETAILS): ContractRefusal {
  return new ContractRefusal(409, reason, DETAILS[reason]);
}
