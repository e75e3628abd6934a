/** The virtual parties behind an HTTP port in memory, with a record of what went over each wire. */
import { type HttpAnswer, HttpFailure, type HttpPort, type HttpRequest } from '../../firmware/ports.ts';
import type { PartyRequest } from '../../hardware-sim/parties/party.ts';
import type { PartyWire } from '../../hardware-sim/parties/party-wire.ts';
import { createParties, type Parties, type PartiesOptions } from '../../hardware-sim/parties/virtual-world.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import { config } from './kiosk-fixture.ts';

export interface Exchange {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly asked: unknown;
  readonly answered: unknown;
  /** Of 9102, which answers no JSON. */
  readonly file?: Uint8Array;
}

export class PartiesHttp implements HttpPort {
  readonly exchanges: Exchange[] = [];
  readonly #parties: Parties;

  constructor(parties: Parties) {
    this.#parties = parties;
  }

  async request(request: HttpRequest): Promise<HttpAnswer> {
    const url = new URL(request.url);
    const host = url.hostname.split('.')[0] ?? '';
    const { wires } = this.#parties;
    const wire = { insurance: wires.insurance, hospital: wires.hospital, payment: wires.payment }[host];
    if (!wire) throw new Error(`No party is called ${host}.`);
    const asked = { method: request.method, path: url.pathname + url.search, headers: request.headers };
    const answer = await this.#carry(wire, { ...asked, body: request.body ?? new Uint8Array() });
    // A file of 9102 begins with the P of its zip and is no JSON.
    const json = (body: Uint8Array | undefined) =>
      body && body[0] !== 0x50 ? JSON.parse(new TextDecoder().decode(body)) : undefined;
    this.exchanges.push({
      host,
      method: request.method,
      path: url.pathname,
      status: answer.status,
      asked: json(request.body),
      answered: json(answer.body),
      ...(answer.body[0] === 0x50 ? { file: answer.body } : {}),
    });
    return answer;
  }

  /** As the wire's mischief wills; what is never heard is over at once, so that no test waits for it. */
  #carry(wire: PartyWire, asked: PartyRequest): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const { answer } = wire.carry(asked, resolve);
      if (answer === 'lose') reject(new HttpFailure('unknown', 'timeOut', 'no answer in time'));
    });
  }
}

export function virtualParties(clock: ManualClock, options: Partial<PartiesOptions> = {}) {
  const { callerId: id, callerToken: token } = config.insurance;
  const { token: paymentToken, merchantId } = config.paymentGateway;
  const parties = createParties({
    clock,
    seed: 1,
    caller: { id, token },
    hospitalToken: config.hospitalGateway.token,
    payment: { token: paymentToken, merchantId },
    ...options,
  });
  return { parties, http: new PartiesHttp(parties) };
}
