/** Names of what stands in the hall: insurances, wallets, bills, parties, transactions. */
import type { BillKind, LedgersView, PayRoute, PersonView, WireParty, WireRow } from '../../workbench-messages.ts';
import type { Words } from './words.ts';

type Insurance = PersonView['insurances'][number];

export const insuranceKinds: Readonly<Record<Insurance['kind'], Words>> = {
  employee: ['职工', 'Employee'],
  resident: ['居民', 'Resident'],
};

export const routes: Readonly<Record<PayRoute, Words>> = {
  wechat: ['微信支付', 'WeChat Pay'],
  alipay: ['支付宝', 'Alipay'],
  unionPay: ['云闪付', 'UnionPay'],
};

export const billKinds: Readonly<Record<BillKind, Words>> = {
  example: ['普通门诊', 'ordinary visit'],
  allCovered: ['全部可报', 'all covered'],
  small: ['小额', 'small'],
  consent19999: ['自费 199.99', 'own 199.99'],
  consent20000: ['自费 200.00', 'own 200.00'],
  consent20001: ['自费 200.01', 'own 200.01'],
  consentSum: ['自费两项', 'two own lines'],
  consentMany: ['自费多次', 'many own lines'],
  emergencyOwn: ['急诊自费', 'emergency, own'],
  duplicateOrder: ['疑似重复', 'double charge?'],
  noDiagnosis: ['缺诊断', 'no diagnosis'],
  foreignInstitution: ['外院单', "another hospital's"],
  pausedDoctor: ['停岗医师', 'paused doctor'],
  registration: ['挂号', 'registration'],
  severalLines: ['多项可退', 'several lines'],
  allPerformed: ['均已执行', 'all performed'],
  nothingDone: ['均未执行', 'nothing done yet'],
  injuryFiled: ['外伤已备案', 'injury, filed'],
  injuryUnfiled: ['外伤未备案', 'injury, not filed'],
  injuryUntold: ['外伤要素缺', 'injury, facts missing'],
  repeatedDrug: ['重复开药要核卡', 'check person'],
  disputed: ['医疗纠纷', 'disputed'],
  aboveQuota: ['超定额', 'above quota'],
  internetVisit: ['互联网医院', 'internet hospital'],
  strangersInternetVisit: ['他院互联网', "another's internet hospital"],
  chronic: ['门慢特病', 'chronic disease'],
  unpublishedItem: ['未公示项目', 'unpublished item'],
  abovePublishedPrice: ['超公示价', 'above published price'],
  otherUnit: ['单位不符', 'another unit'],
  abovePayStandard: ['超支付标准', 'above pay standard'],
  maternity: ['生育门诊', 'maternity'],
  restrictedWithBasis: ['限定有依据', 'restricted, with basis'],
  restrictedWithoutBasis: ['限定无依据', 'restricted, no basis'],
  restrictedOwnExpense: ['限定改自费', 'restricted, own'],
  specialAndBasic: ['特需加基本', 'special and basic'],
  swapped: ['疑似串换', 'swapped item?'],
  externalPrescription: ['外配处方', 'external prescription'],
  unreviewedPrescription: ['处方未审', 'prescription not reviewed'],
  traceHeld: ['有追溯码', 'trace code held'],
  traceMissing: ['缺追溯码', 'trace code missing'],
  notOnList: ['目录外收费', 'not on the list'],
  reducedPrice: ['减免价', 'reduced'],
  childPrice: ['儿童加收', 'child price'],
  belowPublished: ['低于公示价', 'below price'],
  oldCode: ['停用编码', 'old code'],
  splitCharge: ['分解收费', 'split charge'],
  outsideScope: ['目录外', 'outside scope'],
  tooMuchAtOnce: ['超量开药', 'too much'],
  otherAge: ['年龄不符', 'other age'],
  borrowed: ['疑似套用', 'borrowed item?'],
  tooManyCharged: ['超量收费', 'too many charged'],
  quotaShifted: ['超定额转自付', 'quota shifted'],
};

export const parties: Readonly<Record<WireParty, Words>> = {
  insurance: ['医保', 'insurance'],
  hospital: ['医院', 'hospital'],
  payment: ['支付', 'payment'],
  card: ['读卡器', 'card'],
  printer: ['打印机', 'printer'],
  scanner: ['扫码器', 'scanner'],
};

