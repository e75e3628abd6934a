/** Samples of the price pages for the gallery: long names and texts on purpose, all invented. */
import type { PriceEditionOnScreen, PriceItemOnScreen, PriceRow } from '../firmware/screen/messages.ts';
import type { Sample } from './gallery.ts';

const edition: PriceEditionOnScreen = { version: 12, publishedOn: '2026-03-01', old: false, zeroMarkup: true };
const deadline = { leftMs: 60_000, wholeMs: 60_000 };

const rows: readonly PriceRow[] = [
  ['阿莫西林胶囊', '0.25g×24粒 胶囊剂', '盒', '12.50', false],
  ['阿莫西林克拉维酸钾分散片（7:1）', '0.2285g×12片 分散片', '盒', '1286.4', false],
  ['阿莫西林颗粒', '0.125g×18袋 颗粒剂', '盒', '9.8', true],
  ['注射用阿莫西林钠', '1.0g 注射剂', '支', '0.1234', false],
  ['复方阿莫西林片', '0.25g×20片 片剂', '盒', '18.00', false],
  ['阿莫西林干混悬剂', '125mg×12袋 干混悬剂', '盒', '15.20', false],
].map(([name, detail, unit, price, selfPriced], at) => ({
  code: `X98${at}`,
  ...{ name: String(name), detail: String(detail), unit: String(unit), price: String(price) },
  selfPriced: selfPriced === true,
}));

const drug: PriceItemOnScreen = {
  kind: 'drug',
  code: 'X99AA01A001A00101010101',
  selfPriced: false,
  pricedBy: '演示省医药集中采购平台',
  fields: [
    { field: 'genericName', value: '阿莫西林克拉维酸钾分散片' },
    { field: 'tradeName', value: '演示牌' },
    { field: 'unit', value: '盒' },
    { field: 'price', value: '1286.4' },
    { field: 'specification', value: '0.2285g×12片' },
    { field: 'form', value: '分散片' },
    { field: 'maker', value: '演示制药一厂（演示市）有限公司' },
    { field: 'level', value: '02' },
  ],
};

const service: PriceItemOnScreen = {
  kind: 'service',
  code: '990102000010000',
  selfPriced: true,
  pricedBy: '演示医院',
  fields: [
    { field: 'code', value: '990102000010000' },
    { field: 'name', value: '彩色多普勒超声常规检查（床旁加急）' },
    { field: 'unit', value: '部位' },
    { field: 'price', value: '180.00' },
    {
      field: 'contents',
      value:
        '含检查前准备、定位、扫描、测量、图文报告，检查后清洁和设备消毒；同一次就诊检查两个以上部位的，从第二个部位起减半计价，不另收出片费、材料费和床旁加收费用，急诊抢救时同样执行。',
    },
    { field: 'excluded', value: '造影剂、一次性探头套' },
    { field: 'note', value: '由医院自主定价，已在价格公示栏公布，每增加一个部位加收 50%' },
  ],
};

const consumable: PriceItemOnScreen = {
  kind: 'consumable',
  code: 'C99010100100001000010000001',
  selfPriced: false,
  pricedBy: undefined,
  fields: [
    { field: 'certificateName', value: '一次性使用无菌医用敷料贴（含银离子）' },
    { field: 'name', value: '敷料贴' },
    { field: 'certificateSpecification', value: '10cm×10cm、10cm×20cm' },
    { field: 'certificateModel', value: 'A型' },
    { field: 'unit', value: '片' },
    { field: 'price', value: '30.00' },
    { field: 'maker', value: '演示医疗器械一厂' },
  ],
};

const search = { name: 'S-PRICE', most: 40, edition, kept: 0 } as const;
const none = { service: 0, drug: 0, consumable: 0 };

export const priceSamples: readonly Sample[] = [
  { title: 'S-PRICE', body: { ...search, kind: 'none', query: '', found: none, rows: [] }, deadline },
  {
    title: 'S-PRICE typed',
    body: {
      ...search,
      kind: 'none',
      query: 'amxljn',
      found: { service: 3, drug: 41, consumable: 0 },
      rows: [],
      kept: 20,
    },
  },
  { title: 'S-PRICE rows', body: { ...search, kind: 'drug', query: 'amxl', found: { ...none, drug: 6 }, rows } },
  {
    title: 'S-PRICE rows kept',
    body: { ...search, kind: 'drug', query: 'amxl', found: { service: 41, drug: 41, consumable: 41 }, rows, kept: 3 },
  },
  {
    title: 'S-PRICE nothing',
    body: { ...search, kind: 'service', query: 'qqq', found: none, rows: [], edition: { ...edition, old: true } },
  },
  {
    title: 'S-PRICE-ITEM drug',
    body: { name: 'S-PRICE-ITEM', item: drug, edition, kept: 0, isKept: false, paper: 'can' },
    deadline,
  },
  {
    title: 'S-PRICE-ITEM service',
    body: { name: 'S-PRICE-ITEM', item: service, edition, kept: 1, isKept: true, paper: 'printed' },
  },
  {
    title: 'S-PRICE-ITEM consumable printing',
    body: { name: 'S-PRICE-ITEM', item: consumable, edition, kept: 0, isKept: false, paper: 'printing' },
  },
  {
    title: 'S-PRICE-ITEM old',
    body: {
      ...{ name: 'S-PRICE-ITEM', item: service, edition: { ...edition, old: true }, kept: 1, isKept: false },
      paper: 'old',
    },
  },
  { title: 'S-PRICE-LIST', body: { name: 'S-PRICE-LIST', rows, edition, paper: 'can' }, deadline },
  { title: 'S-PRICE-LIST limit', body: { name: 'S-PRICE-LIST', rows: rows.slice(0, 2), edition, paper: 'limit' } },
];
