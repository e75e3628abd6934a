/** Samples of the home screen for the gallery, in each of its states. */
import type { Sample } from './gallery.ts';

const plate = '医疗保障定点医疗机构';
const slogan = '中国医保 一生守护';
const jobs = ['settleOutpatient', 'registration', 'inpatient', 'papers', 'more', 'guides'] as const;
const station = {
  name: { zh: '医保服务e站', en: 'Insurance e-station' },
  account: 'https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=sample-shenzhen-yibao',
  accountName: { zh: '“深圳医保”公众号', en: 'Official account 深圳医保' },
} as const;
const home = { name: 'S-HOME', media: { card: true, code: true }, plate, slogan, insurance: 'open', jobs } as const;

export const homeSamples: readonly Sample[] = [
  { title: 'S-HOME', body: home },
  { title: 'S-HOME card only', body: { ...home, media: { card: true, code: false } } },
  { title: 'S-HOME not designated', body: { ...home, plate: undefined } },
  {
    title: 'S-HOME with a notice',
    body: { ...home, notice: { zh: '周日上午医保系统升级', en: 'Insurance closed Sunday morning' } },
  },
  { title: 'S-HOME station', body: { ...home, station } },
  { title: 'S-HOME closed', body: { ...home, insurance: 'closed', jobs: ['inpatient', 'papers', 'guides'] } },
  { title: 'S-HOME hospital closed', body: { ...home, hospital: 'closed', jobs: ['papers', 'more', 'guides'] } },
];
