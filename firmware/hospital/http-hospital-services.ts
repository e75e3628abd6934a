/** The hospital's services over docs/interfaces/hospital.openapi.yaml, on a line of their own beside the bills. */
import type { JsonOutput } from '../json.ts';
import type { Fields } from '../json-fields.ts';
import { PartyWire, partyPath } from '../party-http.ts';
import { personBody } from './gateway-bodies.ts';
import { type HospitalServices, PROXY_STATES } from './hospital-services.ts';
import type { HttpHospitalGatewayOptions } from './http-hospital-gateway.ts';
import { readComplaint, readCopy, readDay, readPrintable } from './service-fields.ts';
import { readStayPapers } from './stay-papers.ts';

const TIMEOUT_MS = 10_000;

export class HttpHospitalServices implements HospitalServices {
  readonly #wire: PartyWire;

  constructor({ http, gateway, timeoutMs = TIMEOUT_MS }: HttpHospitalGatewayOptions) {
    this.#wire = new PartyWire({ http, ...gateway, timeoutMs });
  }

  readonly printable: HospitalServices['printable'] = ({ person, since }) =>
    this.#post('/v1/settlements/printable', { person: personBody(person), since }, ['unknownPatient'], (answer) =>
      answer.list('settlements').map(readPrintable),
    );

  readonly claimCopy: HospitalServices['claimCopy'] = ({ settlementNumber, requestId }) =>
    this.#post(
      partyPath`/v1/settlements/${settlementNumber}/copies`,
      { requestId },
      ['unknownSettlement', 'undone'],
      readCopy,
    );

  readonly dayOfStay: HospitalServices['dayOfStay'] = ({ stayId, day }) =>
    this.#post(partyPath`/v1/stays/${stayId}/day`, { day }, ['unknownStay'], (answer) => readDay(answer, day));

  readonly stayPapers: HospitalServices['stayPapers'] = ({ settlementNumber, person }) =>
    this.#post(
      partyPath`/v1/settlements/${settlementNumber}/papers`,
      { person: personBody(person) },
      ['unknownSettlement', 'unknownPatient'],
      readStayPapers,
    );

  readonly proxyState: HospitalServices['proxyState'] = ({ person, proxy }) =>
    this.#post(
      '/v1/proxies/search',
      { person: personBody(person), proxy: personBody(proxy) },
      ['unknownPatient'],
      (answer) => ({ state: answer.oneOf('state', PROXY_STATES) }),
    );

  readonly callHelp: HospitalServices['callHelp'] = (request) =>
    this.#post('/v1/help', { ...request }, ['nobodyThere'], nothing);

  readonly helpState: HospitalServices['helpState'] = (requestId) =>
    this.#get(partyPath`/v1/help/${requestId}`, ['unknownCall'], (answer) => ({
      state: answer.oneOf('state', ['ringing', 'coming'] as const),
    }));

  readonly endHelp: HospitalServices['endHelp'] = (requestId) =>
    this.#post(partyPath`/v1/help/${requestId}/end`, {}, ['unknownCall'], nothing);

  readonly complaintAnswer: HospitalServices['complaintAnswer'] = (number) =>
    this.#get(partyPath`/v1/complaints/${number}`, ['unknownNumber'], readComplaint);

  #get<Value, Refusal extends string>(path: string, refusals: readonly Refusal[], read: (answer: Fields) => Value) {
    return this.#wire.call({ method: 'GET', path, refusals, read });
  }

  #post<Value, Refusal extends string>(
    path: string,
    body: JsonOutput,
    refusals: readonly Refusal[],
    read: (answer: Fields) => Value,
  ) {
    return this.#wire.call({ method: 'POST', path, body, refusals, read });
  }
}

const nothing = (): void => undefined;
