/** Samples of the home screen for the gallery, in each of its states. */
import type { Sample } from './gallery.ts';

const plate = '医疗保障定点医疗机构';
const slogan = '中国医保 一生守护';
const jobs = ['settleOutpatient', 'registration', 'inpatient', 'papers', 'more'] as const;
const home = { name: 'S-HOME', media: { card: true, code: true }, plate, slogan, insurance: 'open', jobs } as const;

export const homeSamples: readonly Sample[] = [
  { title: 'S-HOME', body: home },
  { title: 'S-HOME card only', body: { ...home, media: { card: true, code: false } } },
  { title: 'S-HOME not designated', body: { ...home, plate: undefined } },
  { title: 'S-HOME closed', body: { ...home, insurance: 'closed', jobs: ['inpatient', 'papers'] } },
  { title: 'S-HOME hospital closed', body: { ...home, hospital: 'closed', jobs: ['papers', 'more'] } },
];
