/** Prices on paper, in Chinese. */
import type { PriceField } from '../../catalogue/price-item.ts';

export const priceZh = {
  priceTitle: '价格公示单',
  edition: '价格版本',
  publishedOn: '公布日期',
  printedOn: '打印时间',
  selfPriced: '自主定价',
  pricedBy: '定价主体',
  zeroMarkup: '本院药品、医用耗材按进价销售(零加成)。',
  onlyThese: '不在公示的价格之外另行收费。',
  ways: '价格查询方式',
  person: '人工: 到{window}',
  electronic: '电子: 本机"价格公示"',
  paper: '纸质: 在本机打印',
  hospitalPhone: '价格咨询、投诉(本院)',
  hotline: '政务服务热线',
} as const;

export type PriceTextId = keyof typeof priceZh;

export const priceFieldsZh: Readonly<Record<PriceField, string>> = {
  code: '项目编码',
  name: '名称',
  unit: '计价单位',
  price: '价格(元)',
  contents: '项目内涵',
  excluded: '除外内容',
  note: '项目说明',
  genericName: '通用名',
  tradeName: '商品名',
  specification: '规格',
  form: '剂型',
  maker: '生产厂家',
  level: '医保属性',
  certificateName: '注册证名称',
  certificateSpecification: '注册证规格',
  certificateModel: '注册证型号',
};

export const priceLevelsZh: Readonly<Record<'01' | '02' | '03', string>> = { '01': '甲类', '02': '乙类', '03': '自费' };
