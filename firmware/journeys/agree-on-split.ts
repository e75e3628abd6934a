/**
 * S-SPLIT: who pays what, as the centre figures it, until the patient agrees.
 *
 * One promise: what is agreed is a 2206 answer about exactly this bill, and the question that brought it.
 */
import type { SettlementAmounts, SettleQuestion } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';
import type { ReturnOnScreen, SplitLine, UncoveredLine } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import type { UploadedBill } from './find-bill.ts';
import { type Identity, valueOrStop } from './identify.ts';
import type { Rooms } from './rooms.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

type SplitChoice = { readonly choice: 'pay' } | { readonly choice: 'useAccount'; readonly use: boolean };

/** What a stay adds to its split. */
export interface StayPaidBefore {
  readonly depositFen: Fen;
  /** `dscg_time`, yyyy-MM-dd */
  readonly dischargedOn: string;
  /** By which ways the rest comes back. */
  waysBack(split: { readonly question: SettleQuestion; readonly agreed: SettlementAmounts }): readonly ReturnOnScreen[];
}

/** S-SPLIT: 2206 as often as the patient changes the account, then the agreed figures. */
export async function agreeOnSplit(
  rooms: Rooms,
  session: Session,
  identity: Identity,
  uploaded: UploadedBill,
  stay?: StayPaidBefore,
): Promise<{ readonly question: SettleQuestion; readonly agreed: SettlementAmounts }> {
  const { bill, visit, chargeBatch, category } = uploaded;
  let useAccount = rooms.profile.money.useAccountByDefault;
  let accountBarred = false;
  for (;;) {
    const question: SettleQuestion = {
      ...visit,
      credential: identity.credential,
      medicalType: category.medicalType,
      insuranceType: identity.insurance.type,
      chargeBatch,
      totalFen: bill.totalFen,
      useAccount,
      ...(stay && { dischargedOn: stay.dischargedOn }),
    };
    const agreed = valueOrStop(
      await waitForParty(rooms, session, 'calculating', rooms.insurance.preSettle(question)),
      'insuranceRefused',
    );
    // The patient confirmed this total; the centre must mean the same bill.
    if (agreed.totalFen !== bill.totalFen) throw new Stop('insuranceAnswerBroken');
    if (useAccount && paysOutOfScope(agreed) && !rooms.profile.money.accountPaysOutOfScope) {
      rooms.audit.write('account.outOfScope', { session: session.id, bill: bill.billId });
      accountBarred = true;
      useAccount = false;
      continue;
    }
    const restFen = Math.max(0, agreed.ownFen - (stay?.depositFen ?? 0));
    const chosen = await session.ask<SplitChoice>(
      {
        name: 'S-SPLIT',
        totalFen: agreed.totalFen,
        parts: splitLines(agreed),
        ownFen: restFen,
        uncovered: uncovered(agreed),
        account: {
          used: useAccount,
          mayChange: !accountBarred && (identity.insurance.accountBalanceFen ?? 0) > 0,
        },
        methods: restFen > 0 ? ['phone'] : [],
        ...(stay && {
          deposit: {
            depositFen: stay.depositFen,
            backFen: Math.max(0, stay.depositFen - agreed.ownFen),
            ways: stay.waysBack({ question, agreed }),
          },
        }),
        removeCard: false,
      },
      { accept: splitChoice },
    );
    if (chosen.choice === 'pay') return { question, agreed };
    useAccount = chosen.use;
  }
}

/** More from the account than the person's part within the lists (SZ-207). */
function paysOutOfScope({ accountFen, personFen, outOfScopeFen }: SettlementAmounts): boolean {
  return accountFen > Math.max(0, personFen - outOfScopeFen);
}

function splitChoice(act: Act): SplitChoice | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'pay' || act.intent.do === 'confirm') return { choice: 'pay' };
  if (act.intent.do === 'useAccount') return { choice: 'useAccount', use: act.intent.use };
  return undefined;
}

/** What no fund counts of this bill; it lies within what account and own part pay, and the total stays the total. */
function uncovered(amounts: SettlementAmounts): readonly UncoveredLine[] {
  const lines: readonly UncoveredLine[] = [
    { part: 'overLimit', amountFen: amounts.overLimitFen },
    { part: 'outOfScope', amountFen: amounts.outOfScopeFen },
  ];
  return lines.filter(({ amountFen }) => amountFen > 0);
}

function splitLines(amounts: SettlementAmounts): readonly SplitLine[] {
  const lines: readonly SplitLine[] = [
    { part: 'basic', amountFen: amounts.basicFundFen },
    { part: 'seriousIllness', amountFen: amounts.seriousIllnessFen },
    { part: 'assistance', amountFen: amounts.assistanceFen },
    { part: 'civilServant', amountFen: amounts.civilServantFen },
    { part: 'largeAmount', amountFen: amounts.largeAmountFen },
    { part: 'enterprise', amountFen: amounts.enterpriseFen },
    { part: 'commercial', amountFen: amounts.commercialFen ?? 0 },
    { part: 'other', amountFen: amounts.otherFundFen - (amounts.commercialFen ?? 0) },
    { part: 'hospital', amountFen: amounts.hospitalFen },
    { part: 'account', amountFen: amounts.accountFen },
    { part: 'own', amountFen: amounts.ownFen },
  ];
  return lines.filter(({ part, amountFen }) => amountFen !== 0 || part === 'basic' || part === 'own');
}
