/**
 * One published price with what has to be published beside it: services, drugs and consumables (Z-6.3.1, SZ-185 to
 * SZ-189). Prices are decimal yuan as the list writes them, never floating numbers; days are yyyy-MM-dd.
 */

/** 医疗服务项目 药品 医用耗材 */
export const itemKinds = ['service', 'drug', 'consumable'] as const;
export type ItemKind = (typeof itemKinds)[number];

interface Common {
  /** 项目编码: `med_list_codg` of the national lists. */
  readonly code: string;
  /** `medins_list_codg`, the hospital's own. */
  readonly hospitalCode?: string;
  /** 计价单位 */
  readonly unit: string;
  /** Price that is charged here, decimal yuan. */
  readonly price: string;
  /** Name of the list it stands in, e.g. 医疗服务价格项目目录. */
  readonly list: string;
  /** 自主定价: the hospital itself set this price (市场调节价). */
  readonly selfPriced?: boolean;
  /** 定价主体; there whenever the price is the hospital's own. */
  readonly pricedBy?: string;
  /** First day on which it may be charged. */
  readonly from: string;
  /** First day on which it may not be charged any more. */
  readonly until?: string;
}

/** SZ-187: seven fields. */
export interface ServiceItem extends Common {
  readonly kind: 'service';
  /** 项目名称 */
  readonly name: string;
  /** 项目内涵 */
  readonly contents: string;
  /** 除外内容 */
  readonly excluded: string;
  /** 项目说明 */
  readonly note: string;
  /** An item of the hospital's own, filed under this number (SZ-142); empty = not filed. */
  readonly ownItemFiling?: string;
}

/** SZ-188: eight fields. */
export interface DrugItem extends Common {
  readonly kind: 'drug';
  /** 通用名 */
  readonly genericName: string;
  /** 商品名 */
  readonly tradeName: string;
  /** 规格 */
  readonly specification: string;
  /** 剂型 */
  readonly form: string;
  /** 生产厂家 */
  readonly maker: string;
  /** 医保属性: 01 甲 02 乙 03 自费 */
  readonly level: '01' | '02' | '03';
  /** What the hospital pays, decimal yuan: a public one sells no dearer (零加成, SZ-181). */
  readonly purchasePrice?: string;
}

/** SZ-189: seven fields. */
export interface ConsumableItem extends Common {
  readonly kind: 'consumable';
  /** 注册证名称 */
  readonly certificateName: string;
  /** 产品名称 */
  readonly name: string;
  /** 注册证规格 */
  readonly certificateSpecification: string;
  /** 注册证型号 */
  readonly certificateModel: string;
  /** 生产厂家 */
  readonly maker: string;
  readonly purchasePrice?: string;
}

export type PriceItem = ServiceItem | DrugItem | ConsumableItem;

/** Any field that the law wants published, by the name it has in the list. */
export type PriceField = Exclude<
  keyof ServiceItem | keyof DrugItem | keyof ConsumableItem,
  'kind' | 'list' | 'selfPriced' | 'pricedBy' | 'from' | 'until' | 'hospitalCode' | 'ownItemFiling' | 'purchasePrice'
>;

/** What has to stand on screen and paper, in the standard's own order. */
export const statutoryFields: Readonly<Record<ItemKind, readonly PriceField[]>> = {
  service: ['code', 'name', 'unit', 'price', 'contents', 'excluded', 'note'],
  drug: ['genericName', 'tradeName', 'unit', 'price', 'specification', 'form', 'maker', 'level'],
  consumable: ['certificateName', 'name', 'certificateSpecification', 'certificateModel', 'unit', 'price', 'maker'],
};

/** The head of a price list: which edition of whose prices. */
export interface PriceEdition {
  /** e.g. `990100-prices` */
  readonly id: string;
  /** Grows with each edition. */
  readonly version: number;
  readonly publishedOn: string;
  /** `fixmedins_code` of the hospital whose prices these are. */
  readonly institution: string;
  readonly ownership: 'public' | 'nonProfit' | 'forProfit';
  /** How many items follow. */
  readonly items: number;
  /** Editions of the national catalogues it was made from: 1301 drugs, 1305 services, 1306 consumables. */
  readonly madeFrom: Readonly<Partial<Record<ItemKind, string>>>;
}

/** What people call it. */
export function nameOf(item: PriceItem): string {
  return item.kind === 'drug' ? item.genericName : item.name;
}

/** Every name under which somebody may look for it. */
export function namesOf(item: PriceItem): readonly string[] {
  switch (item.kind) {
    case 'service':
      return [item.name];
    case 'drug':
      return item.tradeName === item.genericName ? [item.genericName] : [item.genericName, item.tradeName];
    case 'consumable':
      return item.name === item.certificateName ? [item.name] : [item.name, item.certificateName];
  }
}

/** What tells two items of one name apart. */
export function specificationOf(item: PriceItem): string {
  switch (item.kind) {
    case 'service':
      return '';
    case 'drug':
      return `${item.specification} ${item.form}`;
    case 'consumable':
      return `${item.certificateSpecification} ${item.certificateModel}`;
  }
}

/** Its statutory fields with their values, in order. */
export function fieldsOf(item: PriceItem): readonly { readonly field: PriceField; readonly value: string }[] {
  const values = item as unknown as Readonly<Record<string, string>>;
  return statutoryFields[item.kind].map((field) => ({ field, value: values[field] ?? '' }));
}

/** Whether it may be charged on this day. */
export function inForceOn(item: Pick<PriceItem, 'from' | 'until'>, day: string): boolean {
  return item.from <= day && (item.until === undefined || day < item.until);
}