export const outcomes: Readonly<Record<NonNullable<WireRow['outcome']>, Words>> = {
  done: ['成功', 'ok'],
  refused: ['拒绝', 'refused'],
  noAnswer: ['无应答', 'no answer'],
};

/** 定点医药机构接口 by transaction number. */
export const transactions: Readonly<Record<string, Words>> = {
  '9001': ['签到', 'sign in'],
  '9002': ['签退', 'sign out'],
  '1101': ['人员信息获取', 'person'],
  '1201': ['医药机构信息', 'institution'],
  '2001': ['待遇检查', 'entitlement'],
  '2201': ['门诊挂号', 'register visit'],
  '2202': ['挂号撤销', 'cancel visit'],
  '2203': ['就诊信息上传', 'visit details'],
  '2203A': ['就诊信息上传', 'visit details'],
  '2204': ['费用明细上传', 'upload fees'],
  '2205': ['明细撤销', 'withdraw fees'],
  '2206': ['门诊预结算', 'pre-settle'],
  '2206A': ['门诊预结算', 'pre-settle'],
  '2207': ['门诊结算', 'settle'],
  '2207A': ['门诊结算', 'settle'],
  '2208': ['结算撤销', 'void settlement'],
  '2301': ['住院费用上传', 'upload stay fees'],
  '2302': ['住院明细撤销', 'withdraw stay fees'],
  '2303': ['住院预结算', 'pre-settle stay'],
  '2304': ['住院结算', 'settle stay'],
  '2305': ['住院结算撤销', 'void stay'],
  '2401': ['入院办理', 'admit'],
  '2402': ['出院办理', 'discharge'],
  '2404': ['入院撤销', 'cancel admission'],
  '2405': ['出院撤销', 'cancel discharge'],
  '2601': ['冲正', 'reverse'],
  '3101': ['事前审核', 'review before'],
  '3102': ['事中审核', 'review during'],
  '3505': ['商品销售', 'sale'],
  '3506': ['销售退货', 'sale return'],
  '4101': ['结算清单', 'settlement list'],
  '4205': ['自费就诊上传', 'self-pay visit'],
  '5101': ['科室信息', 'departments'],
  '5102': ['医执人员', 'practitioners'],
  '5201': ['就诊信息查询', 'query visits'],
  '5202': ['诊断信息查询', 'query diagnoses'],
  '5203': ['结算信息查询', 'query settlement'],
  '5301': ['慢特病备案', 'chronic filings'],
  '5302': ['定点与备案', 'filings'],
  '5303': ['在院信息', 'in hospital'],
};

/** The hospital's and the broker's open contracts, by method and first and last word of the path. */
export const openCalls: readonly (readonly [start: string, end: string, words: Words])[] = [
  ['POST /bills/', '/lock', ['锁单', 'lock bill']],
  ['POST /bills/', '/unlock', ['解锁', 'unlock bill']],
  ['POST /bills/', '/confirm', ['确认收费', 'confirm bill']],
  ['POST /bills', '/search', ['查待缴单', 'find bills']],
  ['POST /orders', '/charge', ['扣款', 'charge']],
  ['POST /orders', '/close', ['关单', 'close order']],
  ['POST /orders', '', ['下单', 'new order']],
  ['GET /orders', '', ['查单', 'query order']],
  ['POST /refunds', '', ['退款', 'refund']],
  ['GET /refunds', '', ['查退款', 'query refund']],
];

export const claimStates: Readonly<Record<LedgersView['claims'][number]['state'], Words>> = {
  live: ['有效', 'live'],
  voided: ['已撤销', 'voided'],
  reversed: ['已冲正', 'reversed'],
};

export const billStates: Readonly<Record<LedgersView['bills'][number]['state'], Words>> = {
  open: ['待缴', 'open'],
  held: ['自助机占用', 'held'],
  atWindow: ['窗口占用', 'at window'],
  settledByKiosk: ['自助已结', 'settled here'],
  settledAtWindow: ['窗口已结', 'settled there'],
};

export const orderStates: Readonly<Record<LedgersView['orders'][number]['state'], Words>> = {
  waiting: ['待付', 'waiting'],
  userPaying: ['输密码中', 'password'],
  paid: ['已付', 'paid'],
  closed: ['已关闭', 'closed'],
  refunded: ['已退', 'refunded'],
};
