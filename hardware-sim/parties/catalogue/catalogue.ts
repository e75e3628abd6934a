/**
 * What the invented hospital sells: drugs, services and materials with codes of
 * the national form, published prices and how the insurance covers them.
 */
import type { FeeRule } from '../insurance/fund-calculation.ts';

export interface CatalogueItem {
  /** Handle for bills, e.g. `examFee`. */
  readonly key: string;
  /** `med_list_codg` */
  readonly code: string;
  /** `medins_list_codg` */
  readonly hospitalCode: string;
  readonly name: string;
  readonly specification: string;
  readonly unit: string;
  /** Published price, yuan text. */
  readonly price: string;
  /** `med_chrgitm_type` */
  readonly category: string;
  readonly rule: FeeRule;
}

type Cover = '甲' | '自费' | { readonly selfPayBp: number; readonly ceiling?: string };

function item(
  key: string,
  code: string,
  words: readonly [name: string, specification: string, unit: string],
  price: string,
  category: string,
  cover: Cover,
): CatalogueItem {
  return {
    key,
    code,
    hospitalCode: `SIM-${key}`,
    name: words[0],
    specification: words[1],
    unit: words[2],
    price,
    category,
    rule: ruleOf(cover),
  };
}

function ruleOf(cover: Cover): FeeRule {
  if (cover === '甲') return { level: '01', selfPayBp: 0, ceiling: undefined };
  if (cover === '自费') return { level: '03', selfPayBp: 10_000, ceiling: undefined };
  return { level: '02', selfPayBp: cover.selfPayBp, ceiling: cover.ceiling };
}

export const CATALOGUE: readonly CatalogueItem[] = [
  item('examFee', '990102000010000', ['普通门诊诊察费', '次', '次'], '50.00', '02', '甲'),
  item('tablets', 'X99AA01A001A00101010101', ['演示片', '0.5g×24片', '盒'], '36.50', '09', '甲'),
  item('capsules', 'X99AA02B002E00101010202', ['示例胶囊(乙类)', '20mg×14粒', '盒'], '128.80', '09', {
    selfPayBp: 1_000,
    ceiling: '120.00',
  }),
  item('scan', '990203000020000', ['演示检查', '单侧', '次'], '260.00', '03', { selfPayBp: 500 }),
  item('vitamins', 'X99ZZ09Z009Z00999090909', ['自费营养片', '60片', '瓶'], '45.60', '09', '自费'),
  item('bloodTest', '990304000030000', ['演示血常规', '次', '次'], '18.00', '04', '甲'),
  item('granules', 'Z99AA010001010101010', ['演示颗粒', '10g×9袋', '盒'], '23.40', '11', { selfPayBp: 500 }),
  item('own19999', '990901000041999', ['自费项目甲', '次', '次'], '199.99', '14', '自费'),
  item('own20000', '990901000042000', ['自费项目乙', '次', '次'], '200.00', '14', '自费'),
  item('own20001', '990901000042001', ['自费项目丙', '次', '次'], '200.01', '14', '自费'),
  item('own12000', '990901000041200', ['自费项目丁', '次', '次'], '120.00', '14', '自费'),
  item('own8000', '990901000040800', ['自费项目戊', '次', '次'], '80.00', '14', '自费'),
  // What the rules of the pack turn on; the price office knows all but the first.
  item('newItem', '990909000099000', ['新开展项目', '次', '次'], '88.00', '05', '甲'),
  item('oldCode', '990505000050000', ['停用编码项目', '次', '次'], '30.00', '05', '甲'),
  item('specialExam', '990102000090000', ['特需诊察费', '次', '次'], '150.00', '02', '自费'),
  item('testPanel', '990304000039000', ['血常规加网织红细胞', '次', '次'], '26.00', '04', '甲'),
  item('oncology', 'X99XC03C003B00301030303', ['限定支付演示药', '10mg×30片', '盒'], '90.00', '09', {
    selfPayBp: 1_000,
  }),
  item('tracedDrug', 'X99AT04D004A00401040404', ['追溯演示片', '20片', '盒'], '21.50', '09', '甲'),
  item('childTest', '990304000031400', ['新生儿筛查', '次', '次'], '45.00', '04', '甲'),
  item('own3000', 'C99010100100001000010000001', ['自费敷料', '10cm×10cm', '片'], '30.00', '08', '自费'),
  item('bed', '991101000010000', ['普通病房床位费', '日', '日'], '60.00', '01', '甲'),
  item('nursing', '991201000020000', ['演示二级护理', '日', '日'], '28.00', '07', '甲'),
  item('operation', '993301000030000', ['演示手术', '次', '次'], '20000.00', '06', { selfPayBp: 500 }),
  item('privateRoom', '991109000040000', ['自费特需病房差价', '日', '日'], '300.00', '01', '自费'),
];

/** @throws RangeError for a key that no item has. */
export function itemByKey(key: string): CatalogueItem {
  const found = CATALOGUE.find((entry) => entry.key === key);
  if (!found) throw new RangeError(`No catalogue item has the key ${JSON.stringify(key)}.`);
  return found;
}

export function itemByCode(code: string): CatalogueItem | undefined {
  return CATALOGUE.find((entry) => entry.code === code);
}
