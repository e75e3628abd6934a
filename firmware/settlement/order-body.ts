/**
 * An order with its secrets opened, for the two places where a `Secret` cannot
 * go: under the seal, and through the worker's message port. Nowhere else.
 */
import { Secret } from '../../drivers/secret.ts';
import type { Credential, SettleQuestion } from '../insurance/insurance-platform.ts';
import type { OwedUpload, SettlementOrder } from './settlements.ts';

type Opened<Value> = {
  [Key in keyof Value]: Value[Key] extends Secret<string> | undefined
    ? string | Extract<Value[Key], undefined>
    : Value[Key];
};
type OpenQuestion = Omit<SettleQuestion, 'personNumber' | 'credential'> & {
  readonly personNumber: string;
  readonly credential: Opened<Credential>;
};
type OpenOwed = Omit<OwedUpload, 'person'> & { readonly person: string };
export type OpenOrder = Omit<SettlementOrder, 'question' | 'owed'> & {
  readonly question: OpenQuestion | null;
  readonly owed?: readonly OpenOwed[];
};

export function openOrder({ owed, ...rest }: SettlementOrder): OpenOrder {
  const { question } = rest;
  const order = owed ? { ...rest, owed: owed.map((one) => ({ ...one, person: one.person.reveal() })) } : rest;
  if (!question) return { ...order, question };
  const { type, number, cardId, name, certificateNumber } = question.credential;
  return {
    ...order,
    question: {
      ...question,
      personNumber: question.personNumber.reveal(),
      credential: {
        type,
        number: number.reveal(),
        ...(cardId && { cardId: cardId.reveal() }),
        ...(name && { name: name.reveal() }),
        ...(certificateNumber && { certificateNumber: certificateNumber.reveal() }),
      },
    },
  };
}

export function closeOrder({ owed, ...rest }: OpenOrder): SettlementOrder {
  const { question, consentId } = rest;
  const order = owed ? { ...rest, owed: owed.map((one) => ({ ...one, person: new Secret(one.person) })) } : rest;
  // JSON leaves `undefined` out.
  if (!question) return { ...order, question, consentId };
  const { type, number, cardId, name, certificateNumber } = question.credential;
  return {
    ...order,
    consentId,
    question: {
      ...question,
      personNumber: new Secret(question.personNumber),
      credential: {
        type,
        number: new Secret(number),
        ...(cardId !== undefined && { cardId: new Secret(cardId) }),
        ...(name !== undefined && { name: new Secret(name) }),
        ...(certificateNumber !== undefined && { certificateNumber: new Secret(certificateNumber) }),
      },
    },
  };
}
