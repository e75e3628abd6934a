/**
 * Where the 256 bytes of text of each identity document hold what (E.2), in bytes.
 *
 * Sources: insurance interface E.2; for the type marks and the 2017 and 2023
 * forms also the public headers `PCSCGetData.h` (Johann356/readinfo) and the
 * field table at afzhan.com/st170652/news_212938.html.
 */

export type Field = readonly [offset: number, bytes: number];

export const TEXT_BYTES = 256;
export const PHOTO_BYTES = 1024;

/** 证件类型标识: what decides how the rest is read. A 居民身份证 has none (its reserve is blank or an address). */
export const TYPE_MARK: Field = [248, 2];

export const RESIDENT_FIELDS = {
  name: [0, 30],
  sex: [30, 2],
  ethnicity: [32, 4],
  birthDate: [36, 16],
  address: [52, 70],
  number: [122, 36],
  issuingAuthority: [158, 30],
  validFrom: [188, 16],
  validUntil: [204, 16],
} as const satisfies Record<string, Field>;

/** Type mark J; the first 220 bytes as on a 居民身份证, 民族 left free. */
export const PERMIT_FIELDS = {
  ...RESIDENT_FIELDS,
  travelPermitNumber: [220, 18],
  issueCount: [238, 4],
} as const satisfies Record<string, Field>;

/** Type mark I. */
export const FOREIGN_2017_FIELDS = {
  name: [0, 120],
  sex: [120, 2],
  number: [122, 30],
  nationality: [152, 6],
  chineseName: [158, 30],
  validFrom: [188, 16],
  validUntil: [204, 16],
  birthDate: [220, 16],
  documentVersion: [236, 4],
  acceptingAuthorityCode: [240, 8],
} as const satisfies Record<string, Field>;

/** Type mark Y. */
export const FOREIGN_2023_FIELDS = {
  chineseName: [0, 30],
  sex: [30, 2],
  issueCount: [32, 4],
  birthDate: [36, 16],
  /** 英文姓名, characters 1–35. */
  name: [52, 70],
  number: [122, 36],
  validFrom: [188, 16],
  validUntil: [204, 16],
  /** 英文姓名, characters 36–46. */
  nameRest: [220, 22],
  nationality: [242, 6],
  earlierNumberLink: [250, 6],
} as const satisfies Record<string, Field>;
