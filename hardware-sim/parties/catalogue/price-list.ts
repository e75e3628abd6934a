/**
 * The price list of the invented hospital, as its price office would publish it: every item that stands on its bills,
 * and some hundreds of plain generic ones. Written in the product's form (docs/interfaces/price-list.md) a second time.
 */
import { CATALOGUE, type CatalogueItem } from './catalogue.ts';
import {
  CONSUMABLE_MODELS,
  CONSUMABLE_NAMES,
  DEVICE_MAKERS,
  DRUG_FORMS,
  DRUG_NAMES,
  MAKERS,
  SERVICE_NAMES,
  SERVICE_PLACES,
} from './invented-items-table.ts';

/** Never published, whatever the hospital's list says; and out of force since the new year. */
const UNPUBLISHED: ReadonlySet<string> = new Set(['newItem']);
const OLD: ReadonlySet<string> = new Set(['oldCode']);

export type ListedItem = Record<string, unknown> & { readonly kind: string; readonly code: string };

export interface DemoPriceList {
  readonly head: Record<string, unknown> & { readonly institution: string; version: number };
  readonly items: ListedItem[];
}

/** A fresh object each time: a test may change it before it is signed. `institution`: `fixmedins_code`. */
export function demoPriceList(institution: string, more = 0): DemoPriceList {
  const items = [...CATALOGUE.filter(({ key }) => !UNPUBLISHED.has(key)).map(billed), ...invented(more)];
  return {
    head: {
      format: 'yizhan-price-list/1',
      id: 'demo-prices',
      version: 1,
      publishedOn: '2026-01-01',
      institution,
      ownership: 'public',
      items: items.length,
      madeFrom: { service: '1', drug: '1', consumable: '1' },
    },
    items,
  };
}

/** One JSON a line; the head counts the items. */
export function priceListBytes({ head, items }: DemoPriceList): Uint8Array {
  const lines = [{ ...head, items: items.length }, ...items].map((line) => `${JSON.stringify(line)}\n`);
  return new TextEncoder().encode(lines.join(''));
}

function billed(item: CatalogueItem): ListedItem {
  const { code, hospitalCode, name, specification, unit, price } = item;
  const common = {
    ...{ code, hospitalCode, unit, price, from: '2020-01-01' },
    ...(OLD.has(item.key) && { until: '2026-01-01' }),
  };
  if (code.startsWith('C')) return consumable(name, specification, { ...common, maker: '演示医疗器械一厂' });
  if (/^\d/.test(code)) return service(name, common);
  const names = { genericName: name, tradeName: '演示牌', form: form(name) };
  return {
    kind: 'drug',
    ...common,
    ...names,
    specification,
    maker: '演示制药一厂',
    level: item.rule.level,
    list: '药品目录',
  };
}

interface Priced {
  readonly code: string;
  readonly unit: string;
  readonly price: string;
  readonly from: string;
}

function service(name: string, priced: Priced, selfPriced = /自费|特需/.test(name)): ListedItem {
  return {
    kind: 'service',
    ...priced,
    name,
    contents: `演示内涵：${name}所需的准备、操作、观察、记录。`,
    excluded: '无',
    note: selfPriced ? '演示项目，由医院自主定价' : '演示项目，按次计价',
    list: '医疗服务价格项目目录',
    ...(selfPriced ? { selfPriced: true, pricedBy: '本院' } : { pricedBy: '演示市医疗保障局' }),
  };
}

function consumable(name: string, model: string, priced: Priced & { readonly maker: string }): ListedItem {
  return {
    kind: 'consumable',
    ...priced,
    certificateName: `${name}（演示注册证）`,
    name,
    certificateSpecification: model.split(' ').at(-1) ?? model,
    certificateModel: model.split(' ')[0] ?? model,
    list: '医用耗材目录',
  };
}

function form(name: string): string {
  return /胶囊/.test(name) ? '胶囊剂' : /颗粒/.test(name) ? '颗粒剂' : '片剂';
}

/** All combinations once, then again under other makers until there are `more` of them. */
function invented(more: number): readonly ListedItem[] {
  const items = [...inventedServices(), ...inventedDrugs(), ...inventedConsumables()];
  for (let round = 1; items.length < more; round += 1) {
    items.push(...inventedDrugs(round), ...inventedServices(round), ...inventedConsumables(round));
  }
  return more === 0 ? items : items.slice(0, more);
}

const number = (value: number, digits: number): string => String(value).padStart(digits, '0');
const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${number(fen % 100, 2)}`;
const again = (round: number): string => (round === 0 ? '' : `${number(round, 4)}号`);

function inventedServices(round = 0): readonly ListedItem[] {
  return SERVICE_NAMES.flatMap((name, at) =>
    SERVICE_PLACES.map((place, variant) => {
      const priced = {
        code: `9977${number(round, 4)}${number(at * 10 + variant, 7)}`,
        unit: /护理|床位/.test(name) ? '日' : '次',
        price: yuan(600 + ((at * 7919 + variant * 1301 + round * 53) % 48_000)),
        from: '2020-01-01',
      };
      return service(`${name}${again(round)}${place}`, priced, variant === 1);
    }),
  );
}

function inventedDrugs(round = 0): readonly ListedItem[] {
  return DRUG_NAMES.flatMap((name, at) =>
    DRUG_FORMS.map(([form, unit, specification], variant) => {
      const fen = 350 + ((at * 4547 + variant * 977 + round * 31) % 16_000);
      return {
        kind: 'drug',
        code: `X98${number(round, 4)}A${number(at * 10 + variant, 5)}`,
        genericName: `${name}${form}`,
        tradeName: `演示${again(round)}`,
        specification,
        form: form.endsWith('片') ? '片剂' : form,
        maker: MAKERS[(at + variant + round) % MAKERS.length] ?? '',
        level: (['01', '02', '02', '03'] as const)[(at + variant) % 4] ?? '01',
        unit,
        price: yuan(fen),
        purchasePrice: yuan(fen),
        pricedBy: '演示省医药集中采购平台',
        list: '药品目录',
        from: '2020-01-01',
      };
    }),
  );
}

function inventedConsumables(round = 0): readonly ListedItem[] {
  return CONSUMABLE_NAMES.flatMap((name, at) =>
    CONSUMABLE_MODELS.map((model, variant) => {
      const fen = 80 + ((at * 3331 + variant * 211 + round * 17) % 20_000);
      return consumable(`${name}${again(round)}`, model, {
        code: `C98${number(round, 4)}${number(at * 10 + variant, 6)}`,
        unit: /线|针|管|棉签/.test(name) ? '根' : '个',
        price: yuan(fen),
        from: '2020-01-01',
        maker: DEVICE_MAKERS[(at + variant + round) % DEVICE_MAKERS.length] ?? '',
      });
    }),
  );
}
