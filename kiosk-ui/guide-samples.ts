/** Samples of what there is to read (医保服务, 信息公开) for the gallery; hospital and notice are invented. */
import type { GuideEntry } from '../firmware/screen/messages.ts';
import type { Sample } from './gallery.ts';

const idle = { leftMs: 60_000, wholeMs: 60_000 };
const updatedOn = '2026-01-15';
const guide = (id: string, zh: string, en: string): GuideEntry => ({
  id: `guide.${id}`,
  kind: 'guide',
  title: { zh, en },
  updatedOn,
});
const chronic = guide('chronic', '门诊慢特病怎么备案', 'Registering a chronic disease');
const flow = guide('flow', '医保结算流程', 'How insurance settles');
const all = [
  {
    id: 'notice.system',
    kind: 'notice',
    title: { zh: '周日上午医保系统升级', en: 'Insurance closed Sunday morning' },
    updatedOn: '2026-03-05',
  },
  flow,
  { id: 'topic.open', kind: 'topic', topic: 'open' },
  { id: 'topic.inpatient', kind: 'topic', topic: 'inpatient' },
  chronic,
  guide('special', '特殊检查、用药备案', 'Special tests and medicine'),
  guide('injury', '受伤怎么用医保', 'Insurance after an injury'),
  guide('offsite', '外地参保怎么结算', 'Insured in another city'),
  guide('code', '医保码怎么开通', 'How to get the insurance code'),
  guide('ask', '医保政策咨询', 'Questions about insurance'),
  guide('refund', '退费怎么办', 'How to get money back'),
] as const;
const open = [
  guide('policy', '医保政策文件', 'Insurance rules'),
  guide('drugs', '医保药品目录', 'Medicine that insurance covers'),
  guide('licence', '本院资质', 'Licence of this hospital'),
  guide('contact', '咨询和投诉', 'Questions and complaints'),
] as const;
const page = {
  name: 'S-GUIDE',
  version: 'zhejiang/1',
  source: { zh: '浙江省医疗保障局', en: 'Zhejiang healthcare security' },
  paper: 'can',
  ticket: undefined,
} as const;
const flowPage = {
  ...page,
  entry: flow,
  window: 'none',
  text: {
    zh: [
      '第一步：放上社保卡、身份证或医保码，机器核对是您本人。',
      '第二步：看一看账单，没有错就按“确认无误”。',
      '第三步：先算医保付的钱，再由您付剩下的，可以用手机付。',
      '第四步：取走凭条，照“下一步”去取药或做检查。',
      '支付类别：普通门诊、门诊慢特病、急诊、住院、生育。',
      '支付比例（样例，以医保局公布的为准）：职工门诊，社区 80%、二级 70%、三级 60%；居民门诊 50%；住院另算，问窗口。',
    ],
    en: [
      'Step 1: put down your card, ID card or insurance code. The kiosk checks that it is you.',
      'Step 2: look at the bill. If it is right, confirm.',
      'Step 3: insurance counts its part first. You pay the rest, by phone if you like.',
      'Step 4: take the slip and go where it says.',
      'Categories: outpatient, chronic disease, emergency, inpatient, maternity.',
      'Shares (a sample; the insurance bureau publishes the real ones): employees 80 % in the community, 70 % in class 2, 60 % in class 3 hospitals; residents 50 %; inpatients: ask.',
    ],
  },
} as const;
const chronicPage = {
  ...page,
  entry: chronic,
  window: 'open',
  text: {
    zh: [
      '请主治医生填好认定表，带上身份证、医保卡和病历。',
      '到医院医保办交材料，几个工作日后有结果。',
      '备案好以后，在这里结算会先问您：这次看的是不是这个病。',
    ],
    en: [
      'Ask your doctor for the form. Bring your ID, insurance card and records.',
      'Hand them in at the insurance office. It takes some working days.',
      'Then this kiosk asks whether a visit is for that disease.',
    ],
  },
} as const;
const ticket = { number: 'B012', place: '医保备案窗口', waitingBefore: 3, together: false } as const;

export const guideSamples: readonly Sample[] = [
  { title: 'S-GUIDES', body: { name: 'S-GUIDES', of: 'all', entries: all }, deadline: idle },
  { title: 'S-GUIDES open', body: { name: 'S-GUIDES', of: 'open', entries: open }, deadline: idle },
  { title: 'S-GUIDE', body: flowPage, deadline: idle },
  { title: 'S-GUIDE printing', body: { ...flowPage, paper: 'printing' } },
  { title: 'S-GUIDE with a window', body: chronicPage, deadline: idle },
  { title: 'S-GUIDE ticket taken', body: { ...chronicPage, ticket: { ...ticket, together: true }, paper: 'ready' } },
  { title: 'S-GUIDE window shut', body: { ...chronicPage, window: 'shut', paper: 'none' }, deadline: idle },
];
