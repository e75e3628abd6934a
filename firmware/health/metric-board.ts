/**
 * The present metrics of the node or of one device, and which of them the fleet does not know yet.
 *
 * One promise: a value that the table refuses is never kept, so it can never be sent.
 */
import type { MetricTable, MetricType, MetricValue } from './health-metrics.ts';
import type { Metric } from './payload-codec.ts';

interface Cell {
  readonly name: string;
  readonly type: MetricType;
  value: MetricValue;
  /** What the last birth or data message said. */
  reported: MetricValue;
  changedAtWallMs: number;
}

export class MetricBoard {
  readonly #rules: MetricTable;
  readonly #cells: ReadonlyMap<string, Cell>;

  constructor(rules: MetricTable) {
    this.#rules = rules;
    this.#cells = new Map(
      [...rules].map(([name, { type }]) => [name, { name, type, value: null, reported: null, changedAtWallMs: 0 }]),
    );
  }

  /** Answers false when the name or the value is not on the allow-list; the old value then stands. */
  set(name: string, value: MetricValue, atWallMs: number): boolean {
    const cell = this.#cells.get(name);
    if (!cell || !this.#rules.get(name)?.accepts(value)) return false;
    if (cell.value !== value) {
      cell.value = value;
      cell.changedAtWallMs = atWallMs;
    }
    return true;
  }

  get changed(): boolean {
    for (const cell of this.#cells.values()) if (cell.value !== cell.reported) return true;
    return false;
  }

  /** Every metric as it stands at this moment; all of them count as reported. */
  takeAll(atWallMs: number): readonly Metric[] {
    return [...this.#cells.values()].map((cell) => {
      cell.reported = cell.value;
      return { name: cell.name, type: cell.type, value: cell.value, atWallMs };
    });
  }

  /** What differs from the last report, oldest change first; it counts as reported. */
  takeChanges(): readonly Metric[] {
    const changes = [...this.#cells.values()].filter((cell) => cell.value !== cell.reported);
    for (const cell of changes) cell.reported = cell.value;
    return changes
      .map(({ name, type, value, changedAtWallMs }) => ({ name, type, value, atWallMs: changedAtWallMs }))
      .sort((one, other) => one.atWallMs - other.atWallMs);
  }
}
