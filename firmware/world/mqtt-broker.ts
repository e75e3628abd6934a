/**
 * The broker port on the npm package `mqtt`, MQTT 3.1.1, one client per session.
 *
 * One promise: what the package would do by itself (reconnect, queue, send again) is switched off,
 * so a lost session is over at once and everything that waited for it is told.
 */
import type { IClientOptions, MqttClient } from 'mqtt';
import { type BrokerConnectOptions, BrokerFailure, type BrokerPort, type BrokerSession } from '../ports.ts';
import { MqttSession } from './mqtt-session.ts';

export interface MqttBrokerOptions {
  /** For `mqtts:` addresses, PEM: whom to believe, and who we are. The server's name is always checked. */
  readonly tls?: { readonly ca: string; readonly certificate: string; readonly key: string };
  /** TCP, TLS and CONNACK together, ms. */
  readonly connectTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 15_000;
/** Errors that come before the first byte of MQTT could have been read by a broker. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

export class MqttBroker implements BrokerPort {
  readonly #options: MqttBrokerOptions;

  constructor(options: MqttBrokerOptions = {}) {
    this.#options = options;
  }

  async connect(asked: BrokerConnectOptions): Promise<BrokerSession> {
    // 90 ms of loading that the start of the kiosk should not wait for.
    const { connect } = await import('mqtt');
    return opened(connect(asked.url, clientOptions(this.#options, asked)));
  }
}

function clientOptions(options: MqttBrokerOptions, { clientId, will, keepAliveSeconds }: BrokerConnectOptions) {
  const { tls, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
  return {
    protocolVersion: 4,
    clean: true,
    clientId,
    keepalive: keepAliveSeconds,
    connectTimeout: connectTimeoutMs,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    rejectUnauthorized: true,
    will: { topic: will.topic, payload: Buffer.from(will.payload), qos: will.qos, retain: will.retain },
    ...(tls && { ca: tls.ca, cert: tls.certificate, key: tls.key }),
  } satisfies IClientOptions;
}

/** Resolves at CONNACK. Rejects with a `BrokerFailure`; the client is then gone. */
function opened(client: MqttClient): Promise<BrokerSession> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      const code = 'code' in error ? String(error.code) : '';
      client.removeListener('close', closed);
      client.end(true);
      reject(new BrokerFailure(NOT_SENT.has(code) ? 'notSent' : 'unknown', code || error.message));
    };
    const closed = (): void => fail(new Error('closed before CONNACK'));
    // Stays for the client's life: an error that nobody listens to would end the process.
    client.on('error', fail);
    client.once('close', closed);
    client.once('connect', () => {
      client.removeListener('close', closed);
      client.removeListener('error', fail);
      resolve(new MqttSession(client));
    });
  });
}
