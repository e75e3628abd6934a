/**
 * The contract of a 居民身份证阅读机具 (XFS4IoT CardReader, contactless).
 *
 * A card is put on it, read whole, and may be taken away. The reader keeps
 * nothing; the photo goes to whoever asked for it by name and to nobody else.
 */
import type { CardMedia, CardReaderEvent } from '../card-reader/card-reader.ts';
import type { CommandOptions, Completion, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';
import type { Secret } from '../secret.ts';
import type { WipeableBytes } from '../wipeable.ts';

/**
 * `noMedia` no card, or lifted before it was read · `invalidMedia` no identity card, or it holds
 * what no such card holds (a number that fails its check digit included) · `securityFail` card and
 * security module do not accept each other: a forged card is one reason.
 */
export type IdCardReadFault = 'noMedia' | 'invalidMedia' | 'securityFail';

interface EveryIdCard {
  /** 姓名; of a foreigner the name in Latin letters. */
  readonly name: Secret<string>;
  /** GB/T 2261.1: 0 unknown 未知, 1 male 男, 2 female 女, 9 not said 未说明. */
  readonly sex: Secret<string>;
  /** 出生日期, YYYYMMDD. */
  readonly birthDate: Secret<string>;
  /** 证件号码 as printed on the card. */
  readonly number: Secret<string>;
  /** 有效期起始日期, YYYYMMDD. */
  readonly validFrom: string;
  /** 有效期截止日期, YYYYMMDD; `longTerm` = 长期. */
  readonly validUntil: string;
}

/** 居民身份证 of a mainland citizen. */
export interface ResidentIdCard extends EveryIdCard {
  readonly kind: 'residentIdCard';
  /** 民族 by GB/T 3304: 01 汉 … 56 基诺, 97 other, 98 naturalised. */
  readonly ethnicity: Secret<string>;
  /** 住址; `undefined` when the field is empty. */
  readonly address: Secret<string> | undefined;
  /** 签发机关. */
  readonly issuingAuthority: Secret<string>;
}

/** 港澳台居民居住证 (type mark J): number from 81, 82 or 83. */
export interface HongKongMacaoTaiwanResidencePermit extends EveryIdCard {
  readonly kind: 'hongKongMacaoTaiwanResidencePermit';
  readonly address: Secret<string> | undefined;
  readonly issuingAuthority: Secret<string>;
  /** 通行证号码: the travel document, up to nine characters. */
  readonly travelPermitNumber: Secret<string> | undefined;
  /** 签发次数. */
  readonly issueCount: number | undefined;
}

/** 外国人永久居留身份证: `2017` has 15 characters (type mark I), `2023` has 18 digits from 9 (type mark Y). */
export interface ForeignPermanentResidentCard extends EveryIdCard {
  readonly kind: 'foreignPermanentResidentCard';
  readonly form: '2017' | '2023';
  /** 中文姓名, when the holder has one. */
  readonly chineseName: Secret<string> | undefined;
  /** 国籍或所在地区代码, three letters (GB/T 2659). */
  readonly nationality: Secret<string>;
  /** 当次申请受理机关代码; 2017 only. */
  readonly acceptingAuthorityCode: string | undefined;
  /** 证件版本号; 2017 only. */
  readonly documentVersion: string | undefined;
  /** 换证次数; 2023 only. */
  readonly issueCount: number | undefined;
  /** 既往版本外国人永久居留证件号码关联项: three characters of the older number; 2023 only. */
  readonly earlierNumberLink: Secret<string> | undefined;
}

export type IdCard = ResidentIdCard | HongKongMacaoTaiwanResidencePermit | ForeignPermanentResidentCard;

export interface IdCardReadOptions extends CommandOptions {
  /**
   * Takes the chip's photo: 1024 bytes of WLT, 102 × 126 pixels once a licensed decoder has opened
   * them. Called at most once, before the read completes, and only when the text was good. Whoever
   * takes it wipes it. Left out: the photo is overwritten before anyone sees it.
   */
  readonly photoTo?: (photo: WipeableBytes) => void;
}

export interface IdCardReader extends Device {
  readonly deviceClass: 'idCardReader';
  /** `unknown`: the module can not say whether a card that was read still lies there. */
  readonly media: CardMedia;
  /** Somebody stands here: it is looked for a card more often for a while. */
  attend(): void;
  onCardEvent(listener: (event: CardReaderEvent) => void): Unsubscribe;
  readIdCard(options: IdCardReadOptions): Promise<Completion<IdCard, IdCardReadFault>>;
}
