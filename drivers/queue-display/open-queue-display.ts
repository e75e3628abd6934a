/** The text display that the device map means. */
import type { Clock, DeviceBus } from '../ports.ts';
import { LedQueueDisplay } from './led-queue-display.ts';
import type { TextQueueDisplay } from './text-queue-display.ts';
import { VfdQueueDisplay } from './vfd-queue-display.ts';

/** `bx5` LED text display · `cd5220` two rows of twenty glowing characters. */
export const queueDisplayProfileNames = ['bx5', 'cd5220'] as const;
export type QueueDisplayProfileName = (typeof queueDisplayProfileNames)[number];

export function openQueueDisplay(options: {
  readonly id: string;
  readonly address: string;
  readonly bus: Pick<DeviceBus, 'openByteLink'>;
  readonly clock: Clock;
  readonly cells: number;
  readonly rows: number;
  readonly profile?: QueueDisplayProfileName | undefined;
}): TextQueueDisplay {
  return options.profile === 'cd5220' ? new VfdQueueDisplay(options) : new LedQueueDisplay(options);
}
