/**
 * Invented people whom no insurance knows: a visitor with a passport, a newborn
 * without any papers, and somebody who has only the hospital's card (就诊卡).
 */

export interface PersonWithoutInsurance {
  readonly key: string;
  readonly name: string;
  readonly sex: 'male' | 'female';
  /** yyyy-MM-dd */
  readonly born: string;
  /** `psn_cert_type`: 01 identity card, 07 passport. */
  readonly certificate: { readonly type: '01' | '07'; readonly number: string } | undefined;
  /** Key of the mother, for a newborn. */
  readonly mother: string | undefined;
  readonly visitCard: string;
}

export const PEOPLE_WITHOUT_INSURANCE: readonly PersonWithoutInsurance[] = [
  {
    key: 'visitor',
    name: 'YAN SHILI',
    sex: 'female',
    born: '1994-02-17',
    certificate: { type: '07', number: 'XX9900017' },
    mother: undefined,
    visitCard: 'JZ99000000901',
  },
  {
    key: 'newborn',
    name: '王演三之女',
    sex: 'female',
    born: '2026-02-27',
    certificate: undefined,
    mother: 'li',
    visitCard: 'JZ99000000902',
  },
  {
    key: 'cardOnly',
    name: '何演卡',
    sex: 'male',
    born: '1990-09-09',
    certificate: undefined,
    mother: undefined,
    visitCard: 'JZ99000000903',
  },
];
