/**
 * One call to a party as the core asks for it: what is sent is what the journal says and nothing else.
 */
import type { CentreSettlement, SettlementAmounts } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';
import type { Collecting, Flow, ReturnLeg } from './flows.ts';

/** One call, complete except for what is sealed (person, credential) or never kept (payment code). */
export type Call =
  | { readonly step: 'hospital.lock'; readonly attempt: number; readonly ttlSeconds: number }
  | {
      readonly step: 'hospital.confirm';
      readonly attempt: number;
      readonly flow: Exclude<Flow, 'parked'>;
      readonly centre: CentreSettlement | null;
      readonly amounts: SettlementAmounts;
      readonly orderNumber: string | null;
      readonly paidBy: Collecting | 'none';
      /** Discharge: what of the own part the deposits cover, fen. */
      readonly depositFen: Fen;
      readonly parkedNumber: string;
      readonly formerSettlementNumber: string | null;
      readonly returns: readonly ReturnLeg[];
    }
  | { readonly step: 'hospital.unlock'; readonly attempt: number }
  | {
      readonly step: 'pay.create';
      readonly attempt: number;
      readonly orderNumber: string;
      readonly amountFen: Fen;
      readonly lifeMs: number;
    }
  | {
      readonly step: 'pay.charge';
      readonly attempt: number;
      readonly by: Collecting;
      readonly orderNumber: string;
      readonly amountFen: Fen;
    }
  | { readonly step: 'pay.close'; readonly attempt: number; readonly by: Collecting; readonly orderNumber: string }
  | {
      readonly step: 'pay.return';
      readonly attempt: number;
      readonly leg: number;
      readonly by: ReturnLeg['by'];
      readonly orderNumber: string;
      readonly refundNumber: string;
      readonly amountFen: Fen;
    }
  | { readonly step: 'cash.stack'; readonly attempt: number; readonly amountFen: Fen }
  | { readonly step: 'cash.counter'; readonly attempt: 0 }
  | {
      readonly step: 'pay.returnQuery';
      readonly attempt: 0;
      readonly leg: number;
      readonly by: ReturnLeg['by'];
      readonly orderNumber: string;
    }
  | {
      readonly step: 'pay.returnState';
      readonly attempt: 0;
      readonly leg: number;
      readonly by: ReturnLeg['by'];
      readonly refundNumber: string;
    }
  | {
      readonly step: 'pay.refund';
      readonly attempt: number;
      readonly by: Collecting;
      readonly orderNumber: string;
      readonly refundNumber: string;
      readonly amountFen: Fen;
    }
  | {
      readonly step: 'ins.settle';
      readonly attempt: number;
      readonly messageId: string;
      readonly preSettled: SettlementAmounts;
    }
  | { readonly step: 'ins.reverse'; readonly attempt: number; readonly messageId: string }
  | { readonly step: 'ins.void'; readonly attempt: number; readonly messageId: string; readonly settlementId: string }
  | { readonly step: 'ins.undo'; readonly attempt: number; readonly messageId: string; readonly settlementId: string }
  | { readonly step: 'ins.prepare'; readonly attempt: number }
  | { readonly step: 'ins.findFormer'; readonly attempt: 0; readonly settlementId: string }
  | { readonly step: 'pay.query'; readonly attempt: 0; readonly by: Collecting; readonly orderNumber: string }
  | { readonly step: 'pay.refundState'; readonly attempt: 0; readonly by: Collecting; readonly refundNumber: string }
  | { readonly step: 'ins.find'; readonly attempt: 0; readonly messageId: string };
