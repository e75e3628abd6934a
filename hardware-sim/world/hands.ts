/**
 * What hands can do in the hall: to the cabinet, with cards and phones, at the
 * window, to cables and to the plug.
 *
 * One table for scenarios, workbench and people; consequences follow from
 * physics, so an impossible state cannot be set up.
 */

import type { SimCardSlot } from '../devices/card-slot.ts';
import { bankCard, issueCard, RARE_NAME_HOLDERS } from '../devices/cards.ts';
import type { SimCodeScanner } from '../devices/code-scanner.ts';
import type { VirtualPrinter } from '../devices/receipt-printer/virtual-printer.ts';
import type { Parties } from '../parties/virtual-world.ts';

/** A cable that can be pulled and put back. */
export interface Cable {
  cut(): void;
  restore(): void;
}

/** Everything within reach. */
export interface Hall {
  /** Who stands in front of the kiosk: a key of the invented people. */
  readonly person: string;
  readonly slot: SimCardSlot;
  readonly scanner: SimCodeScanner;
  readonly printer: VirtualPrinter;
  readonly parties: Parties;
  readonly insuranceLine: Cable;
  readonly hospitalLine: Cable;
  /** The text of the payment QR on the screen, when one is shown. */
  payCodeOnScreen(): string | undefined;
  cutPower(): void;
  restorePower(): void;
  /** Sets the kiosk's calendar apart from everybody else's, ms; 0 = together again. */
  setClockApart(aheadMs: number): void;
}

export type Given = string | number | undefined;

interface Hand {
  readonly title: string;
  /** Where the workbench draws it. */
  readonly at: 'reader' | 'scanner' | 'phone' | 'printer' | 'lines' | 'cabinet' | 'hospital' | 'centre';
  readonly use: (hall: Hall, given: Given) => void;
}

/** A code that the person showed last, to show it again. */
const lastShown = new WeakMap<Hall, string>();
const A_MINUTE_MS = 60_000;
/** Exchanges of one visit that a slow or silent party touches. */
const A_FEW = 6;
const A_LOT_OF_PAPER_MM = 80_000;

function cardOf(hall: Hall, version: '1.00' | '2.00' | '3.00') {
  const rare = Object.values(RARE_NAME_HOLDERS).find((holder) => holder.key === hall.person);
  return issueCard(rare ?? hall.parties.patient(hall.person), { version });
}

function pay(hall: Hall): void {
  const code = hall.payCodeOnScreen();
  if (code !== undefined) hall.parties.payment.scanAndPay(code, hall.parties.wallet(hall.person));
}

const number = (given: Given, standard: number): number => (typeof given === 'number' ? given : standard);
const firstBill = (hall: Hall, given: Given): string =>
  typeof given === 'string' ? given : (hall.parties.hospital.book.entries.keys().next().value ?? '');

