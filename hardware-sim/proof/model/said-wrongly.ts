/** What the kiosk says of a settlement, held against the parties' ledgers: its screen, and "where is my money". */
import { formerCounts, keptFen, liveClaims, returnedFen } from './books.ts';
import type { Look } from './rule-table.ts';
import { netFen } from './world.ts';

/** "Where is my money": what the ledgers hold is never outside what is said. */
export function wrongPlace({ scene, world, moment }: Look): string | undefined {
  const money = moment?.money;
  if (!money) return undefined;
  const { least, most } = money.takenFen;
  const taken = keptFen(scene, world) - returnedFen(scene, world);
  if (taken < least || taken > most) return `says ${money.word}, ${least} to ${most} fen: it is ${taken}`;
  const claims = liveClaims(world) + formerCounts(world);
  const { claims: said } = money;
  // As far as this refund goes, what somebody else has undone behind its back still counts.
  const behind = world.seen.needs.includes('elsewhere') ? 1 : 0;
  return claims + behind < said.least || claims > said.most
    ? `says ${money.word}, ${said.least} to ${said.most} claims: there are ${claims}`
    : undefined;
}

/** What is wrong with the screen's own word, or nothing. */
export function wrongView(look: Look): string | undefined {
  const { scene, world, moment } = look;
  const view = moment?.status?.view;
  const { confirmed } = world.bill;
  switch (view?.state) {
    case 'settled':
      return wronglySettled(look);
    case 'notSettled': {
      const kept = netFen(world.orders[scene.orderNumber]);
      const notes = world.cash.stackedFen;
      const claims = liveClaims(world);
      if (kept !== 0 || claims > 0 || confirmed === 'us') return `not settled with ${kept} fen and ${claims} claims`;
      // The kiosk may have ended before it heard of it.
      const isElsewhere = world.seen.needs.includes('elsewhere');
      if (scene.scenario.former === 'insured' && formerCounts(world) === 0 && !isElsewhere)
        return 'not settled, and the former one undone';
      const wasPaid = (world.orders[scene.orderNumber]?.paidFen ?? 0) > 0;
      const word = notes > 0 ? 'atCashier' : wasPaid ? 'refunded' : 'nothingTaken';
      if (view.refund !== word) return `says ${view.refund}, but it is ${word}`;
      return moment?.content.isOpen || moment?.status?.owedFen === notes ? undefined : `owes not ${notes} fen`;
    }
    case 'parked':
      return keptFen(scene, world) + liveClaims(world) === 0 && !confirmed ? undefined : 'parked with money or a claim';
    case 'awaitingPayment': {
      if (confirmed === 'us') return 'asks for money of a confirmed bill';
      const order = world.orders[view.payCode.slice('pay:'.length)];
      if (!order) return 'shows a code of no order';
      return Object.keys(order.refunds).length > 0 ? 'asks for money that went back' : wrongClaims(look);
    }
    case 'awaitingCard':
    case 'awaitingCash':
      return confirmed === 'us' ? 'asks for money of a confirmed bill' : wrongClaims(look);
    case 'preparing':
      if (confirmed === 'us') return 'prepares a confirmed bill';
      return liveClaims(world) > 0 ? 'prepares a bill with a claim' : undefined;
    default:
      return undefined;
  }
}

/** Who is asked for money has a claim already, or none, as the order of money wants it. */
function wrongClaims({ scene, world }: Look): string | undefined {
  const wanted = scene.order.plan === 'settleThenPay' && scene.isInsured ? 1 : 0;
  return liveClaims(world) === wanted ? undefined : `asks for money with ${liveClaims(world)} claims`;
}

/** Confirmed with this receipt, one claim or none as the flow wants it, paid and given back to the fen. */
function wronglySettled({ scene, world, moment }: Look): string | undefined {
  const view = moment?.status?.view;
  if (view?.state !== 'settled') return undefined;
  const { centre, returns } = view;
  if (world.bill.confirmed !== 'us') return 'shows no receipt of the bill';
  const claims = liveClaims(world);
  if ((centre !== null) !== scene.isInsured || claims !== (scene.isInsured ? 1 : 0))
    return `settled with ${claims} claims`;
  if (formerCounts(world) > 0) return 'settled although the former one counts';
  const kept = keptFen(scene, world);
  if (kept !== scene.collectFen) return `settled with ${kept} of ${scene.collectFen} fen`;
  // To the fen: what was paid before and now, less what goes back by every way, is the own part.
  const ownFen = centre?.amounts.ownFen ?? scene.agreed.ownFen;
  const backFen = returns.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const paidFen = scene.order.paidBeforeFen + scene.collectFen;
  if (paidFen - backFen !== ownFen) return `${backFen} fen go back, which is not the remainder`;
  const isEnded = moment?.content.isOpen === false;
  const left = returns.find(({ state }) => state === 'underWay' || state === 'refused');
  if (isEnded && left) return `ended with a way back that is ${left.state}`;
  const doneFen = returns.reduce((sum, { state, amountFen }) => sum + (state === 'done' ? amountFen : 0), 0);
  const wentBack = returnedFen(scene, world);
  return wentBack === doneFen || (left && wentBack >= doneFen)
    ? undefined
    : `${doneFen} fen said to be back, ${wentBack} are`;
}
