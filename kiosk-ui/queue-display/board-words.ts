/** What the second screen says by itself, in both languages at once: nobody in the hall chooses one. */
export const boardWords = {
  slogan: '中国医保 一生守护',
  title: '叫号',
  titleEn: 'Now calling',
  goTo: '请到',
  goToEn: 'Please go to',
  earlier: '刚才叫过',
  earlierEn: 'Called before',
  nobody: '请等候叫号',
  nobodyEn: 'Please wait for your number',
  lost: '连接中断，暂停显示叫号',
  lostEn: 'Connection lost: no numbers are shown',
  lostAct: '请听现场叫号，或问工作人员',
  lostActEn: 'Please listen, or ask a member of staff',
  time: '第{time}次叫号',
} as const;
