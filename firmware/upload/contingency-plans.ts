/**
 * 应急预案: what staff do when something fails, one plan a kind of fault, and the drill that runs one (Y3-18c, SZ-278).
 *
 * One promise: a drill touches nothing real. It has no outbox, no line and no journal to reach; what it leaves is its
 * report.
 */
import { platformTime } from '../insurance/platform-time.ts';
import { type FaultMessage, type FaultStage, faultRow, STILL_WORKS } from './fault-messages.ts';

export interface PlanStep {
  /** Who does it. */
  readonly who: 'kiosk' | 'staff' | 'insuranceOffice' | 'informationOffice';
  readonly zh: string;
  readonly en: string;
}

export interface ContingencyPlan {
  readonly zh: string;
  readonly en: string;
  readonly steps: readonly PlanStep[];
}

const step = (who: PlanStep['who'], zh: string, en: string): PlanStep => ({ who, zh, en });
const drained = step(
  'kiosk',
  '线路恢复后按顺序补传,24 小时内完成并留存证明',
  'After repair everything is delivered in order within 24 hours, with proof',
);

export const contingencyPlans = {
  insuranceLineDown: {
    zh: '医保专线或平台中断',
    en: 'The insurance line or platform is down',
    steps: [
      step(
        'kiosk',
        '60 秒内上报医保部门;已开始的结算逐笔查明',
        'Tells the authority within 60 s; finds out every settlement under way',
      ),
      step(
        'staff',
        '上报不通时按任务单电话报告医保部门并登记',
        'If no message gets through: telephone by the task, and record it',
      ),
      step(
        'staff',
        '引导患者:自费结算并取补记账编号,或到人工窗口',
        'Guide patients: own expense with a 补记账 number, or the window',
      ),
      step('insuranceOffice', '每 30 分钟核对续报内容', 'Check the follow-up message every 30 minutes'),
      drained,
      step(
        'insuranceOffice',
        '核对终报笔数,办理补记账',
        'Check the counts of the closing message; settle what was parked',
      ),
    ],
  },
  hospitalLineDown: {
    zh: '院内信息系统中断',
    en: 'The hospital system is down',
    steps: [
      step('kiosk', '不再接收新的结算;已开始的逐笔查明', 'Takes no new bill; finds out every settlement under way'),
      step('staff', '引导患者到人工窗口', 'Guide patients to the window'),
      step('informationOffice', '恢复后核对锁定与确认', 'After repair compare locks and confirmations'),
      drained,
    ],
  },
  paymentDown: {
    zh: '支付通道中断',
    en: 'The payment gateway is down',
    steps: [
      step(
        'kiosk',
        '不再收费;未明支付逐笔查明,不重复收费',
        'Takes no money; finds out every open payment, never charges twice',
      ),
      step('staff', '引导患者到人工窗口缴费', 'Guide patients to the window to pay'),
      step('informationOffice', '恢复后对账', 'After repair reconcile the channel'),
    ],
  },
  agreementSuspended: {
    zh: '医保协议中止或终止',
    en: 'The agreement is suspended or ended',
    steps: [
      step(
        'kiosk',
        '付费前告知并停止医保结算,撤下定点标识',
        'Says so before payment, stops insurance settlement, darkens the sign',
      ),
      step('staff', '告知患者:自费结算或到人工窗口', 'Tell patients: own expense, or the window'),
      step(
        'insuranceOffice',
        '在院患者按预案继续结算至出院',
        'Patients in hospital are settled to their discharge by the plan',
      ),
    ],
  },
  powerOrMachine: {
    zh: '断电或设备故障',
    en: 'Power or machine failure',
    steps: [
      step('kiosk', '来电后先查明未完成的结算,再开放', 'After power returns, finds out what was open before it serves'),
      step(
        'staff',
        '凭患者手中编号在任一自助机或窗口查款',
        'Look up the money by the patient’s number at any kiosk or window',
      ),
      step(
        'informationOffice',
        '设备不能恢复时由镜像接管未完成的结算',
        'If the machine is lost, take over open settlements from the mirror',
      ),
    ],
  },
} as const satisfies Record<string, ContingencyPlan>;

export type PlanName = keyof typeof contingencyPlans;

export interface DrillReport {
  readonly plan: PlanName;
  readonly drill: true;
  readonly at: string;
  readonly steps: readonly (PlanStep & { readonly number: number })[];
  /** The messages that the authority would have had, as they would read. */
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  readonly stillWorks: readonly string[];
}

const STAGES: readonly FaultStage[] = ['first', 'followUp', 'answersAgain', 'closing'];
const HALF_HOUR_MS = 1_800_000;

/** Runs a plan on paper: every step, every message, marked as a drill. */
export function drillPlan(
  plan: PlanName,
  site: { readonly kioskId: string; readonly institutionCode: string; readonly nowMs: number },
): DrillReport {
  const { kioskId, institutionCode, nowMs: sinceMs } = site;
  const told = plan === 'insuranceLineDown' ? STAGES : [];
  const messages = told.map((stage, index) => {
    const answers = index >= 2 ? sinceMs + 2 * HALF_HOUR_MS : undefined;
    const message: FaultMessage = {
      ...{ fault: 'flt_drill', number: index + 1, stage, what: 'insuranceLine', kioskId, institutionCode, sinceMs },
      ...{ atMs: sinceMs + index * HALF_HOUR_MS, fromId: 0, toId: undefined, answersSinceMs: answers, waiting: 0 },
      delivered: undefined,
    };
    return { ...(JSON.parse(faultRow(message).body) as Record<string, unknown>), drill: true };
  });
  const steps = contingencyPlans[plan].steps.map((one, index) => ({ number: index + 1, ...one }));
  return { plan, drill: true, at: platformTime(sinceMs), steps, messages, stillWorks: STILL_WORKS };
}
