/** What stands beside a line of a fee list, in both languages. `{}` is filled in. */
export const lineNotesZh = {
  basis: '限定支付 依据号 {}',
  noBasis: '自费:限定支付药品,没有用药依据',
  traceTails: '追溯码尾号 {}',
  traceCount: '追溯码共 {} 个',
} as const;

export type LineNoteId = keyof typeof lineNotesZh;

export const lineNotesEn: Readonly<Record<LineNoteId, string>> = {
  basis: 'Restricted use, basis no. {}',
  noBasis: 'Paid by you: restricted use without a basis',
  traceTails: 'Trace code ends in {}',
  traceCount: 'Trace codes: {} in all',
};
