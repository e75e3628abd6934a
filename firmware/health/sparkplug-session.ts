/**
 * One live MQTT session of the edge node, from CONNACK to its death.
 *
 * One promise: whatever happens on the boards, what leaves is in Sparkplug's order: node birth,
 * then device births, then data, each with the next sequence number, and nothing after the death.
 */
import type { BrokerSession, Clock } from '../ports.ts';
import type { MetricBoard } from './metric-board.ts';
import { encodeData, encodeDeviceBirth, encodeDeviceDeath, encodeNodeBirth, encodeNodeDeath } from './payload-codec.ts';
import type { SparkplugTopics } from './sparkplug-topics.ts';

/** What there is to tell: shared by all sessions of the node, kept by whoever knows the kiosk. */
export interface NodeBoards {
  readonly node: MetricBoard;
  readonly devices: ReadonlyMap<string, MetricBoard>;
  /** Devices that are there now; the others have no birth. */
  readonly present: ReadonlySet<string>;
}

export interface SparkplugSessionParts {
  readonly link: BrokerSession;
  readonly topics: SparkplugTopics;
  readonly boards: NodeBoards;
  readonly clock: Clock;
  readonly bdSeq: number;
  /** A message could not be handed over: the sequence has a gap, this session is of no use any more. */
  readonly onBroken: () => void;
}

const SEQUENCE_NUMBERS = 256;

export class SparkplugSession {
  readonly #parts: SparkplugSessionParts;
  readonly #bornDevices = new Set<string>();
  #seq = 0;
  #state: 'unborn' | 'born' | 'dead' = 'unborn';

  constructor(parts: SparkplugSessionParts) {
    this.#parts = parts;
  }

  get born(): boolean {
    return this.#state === 'born';
  }

  /** The whole sequence: node, then every device that is there. Also the answer to a rebirth command. */
  birth(): void {
    if (this.#state === 'dead') return;
    const { boards, topics, bdSeq, clock } = this.#parts;
    this.#state = 'born';
    this.#seq = 0;
    this.#bornDevices.clear();
    const atWallMs = clock.wallMs();
    this.#send(topics.nodeBirth, encodeNodeBirth(bdSeq, boards.node.takeAll(atWallMs), atWallMs));
    for (const id of boards.present) this.deviceBirth(id);
  }

  deviceBirth(id: string): void {
    const board = this.#parts.boards.devices.get(id);
    if (!this.born || !board || this.#bornDevices.has(id)) return;
    this.#bornDevices.add(id);
    const atWallMs = this.#parts.clock.wallMs();
    const bytes = encodeDeviceBirth(this.#nextSeq(), board.takeAll(atWallMs), atWallMs);
    this.#send(this.#parts.topics.deviceBirth(id), bytes);
  }

  deviceDeath(id: string): void {
    if (!this.born || !this.#bornDevices.delete(id)) return;
    this.#send(this.#parts.topics.deviceDeath(id), encodeDeviceDeath(this.#nextSeq(), this.#parts.clock.wallMs()));
  }

  /** What changed since the last birth or data: at most one message for the node and one for each device. */
  data(): void {
    if (!this.born) return;
    const { boards, topics } = this.#parts;
    if (boards.node.changed) this.#sendChanges(topics.nodeData, boards.node);
    for (const id of this.#bornDevices) {
      const board = boards.devices.get(id);
      if (board?.changed) this.#sendChanges(topics.deviceData(id), board);
    }
  }

  /** Says the death itself, because an orderly DISCONNECT throws the will away. Resolves when the broker has it. */
  async death(): Promise<void> {
    if (!this.born) return;
    this.#state = 'dead';
    const { link, topics, bdSeq, clock } = this.#parts;
    const payload = encodeNodeDeath(bdSeq, clock.wallMs());
    await link.publish({ topic: topics.nodeDeath, payload, qos: 1, retain: false });
  }

  /** The link is gone; the broker sends the will. */
  over(): void {
    this.#state = 'dead';
  }

  #sendChanges(topic: string, board: MetricBoard): void {
    this.#send(topic, encodeData(this.#nextSeq(), board.takeChanges(), this.#parts.clock.wallMs()));
  }

  #nextSeq(): number {
    this.#seq = (this.#seq + 1) % SEQUENCE_NUMBERS;
    return this.#seq;
  }

  /** Handed over in order, never waited for. */
  #send(topic: string, payload: Uint8Array): void {
    const { link, onBroken } = this.#parts;
    link.publish({ topic, payload, qos: 0, retain: false }).catch(() => {
      if (this.#state === 'born') onBroken();
    });
  }
}
