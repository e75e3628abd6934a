/**
 * 1301, 1305, 1306: whether the centre has a newer national catalogue than the one a price list was made from.
 *
 * The transaction names the file of everything newer than `ver`; how many records that would be (`data_cnt`) is the
 * answer. The file itself (9102) is the price office's to work with, never this kiosk's. It only asks.
 */
import type { Fields } from '../json-fields.ts';
import type { PlatformAnswer } from './insurance-platform.ts';
import type { PlatformLine } from './platform-line.ts';
import { transactions } from './transactions.ts';

/** 1301 西药中成药, 1305 医疗服务项目, 1306 医用耗材. */
export type NationalCatalogue = 'drug' | 'service' | 'consumable';

export interface CatalogueNews {
  /** @param version `ver`: the largest that is known here. → how many newer records there are */
  newerThan(catalogue: NationalCatalogue, version: string): Promise<PlatformAnswer<number>>;
}

const asked = {
  drug: transactions.drugCatalogue,
  service: transactions.serviceCatalogue,
  consumable: transactions.consumableCatalogue,
} as const;

export class NationalCatalogueNews implements CatalogueNews {
  readonly #line: PlatformLine;

  constructor(line: PlatformLine) {
    this.#line = line;
  }

  newerThan(catalogue: NationalCatalogue, version: string): Promise<PlatformAnswer<number>> {
    return this.#line.send({ transaction: asked[catalogue], input: { data: { ver: version } }, read: readCount });
  }
}

/** Sources differ on whether the fields stand in a node of their own. */
function readCount(output: Fields): number {
  const node = ['fileinfo', 'data'].find((name) => output.has(name));
  const fields = node === undefined ? output : output.object(node);
  const count = fields.optionalText('data_cnt');
  if (count !== undefined) return /^\d{1,9}$/.test(count) ? Number(count) : fields.integer('data_cnt');
  // No count, but a file: there is something in it. Neither: nothing is newer.
  return fields.has('file_qury_no') ? 1 : 0;
}
