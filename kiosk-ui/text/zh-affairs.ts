/** One's own affairs beside paying, in Chinese. */
import type { AffairTexts } from './affair-texts.ts';

export const zhAffairs: AffairTexts = {
  proxy: {
    head: '为 {patient} 办理 · 代办人 {proxy}',
    patient: '先放患者本人的卡或医保码',
    proxy: '再放您自己的卡或医保码',
  },
  dayList: {
    print: '打印这一天',
    earlier: '前一天',
    later: '后一天',
    none: '这一天没有费用',
    paper: { can: '', printing: '正在打印', ready: '请取走清单', none: '现在打不出来，请到别的自助机' },
  },
  noPaperAct: '请到别的自助机，或到人工窗口补打。',
  records: {
    closed: '点一下“显示”，才会显示出来',
    open: '10 秒后自动遮住',
    show: '显示',
    hide: '遮住',
    labels: {
      insurance: '参保',
      balance: '个人账户余额',
      chronic: '门诊慢特病备案',
      inHospital: '住院',
      designated: '定点医院',
    },
    active: '{insurance}，正常',
    paused: '{insurance}，已停保',
    none: '没有',
    unknown: '现在查不到',
    until: '到 {date}',
  },
  guides: { title: '想看哪一条？', notice: '公告', updated: '{date} 更新', edition: '版本 {version}', back: '看别的' },
  complaint: {
    ask: '输入投诉单上的编号',
    taken: { title: '收到了，请记下编号', line: '不用说您是谁。凭编号在任何一台自助机都能看答复。' },
    received: { title: '还没有答复', line: '工作人员正在处理，请过几天再来看，或打 12345。' },
    answered: { title: '医院的答复', line: '' },
    paper: { printing: '正在打印，请稍等', ready: '请取走凭条', none: '没有凭条，请记下编号', notAsked: '' },
  },
  helpCall: {
    none: '',
    calling: '正在叫工作人员过来',
    coming: '工作人员马上就到，请稍等',
    unanswered: '现在没有人接，请打电话或到窗口',
  },
  reprint: {
    printing: '正在补打，请稍等',
    ready: '请取走凭条',
    unconfirmed: '请取走凭条，没有就到窗口补打',
    none: '本机现在打不出来',
    copy: '第 {copy} 份，上面印有“补打”',
    invoice: '用手机扫一扫，看电子票据',
    another: '再打别的',
  },
};
