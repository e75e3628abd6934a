/**
 * The contract of a chip-card reader (XFS4IoT CardReader).
 *
 * It promises the words, not the wire: media inserted, removed, invalid, and a
 * social-security card read as one command. It never keeps what it read.
 */
import type { CommandOptions, Completion, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';
import type { Secret } from '../secret.ts';

/** `invalid` = something is in the slot that does not answer: most often a card put in the wrong way. */
export type CardMedia = 'present' | 'notPresent' | 'invalid' | 'unknown';

export type CardReaderEvent =
  | { readonly event: 'mediaInserted' }
  | { readonly event: 'mediaRemoved' }
  /** The card does not answer: turn it over. */
  | { readonly event: 'invalidMedia' };

/**
 * `noMedia` no card or torn off half-way · `invalidMedia` chip answers nonsense or lies about
 * lengths, or is no social-security card · `securityFail` the card wants an authentication that
 * this kiosk cannot give (version 3.x without its step) · `protocolNotSupported` this card can't be
 * used here: a storage card without a processor (gate card, canteen card) in the reader's field.
 */
export type CardReadFault = 'noMedia' | 'invalidMedia' | 'securityFail' | 'protocolNotSupported';

/** 社会保障卡, EF05 and EF06 under SSSE (insurance interface E.1). */
export interface SocialSecurityCard {
  /** 卡的识别码: 32 hex characters, `card_sn` at the wire. */
  readonly cardId: Secret<string>;
  /** 卡号: up to 9 ASCII characters, `mdtrt_cert_no` for certificate type 03. */
  readonly cardNumber: Secret<string>;
  /** 社会保障号码 (= 公民身份号码), 18 characters. */
  readonly socialSecurityNumber: Secret<string>;
  /** 姓名, both records joined as bytes before decoding. */
  readonly name: Secret<string>;
  /** `1.00`, `2.00`, `3.00` … as the card says it. */
  readonly specificationVersion: string;
  /** 发卡地区行政区划代码: the first six digits of the card id. */
  readonly issuerArea: string;
  /** YYYYMMDD, or `undefined` when the card holds none. */
  readonly validUntil: string | undefined;
  readonly sex: Secret<string> | undefined;
  /** YYYYMMDD */
  readonly birthDate: Secret<string> | undefined;
}

/** `noMedia` nothing to push out · `mediaJammed` it is still in the slot · `invalidMedia` a card that does not answer stays where it is. */
export type EjectFault = 'noMedia' | 'mediaJammed' | 'invalidMedia';

export interface CardReader extends Device {
  readonly deviceClass: 'cardReader';
  readonly media: CardMedia;
  onCardEvent(listener: (event: CardReaderEvent) => void): Unsubscribe;
  /** Reads EF05 and EF06. The card may be taken out as soon as this completes. */
  readSocialSecurityCard(options: CommandOptions): Promise<Completion<SocialSecurityCard, CardReadFault>>;
  /** Pushes the card out, never in; done means that the slot says it is empty. `unsupportedCommand` without a motor. */
  ejectMedia(options: CommandOptions): Promise<Completion<void, EjectFault>>;
}
