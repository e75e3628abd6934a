/**
 * A real MQTT 3.1.1 broker (aedes) on a loopback TCP port, for a kiosk on the desk.
 *
 * aedes acknowledges faster than it delivers, so one promise: no client can fill this process. A
 * client that does not read, or sends what is too large, is put out.
 */
import { createServer, type Socket } from 'node:net';
import { Aedes, type AedesPublishPacket, type Client } from 'aedes';
import type { BrokerMessage, Unsubscribe } from '../../firmware/ports.ts';

export interface EmbeddedBrokerOptions {
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** Unsent bytes that one client may leave lying here. */
  readonly backlogBytes?: number;
}

export interface EmbeddedBroker {
  /** `mqtt://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** Every message that any client publishes, wills included. */
  onMessage(listener: (message: BrokerMessage & { readonly clientId: string }) => void): Unsubscribe;
  /** Ends all connections and frees the port. */
  close(): Promise<void>;
}

const BACKLOG_BYTES = 1_048_576;
const LARGEST_MESSAGE_BYTES = 65_536;
const CLIENTS = 64;
const SLOW_READER_MS = 10_000;

export async function openEmbeddedBroker(options: EmbeddedBrokerOptions = {}): Promise<EmbeddedBroker> {
  const { port = 0, backlogBytes = BACKLOG_BYTES } = options;
  const listeners = new Set<(message: BrokerMessage & { readonly clientId: string }) => void>();
  const aedes = await Aedes.createBroker({
    drainTimeout: SLOW_READER_MS,
    authorizePublish: (_client, packet, allow) => allow(refusal(packet)),
    authorizeForward: (client, packet) => {
      if (!(unsentBytes(client) > backlogBytes)) return packet;
      client.close();
      return null;
    },
  });
  aedes.on('publish', (packet, client) => {
    if (client) for (const listener of listeners) listener({ clientId: client.id, ...plain(packet) });
  });

  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    aedes.handle(socket);
  });
  server.maxConnections = CLIENTS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;

  return {
    url: `mqtt://127.0.0.1:${bound}`,
    port: bound,
    onMessage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await new Promise<void>((resolve) => aedes.close(resolve));
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function refusal(packet: { readonly topic: string; readonly payload: string | Buffer }): Error | null {
  if (packet.topic.startsWith('$')) return new Error('topics of the broker itself are not for clients');
  return packet.payload.length > LARGEST_MESSAGE_BYTES ? new Error('the message is too large') : null;
}

function unsentBytes(client: Client): number {
  return client.conn.writableLength;
}

function plain(packet: AedesPublishPacket): BrokerMessage {
  const { topic, payload, qos, retain } = packet;
  return { topic, payload: Uint8Array.from(Buffer.from(payload)), qos: qos === 0 ? 0 : 1, retain };
}
