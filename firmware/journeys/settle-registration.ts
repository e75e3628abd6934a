/** The registration fee (挂号费): like an outpatient's bill, with the split on one page and the slip with the number. */
import type { Bill } from '../hospital/bill.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import { owedUploads } from '../upload/owed-uploads.ts';
import { uploadRules } from '../upload/upload-rules.ts';
import { agreeOnSplit } from './agree-on-split.ts';
import { categoryOf } from './care-category.ts';
import { mustKeepTime } from './clock.ts';
import { deliverPaper, type Paper, warnAboutPaper } from './deliver-paper.ts';
import { checkEntitlement, passGate, uploadBill, withdrawBill } from './find-bill.ts';
import { finishUnsettled, noteEnd } from './finish.ts';
import type { Identity } from './identify.ts';
import { insuredOrder } from './orders.ts';
import { pay } from './pay.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';

/** The fee is settled; its slip is on the way. */
export interface PaidFee {
  readonly number: string;
  readonly slip: Promise<Paper>;
}

export async function payRegistration(
  rooms: Rooms,
  session: Session,
  identity: Identity,
  bill: Bill,
): Promise<PaidFee | { readonly end: JourneyEnd }> {
  const { person, insurance } = identity;
  mustKeepTime(rooms, person);
  await passGate(rooms, session, { identity, bill, asOf: 'cached' });
  await checkEntitlement(rooms, session, identity, bill, categoryOf(bill));
  const uploaded = await uploadBill(rooms, session, identity, bill, categoryOf(bill));
  let handedOver = false;
  try {
    const split = await agreeOnSplit(rooms, session, identity, uploaded);
    await warnAboutPaper(rooms, session);
    await passGate(rooms, session, { identity, bill, asOf: 'live' });
    mustKeepTime(rooms, { person, bill });
    const order = insuredOrder({ sessionId: session.id, profile: rooms.profile }, bill, split);
    const insured = { question: split.question, splits: uploaded.splits };
    const settling = { bill, person, kioskId: rooms.config.kioskId, insured };
    handedOver = true;
    const paid = await pay(rooms, session, { ...order, owed: owedUploads(settling, uploadRules(rooms.profile)) });
    const { number, view } = paid;
    if (view.state !== 'settled') {
      if (view.state === 'notSettled') withdrawBill(rooms, uploaded);
      return { end: await finishUnsettled(rooms, session, { person, insuranceType: undefined, bill, number, view }) };
    }
    noteEnd(rooms, session, paid);
    const slip = deliverPaper(rooms, session, {
      ...{ config: rooms.config, profile: rooms.profile, language: session.language, bill },
      maskedName: maskName(person.name.reveal()),
      maskedProxy: session.maskedProxy,
      insuranceType: insurance.type,
      settlementNumber: number,
      centre: view.centre,
      receiptNumber: view.receiptNumber,
      nextStep: view.nextStep,
      consentId: undefined,
    });
    return { number, slip };
  } catch (error) {
    if (!handedOver) withdrawBill(rooms, uploaded);
    throw error;
  }
}
