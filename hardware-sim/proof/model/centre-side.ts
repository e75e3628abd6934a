/**
 * The insurance centre: 2207 and 2304, 2208 and 2305, 2601, 5201 and 5203, and the kept lines of a refund.
 *
 * Two message ids may settle the same bill twice. A reversal of a message that is not known leaves no tombstone, so the
 * message still settles when it comes late. A later settlement may block the void for good.
 */
import type { Call } from '../../../firmware/settlement/call.ts';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';
import { type Answered, no, ok } from './answered.ts';
import { type Claim, needing, stubborn, type World } from './world.ts';

type CentreCall = Extract<Call, { step: `ins.${string}` }>;
type Amounts = SettlementOrder['agreed'];

const REFUSED = no('infcode -1');
/** By how little the centre may find other than it had said, fen. */
const OTHER_FEN = 1;

export function askCentre(world: World, call: CentreCall, trouble: string, agreed: Amounts): Answered {
  switch (call.step) {
    case 'ins.settle':
      return settle(world, call, trouble);
    case 'ins.find': {
      const [asked, canFind] = finding(world, trouble);
      if (!canFind) return [asked, REFUSED];
      const claim = world.claims.find(({ messageId, state }) => messageId === call.messageId && state === 'live');
      return [asked, ok({ centre: claim ? centreOf(claim) : null })];
    }
    case 'ins.findFormer': {
      const [asked, canFind] = finding(world, trouble);
      if (!canFind) return [asked, REFUSED];
      const claim = world.claims.find(({ settlementId }) => settlementId === call.settlementId);
      if (trouble === 'elsewhere' && claim?.state === 'live') {
        const undone = withClaim(asked, { ...claim, state: 'voided', voidedBy: 'elsewhere' });
        return [needing(undone, 'elsewhere'), ok({ state: 'voided' })];
      }
      return [asked, ok({ state: claim?.state === 'live' ? 'counts' : claim ? 'voided' : 'notFound' })];
    }
    case 'ins.reverse': {
      if (trouble === 'refusedOnce') return [needing(world, 'reverse'), REFUSED];
      if (trouble === 'refused' || world.stubborn.includes('reverse')) {
        return [needing(stubborn(world, 'reverse'), 'reverse'), REFUSED];
      }
      const claim = world.claims.find(({ messageId }) => messageId === call.messageId);
      if (!claim) return [world, ok({ reversed: 'notFound' })];
      if (claim.state === 'voided') return [world, REFUSED];
      return [withClaim(world, { ...claim, state: 'reversed' }), ok({ reversed: 'reversed' })];
    }
    case 'ins.void':
    case 'ins.undo': {
      const claim = world.claims.find(({ settlementId }) => settlementId === call.settlementId);
      const done = ok({ settlementId: `-${call.settlementId}` });
      if (claim?.voidedBy === call.messageId) return [world, done];
      const word = call.step.slice('ins.'.length);
      if (trouble === 'refusedOnce') return [needing(world, word), REFUSED];
      if (trouble === 'refused' || world.stubborn.includes(word))
        return [needing(stubborn(world, word), word), REFUSED];
      if (claim?.state !== 'live') return [world, REFUSED];
      return [withClaim(world, { ...claim, state: 'voided', voidedBy: call.messageId }), done];
    }
    case 'ins.prepare': {
      if (trouble === 'refused') return [needing(world, 'prepare'), REFUSED];
      if (trouble === 'dearer') return [needing(world, 'prepare'), ok(shifted(agreed, -OTHER_FEN))];
      return [world, ok(trouble === 'otherSplit' ? shifted(agreed, OTHER_FEN) : agreed)];
    }
  }
}

/** A message that was reversed or refused is refused; one that is known answers what it made. */
function settle(world: World, call: Extract<Call, { step: 'ins.settle' }>, trouble: string): Answered {
  const known = world.claims.find(({ messageId }) => messageId === call.messageId);
  if (known) return [world, known.state === 'live' ? ok(centreOf(known)) : REFUSED];
  if (world.refused.includes(call.messageId)) return [world, REFUSED];
  if (trouble === 'refused') {
    return [needing({ ...world, refused: [...world.refused, call.messageId] }, 'settle'), REFUSED];
  }
  const amounts = trouble === 'otherAmounts' ? shifted(call.preSettled, OTHER_FEN) : call.preSettled;
  const settlementId = `S${world.claims.length + 1}`;
  const { messageId } = call;
  const claim: Claim = { settlementId, messageId, amounts, state: 'live', voidedBy: undefined };
  const made: World = { ...world, claims: [...world.claims, claim] };
  return [trouble === 'otherAmounts' ? needing(made, 'settle') : made, ok(centreOf(claim))];
}

/** Whether 5201 and 5203 can be used at all: a platform without them stays without. */
function finding(world: World, trouble: string): readonly [World, boolean] {
  if (trouble === 'refused') return [needing(stubborn(world, 'find'), 'find'), false];
  return [world, !world.stubborn.includes('find')];
}

function centreOf({ settlementId, messageId, amounts }: Claim) {
  return { settlementId, settledAt: '2026-01-01 09:00:00', messageId, amounts };
}

function withClaim(world: World, changed: Claim): World {
  const claims = world.claims.map((claim) => (claim.messageId === changed.messageId ? changed : claim));
  return { ...world, claims };
}

/** Another split of the same total: so much less is the person's own part. */
function shifted(amounts: Amounts, fen: number): Amounts {
  const { fundFen, basicFundFen, personFen, ownFen } = amounts;
  const person = { personFen: personFen - fen, ownFen: ownFen - fen };
  return { ...amounts, fundFen: fundFen + fen, basicFundFen: basicFundFen + fen, ...person };
}
