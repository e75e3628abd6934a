/** A queue display behind a BX-5 LED card: every row an area of its own, and "shown" is the card's ACK. */
import { areasData, BX, clearData, pingData } from './bx-commands.ts';
import { BxReader, encodeBxFrame } from './bx-frame.ts';
import type { DisplayDialect } from './display-dialect.ts';
import { encodeRow } from './display-rows.ts';
import { TextQueueDisplay, type TextQueueDisplayOptions } from './text-queue-display.ts';

export interface LedQueueDisplayOptions extends TextQueueDisplayOptions {
  /** What the card's font holds. Default: `gbk`. */
  readonly charset?: 'gbk' | 'gb18030-2000';
  /** The card's station address. Default: 1. */
  readonly station?: number;
}

const ROW_DOTS = 16;
const STILL = { mode: 1, speed: 4, stay: 2, lines: 1, breaks: 1, timeoutS: 2 } as const;

export class LedQueueDisplay extends TextQueueDisplay {
  constructor(options: LedQueueDisplayOptions) {
    super(options, bx5(options));
  }
}

function bx5({ cells, rows, charset = 'gbk', station = 1 }: LedQueueDisplayOptions): DisplayDialect {
  const reader = new BxReader();
  return {
    name: 'bx5',
    charset,
    show: (texts) => {
      const areas = Array.from({ length: rows }, (_, at) => ({
        ...{ id: at, y: at * ROW_DOTS, width: cells, height: ROW_DOTS, ...STILL },
        text: encodeRow(texts[at] ?? ' ', charset) ?? Uint8Array.of(0x20),
      }));
      return encodeBxFrame(station, areasData(areas));
    },
    clear: encodeBxFrame(station, clearData),
    wake: encodeBxFrame(station, pingData),
    hears: {
      push: (bytes) =>
        reader.push(bytes).map(({ device, group, command }) => ({
          good: group === BX.ack[0] && command === BX.ack[1],
          identity: `BX ${device.toString(16).padStart(2, '0')}`,
        })),
      reset: () => reader.reset(),
    },
  };
}