export const hands = {
  insertCard: { title: '插卡', at: 'reader', use: (hall) => hall.slot.insert(cardOf(hall, '2.00')) },
  insertCardOf: {
    title: '插别人的卡',
    at: 'reader',
    use: (hall, given) => hall.slot.insert(issueCard(hall.parties.patient(String(given)), { version: '2.00' })),
  },
  registerProxy: {
    title: '登记代办人',
    at: 'hospital',
    use: (hall, given) => {
      const { hospital } = hall.parties;
      hospital.proxies.register(hospital.person(hall.person), hospital.person(String(given)));
    },
  },
  orderWithoutInsurance: {
    title: '给没有医保的人开单',
    at: 'hospital',
    use: (hall, given) => void hall.parties.hospital.addBill(String(given ?? 'visitor'), 'small'),
  },
  insertFirstGenerationCard: { title: '插一代卡', at: 'reader', use: (hall) => hall.slot.insert(cardOf(hall, '1.00')) },
  insertThirdGenerationCard: { title: '插三代卡', at: 'reader', use: (hall) => hall.slot.insert(cardOf(hall, '3.00')) },
  insertCardWrongWay: {
    title: '插反卡',
    at: 'reader',
    use: (hall) => hall.slot.insert(cardOf(hall, '2.00'), { face: 'wrong' }),
  },
  insertBankCard: { title: '插银行卡', at: 'reader', use: (hall) => hall.slot.insert(bankCard()) },
  turnOverCard: { title: '翻面', at: 'reader', use: (hall) => hall.slot.turnOver() },
  removeCard: { title: '取卡', at: 'reader', use: (hall) => hall.slot.remove() },
  unplugReader: { title: '拔读卡器', at: 'reader', use: (hall) => hall.slot.unplug() },
  plugInReader: { title: '接读卡器', at: 'reader', use: (hall) => hall.slot.plugIn() },
  tearCardOff: {
    title: '读卡时抽卡',
    at: 'reader',
    use: (hall, given) => hall.slot.faults.tearOffAtApdu(number(given, 3)),
  },

  showCode: {
    title: '出示医保码',
    at: 'scanner',
    use: (hall) => {
      const code = hall.parties.showECredential(hall.person);
      lastShown.set(hall, code);
      hall.scanner.show(code);
    },
  },
  showSameCode: { title: '再出示同一个码', at: 'scanner', use: (hall) => hall.scanner.show(lastShown.get(hall) ?? '') },
  showText: { title: '出示别的码', at: 'scanner', use: (hall, given) => hall.scanner.show(String(given ?? '')) },
  showHugeCode: { title: '出示超长码', at: 'scanner', use: (hall) => hall.scanner.show('7'.repeat(100_000)) },

  unplugScanner: { title: '拔扫码器', at: 'scanner', use: (hall) => hall.scanner.unplug() },
  plugInScanner: { title: '接扫码器', at: 'scanner', use: (hall) => hall.scanner.plugIn() },

  payByPhone: { title: '手机扫码付款', at: 'phone', use: pay },
  typePassword: {
    title: '手机输密码',
    at: 'phone',
    use: (hall) => hall.parties.payment.typePassword(hall.parties.wallet(hall.person)),
  },
  showPayCode: {
    title: '出示付款码',
    at: 'phone',
    use: (hall) => hall.scanner.show(hall.parties.payment.showPayCode(hall.parties.wallet(hall.person))),
  },

  tearPaper: { title: '取走凭条', at: 'printer', use: (hall) => hall.printer.tear() },
  pullHalf: { title: '扯出一半', at: 'printer', use: (hall) => hall.printer.pullHalf() },
  loadPaper: {
    title: '装纸',
    at: 'printer',
    use: (hall, given) => hall.printer.loadPaper(number(given, A_LOT_OF_PAPER_MM)),
  },
  takePaperOut: { title: '取出纸卷', at: 'printer', use: (hall) => hall.printer.loadPaper(0) },
  openCover: { title: '打开机盖', at: 'printer', use: (hall) => hall.printer.openCover() },
  closeCover: { title: '合上机盖', at: 'printer', use: (hall) => hall.printer.closeCover() },
  unplugPrinter: { title: '拔打印机', at: 'printer', use: (hall) => hall.printer.unplug() },
  plugInPrinter: { title: '接打印机', at: 'printer', use: (hall) => hall.printer.plugIn() },

  cutInsuranceLine: { title: '断医保专线', at: 'lines', use: (hall) => hall.insuranceLine.cut() },
  restoreInsuranceLine: { title: '接医保专线', at: 'lines', use: (hall) => hall.insuranceLine.restore() },
  cutHospitalLine: { title: '断院内网', at: 'lines', use: (hall) => hall.hospitalLine.cut() },
  restoreHospitalLine: { title: '接院内网', at: 'lines', use: (hall) => hall.hospitalLine.restore() },
  slowInsuranceLine: {
    title: '医保答复变慢',
    at: 'lines',
    use: (hall, given) => hall.parties.wires.insurance.mischief.delayAnswer(number(given, 5_000), {}, A_FEW),
  },
  silencePayment: {
    title: '付款平台不答',
    at: 'lines',
    use: (hall) => hall.parties.wires.payment.mischief.loseRequest(A_FEW),
  },
  cutPower: { title: '断电', at: 'cabinet', use: (hall) => hall.cutPower() },
  restorePower: { title: '通电', at: 'cabinet', use: (hall) => hall.restorePower() },

  setClockApart: {
    title: '拨机器的钟',
    at: 'cabinet',
    use: (hall, given) => hall.setClockApart(number(given, A_MINUTE_MS)),
  },
  setClockRight: { title: '校准机器的钟', at: 'cabinet', use: (hall) => hall.setClockApart(0) },

  changeBill: {
    title: '医生改单',
    at: 'hospital',
    use: (hall, given) => hall.parties.hospital.changeBill(firstBill(hall, given)),
  },
  answerHelp: { title: '导诊台接听', at: 'hospital', use: (hall) => hall.parties.hospital.guides.answerCall() },
  answerComplaint: {
    title: '答复投诉',
    at: 'hospital',
    use: (hall, given) => hall.parties.hospital.guides.answerComplaint(String(given ?? '已经改正，谢谢您的意见。')),
  },
  callNumber: { title: '窗口叫号', at: 'hospital', use: (hall) => hall.parties.hospital.queue.callNext() },
  settleAtWindow: {
    title: '窗口先结',
    at: 'hospital',
    use: (hall, given) => {
      const desk = hall.parties.hospital.openAtWindow(firstBill(hall, given));
      if (typeof desk === 'object') desk.settle();
    },
  },
  publishPriceList: {
    title: '发布新价格清单',
    at: 'hospital',
    use: (hall, given) => {
      const [item, price] = String(given ?? '').split(' ');
      hall.parties.priceOffice.publish(item && price ? { item, price } : undefined);
    },
  },
  publishCatalogue: {
    title: '国家目录更新',
    at: 'centre',
    use: (hall, given) => {
      const kind = given === 'drug' || given === 'service' ? given : 'consumable';
      hall.parties.insurance.catalogues.publish(kind);
    },
  },
  suspendInstitution: { title: '暂停协议', at: 'centre', use: (hall) => hall.parties.insurance.suspendInstitution() },
  suspendDoctor: {
    title: '暂停医师',
    at: 'centre',
    use: (hall, given) => hall.parties.insurance.suspendPractitioner(String(given)),
  },
  fileChronic: {
    title: '备案慢特病',
    at: 'centre',
    use: (hall) => {
      const { filings } = hall.parties.insurance;
      const { personNumber } = hall.parties.patient(hall.person);
      filings.fileChronic(personNumber, { code: 'M01600', name: '糖尿病', begunOn: '2025-01-01' });
    },
  },
  suspendDepartment: {
    title: '暂停科室',
    at: 'centre',
    use: (hall, given) => hall.parties.insurance.suspendDepartment(String(given)),
  },
  answerOtherName: {
    title: '中心返回他人姓名',
    at: 'centre',
    use: (hall) =>
      hall.parties.wires.insurance.mischief.answer(
        1,
        (answer) => replaceText(answer, hall.parties.patient(hall.person).name, '钱演错'),
        {
          transaction: '1101',
        },
      ),
  },
} as const satisfies Record<string, Hand>;

export type HandName = keyof typeof hands;

export const handNames = Object.keys(hands) as HandName[];

export function isHand(name: string | undefined): name is HandName {
  return name !== undefined && Object.hasOwn(hands, name);
}

function replaceText<Answer extends { readonly body: Uint8Array }>(answer: Answer, from: string, to: string): Answer {
  return { ...answer, body: new TextEncoder().encode(new TextDecoder().decode(answer.body).replaceAll(from, to)) };
}
