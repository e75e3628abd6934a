/** The price pages of the contract: what they show and what can be done on them; messages.ts gives all of it to the page. */

/** 服务 药品 耗材 */
export type PriceKind = 'service' | 'drug' | 'consumable';

/** Which edition of the published prices a page shows. */
export interface PriceEditionOnScreen {
  readonly version: number;
  /** yyyy-MM-dd */
  readonly publishedOn: string;
  /** The centre has newer catalogues: engineers know, and nothing dated is printed (Z-5.2.2). */
  readonly old: boolean;
  /** A public hospital: medicines and consumables are sold at what it pays (零加成, SZ-181). */
  readonly zeroMarkup: boolean;
}

export interface PriceRow {
  /** `med_list_codg` */
  readonly code: string;
  readonly name: string;
  /** What tells two of one name apart; may be empty. */
  readonly detail: string;
  readonly unit: string;
  /** Decimal yuan as the list writes it. */
  readonly price: string;
  /** 自主定价 */
  readonly selfPriced: boolean;
}

/** The fields that have to be published, by kind (SZ-187, SZ-188, SZ-189). */
export type PriceFieldName =
  | 'code'
  | 'name'
  | 'unit'
  | 'price'
  | 'contents'
  | 'excluded'
  | 'note'
  | 'genericName'
  | 'tradeName'
  | 'specification'
  | 'form'
  | 'maker'
  | 'level'
  | 'certificateName'
  | 'certificateSpecification'
  | 'certificateModel';

export interface PriceItemOnScreen {
  readonly kind: PriceKind;
  readonly code: string;
  /** In the standard's own order; `level` is 01, 02 or 03. */
  readonly fields: readonly { readonly field: PriceFieldName; readonly value: string }[];
  readonly selfPriced: boolean;
  /** 定价主体, where the list names it. */
  readonly pricedBy: string | undefined;
}

/** Whether prices can be had on paper, or why not; `limit`: enough was printed within the hour. */
export type PricePaper = 'can' | 'printing' | 'printed' | 'none' | 'limit' | 'old';

export type PriceScreen =
  /** 价格公示: looked for by code, name or pinyin, without any identity (SZ-185, Z-6.3.1). */
  | {
      readonly name: 'S-PRICE';
      /** Whose rows are shown; `none` while it is being typed. */
      readonly kind: PriceKind | 'none';
      /** What was looked for; the page may have typed on meanwhile. */
      readonly query: string;
      /** How many there are of each kind, up to `most`. */
      readonly found: Readonly<Record<PriceKind, number>>;
      readonly most: number;
      readonly rows: readonly PriceRow[];
      readonly edition: PriceEditionOnScreen;
      /** How many items are kept for one print-out. */
      readonly kept: number;
    }
  /** One item with everything that has to be published about it. */
  | {
      readonly name: 'S-PRICE-ITEM';
      readonly item: PriceItemOnScreen;
      readonly edition: PriceEditionOnScreen;
      readonly kept: number;
      readonly isKept: boolean;
      readonly paper: PricePaper;
    }
  /** What is printed together, at most twenty. */
  | {
      readonly name: 'S-PRICE-LIST';
      readonly rows: readonly PriceRow[];
      readonly edition: PriceEditionOnScreen;
      readonly paper: PricePaper;
    };

export type PriceIntent =
  /** 价格公示, from the home screen and from every one before paying. */
  | { readonly do: 'prices' }
  | { readonly do: 'priceSearch'; readonly kind: PriceKind | 'none'; readonly text: string }
  | { readonly do: 'priceItem'; readonly code: string }
  /** Keep the shown item for one print-out with others, or not. */
  | { readonly do: 'priceKeep'; readonly keep: boolean }
  /** To what is kept. */
  | { readonly do: 'priceList' }
  | { readonly do: 'print' };
