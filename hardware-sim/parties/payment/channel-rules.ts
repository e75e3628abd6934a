/**
 * The windows of the payment channels, as this broker has them: how young an
 * order may be closed, how long a payment can be refunded, how long a refund takes.
 */
import type { PayRoute } from '../people/patients.ts';

export interface ChannelRules {
  /** An order on a screen is not closed before this age, ms. */
  readonly closeNotBeforeMs: number;
  /** A charge by a shown code is not taken back before this age, ms. */
  readonly reverseNotBeforeMs: number;
  /** Days within which a payment goes back by its route. */
  readonly refundDays: Readonly<Record<PayRoute, number>>;
  /** How long a refund is pending; 0 = it is done at once. */
  readonly refundTakesMs: number;
  /** HH:mm:ss at which a channel's day begins; one after noon begins it on the evening before. */
  readonly cutOff: Readonly<Record<PayRoute, string>>;
  /** Beijing hour of the next day from which a day's file is there. */
  readonly fileHour: number;
}

/** The channels' own public rules, but for closing, which most brokers do at once. */
export const USUAL_CHANNELS: ChannelRules = {
  closeNotBeforeMs: 0,
  reverseNotBeforeMs: 15_000,
  refundDays: { wechat: 365, alipay: 365, unionPay: 180 },
  refundTakesMs: 0,
  cutOff: { wechat: '00:00:00', alipay: '00:00:00', unionPay: '23:00:00' },
  fileHour: 10,
};

export const ROUTES: readonly PayRoute[] = ['wechat', 'alipay', 'unionPay'];
