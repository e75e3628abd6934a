/**
 * The national catalogues at the centre: 1301 drugs, 1305 services, 1306 consumables. Who asks with the largest version
 * that it has is told how many newer records there are, and under which number their file can be fetched.
 */
import { NumberText, textOf, type WireObject } from '../wire-json.ts';
import { Refusal } from './refusal.ts';

export type CatalogueKind = 'drug' | 'service' | 'consumable';

const KINDS: Readonly<Record<string, CatalogueKind>> = { '1301': 'drug', '1305': 'service', '1306': 'consumable' };
/** Records of one publication. */
const RECORDS = 12;

export class CatalogueDesk {
  readonly #versions: Record<CatalogueKind, number> = { drug: 1, service: 1, consumable: 1 };
  #files = 0;

  /** The newest version of each, as it is written into `ver`. */
  get versions(): Readonly<Record<CatalogueKind, string>> {
    const { drug, service, consumable } = this.#versions;
    return { drug: String(drug), service: String(service), consumable: String(consumable) };
  }

  /** Hands at the centre: a newer catalogue is published. */
  publish(kind: CatalogueKind): void {
    this.#versions[kind] += 1;
  }

  /** @throws Refusal */
  answer(transaction: string, data: WireObject): WireObject {
    const kind = KINDS[transaction];
    const known = Number(textOf(data, 'ver'));
    if (!kind || !Number.isInteger(known)) throw new Refusal('版本号不正确');
    const newer = this.#versions[kind] - known;
    if (newer <= 0) return { file_qury_no: '', filename: '', dld_end_time: null, data_cnt: new NumberText('0') };
    this.#files += 1;
    return {
      file_qury_no: `fsi/catalogue/${transaction}/${this.#files}`,
      filename: `${transaction}_${this.#versions[kind]}.txt.zip`,
      dld_end_time: null,
      data_cnt: new NumberText(String(newer * RECORDS)),
    };
  }
}
