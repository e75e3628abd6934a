/** The English beside the Chinese on a price list. */
import type { PriceField } from '../../catalogue/price-item.ts';
import type { PriceTextId } from './zh-prices.ts';

export const priceEn: Readonly<Record<PriceTextId, string>> = {
  priceTitle: 'Published prices',
  edition: 'Edition',
  publishedOn: 'Published on',
  printedOn: 'Printed',
  selfPriced: "Hospital's own price",
  pricedBy: 'Priced by',
  zeroMarkup: 'Medicine and consumables are sold at what the hospital pays.',
  onlyThese: 'Nothing is charged beyond the published prices.',
  ways: 'Ways to ask for prices',
  person: 'A person: {window}',
  electronic: 'Screen: "Prices" on this kiosk',
  paper: 'Paper: printed here',
  hospitalPhone: 'Prices, complaints (hospital)',
  hotline: 'Government hotline',
};

export const priceFieldsEn: Readonly<Record<PriceField, string>> = {
  code: 'Item code',
  name: 'Name',
  unit: 'Unit',
  price: 'Price (yuan)',
  contents: 'What is included',
  excluded: 'Not included',
  note: 'Note',
  genericName: 'Generic name',
  tradeName: 'Trade name',
  specification: 'Strength',
  form: 'Form',
  maker: 'Maker',
  level: 'Insurance class',
  certificateName: 'Registered name',
  certificateSpecification: 'Registered size',
  certificateModel: 'Registered model',
};

export const priceLevelsEn: Readonly<Record<'01' | '02' | '03', string>> = {
  '01': 'Class A',
  '02': 'Class B',
  '03': 'Self-pay',
};
