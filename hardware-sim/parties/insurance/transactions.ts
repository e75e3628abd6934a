/**
 * The transactions that this platform offers: path of each behind the gateway,
 * and which fields a request must carry (reference, sections A.1 and B).
 *
 * A field is written `name:length`, with `!` when it is mandatory; `D` and `DT`
 * are dates, `N2`…`N6` decimals with so many places.
 */

export interface Transaction {
  readonly number: string;
  /** `undefined` where no public source names it: any free path under the query service is taken. */
  readonly path: string | undefined;
  /** Input node and its fields; `[]` behind the node's name marks a list. */
  readonly nodes: Readonly<Record<string, string>>;
}

const OUTPATIENT = '/fsi/api/outpatientDocInfoService';
const CATALOGUES = '/fsi/api/catalogdownservice';
const SETTLE = '/fsi/api/outpatientSettleService';
export const QUERY_SERVICE = '/fsi/api/fsiIntegratedQueryService';
export const DECODE_PATHS = ['/fsi/api/hsecfc/localQrCodeQuery', '/localcfc/api/hsecfc/localQrCodeQuery'];

const PRE_SETTLE =
  'psn_no:30! mdtrt_cert_type:3! mdtrt_cert_no:50! card_sn:32 certno:50 med_type:6! medfee_sumamt:N2! psn_setlway:6! ' +
  'mdtrt_id:30! chrg_bchno:30! acct_used_flag:1! insutype:6!';
const SETTLE_NOW = `${PRE_SETTLE} invono:20 fulamt_ownpay_amt:N2! overlmt_selfpay:N2! preselfpay_amt:N2! inscp_scp_amt:N2!`;

const PRE_SETTLE_STAY =
  'psn_no:30! mdtrt_cert_type:3! mdtrt_cert_no:50! card_sn:32 medfee_sumamt:N2! psn_setlway:6! mdtrt_id:30! insutype:6! ' +
  'acct_used_flag:1! invono:20 mid_setl_flag:3! fulamt_ownpay_amt:N2 overlmt_selfpay:N2 preselfpay_amt:N2 ' +
  'inscp_scp_amt:N2 dscg_time:D';
const VISIT_NODES = {
  mdtrtinfo: 'mdtrt_id:30! psn_no:30! med_type:6! begntime:DT! main_cond_dscr:1000 dise_codg:30 dise_name:500',
  'diseinfo[]':
    'diag_type:3! diag_srt_no:N0! diag_code:20! diag_name:100! diag_dept:50! dise_dor_no:30! dise_dor_name:50! ' +
    'diag_time:DT! vali_flag:3!',
};
const STAY_DIAGNOSES =
  'psn_no:30! diag_type:3! maindiag_flag:3! diag_srt_no:N0! diag_code:20! diag_name:100! adm_cond:500 diag_dept:50! ' +
  'dise_dor_no:30! dise_dor_name:50! diag_time:DT!';
const SOLD =
  'med_list_codg:50! fixmedins_hilist_id:30! fixmedins_hilist_name:200! fixmedins_bchno:30! prsc_dr_name:50! ' +
  'phar_name:50! phar_prac_cert_no:50! hi_feesetl_type:6! setl_id:30 mdtrt_sn:30! psn_no:30 psn_cert_type:6! certno:50 ' +
  'psn_name:50 manu_lotnum:30! manu_date:D! expy_end:D rx_flag:3! trdn_flag:3! finl_trns_pric:N6 rxno:40 ' +
  'rtal_docno:40! sel_retn_cnt:N4! sel_retn_time:DT! sel_retn_opter_name:50! mdtrt_setl_type:6!';
const HOSPITAL = '/fsi/api/hospitalRegisterService';
const DISCHARGE = '/fsi/api/dscgService';
const STAY_IDS = 'mdtrt_id:30! psn_no:30!';

export const TRANSACTIONS: readonly Transaction[] = [
  { number: '9001', path: '/fsi/api/signInSignOutService/signIn', nodes: { signIn: 'opter_no:20! mac:20 ip:20!' } },
  {
    number: '1101',
    path: '/fsi/api/fsiPsnInfoService/queryPsnInfo',
    nodes: {
      data: 'mdtrt_cert_type:3! mdtrt_cert_no:50! card_sn:32 begntime:DT psn_cert_type:6! certno:50 psn_name:50',
    },
  },
  {
    number: '1201',
    path: '/fsi/api/fsiFixMedInsService/queryFixMedIns',
    nodes: { medinsinfo: 'fixmedins_type:6! fixmedins_name:200 fixmedins_code:12' },
  },
  {
    number: '2001',
    path: '/fsi/api/fsiPsnPriorityInfoService/queryPsnPriorityInfo',
    nodes: { data: 'psn_no:30! insutype:6! fixmedins_code:12! med_type:6! begntime:DT! endtime:DT dise_codg:30' },
  },
  { number: '1301', path: `${CATALOGUES}/downCatalog1301`, nodes: { data: 'ver:20!' } },
  { number: '1305', path: `${CATALOGUES}/downCatalog1305`, nodes: { data: 'ver:20!' } },
  { number: '1306', path: `${CATALOGUES}/downCatalog1306`, nodes: { data: 'ver:20!' } },
  {
    number: '2201',
    path: `${OUTPATIENT}/outpatientRregistration`,
    nodes: {
      data:
        'psn_no:30! insutype:6! begntime:DT! mdtrt_cert_type:3! mdtrt_cert_no:50! ipt_otp_no:30! atddr_no:30! dr_name:50! ' +
        'dept_code:30! dept_name:100! caty:6!',
    },
  },
  {
    number: '2202',
    path: `${OUTPATIENT}/outpatientRegistrationCancel`,
    nodes: { data: 'psn_no:30! mdtrt_id:30! ipt_otp_no:30!' },
  },
  { number: '2203', path: `${OUTPATIENT}/outpatientMdtrtinfoUp`, nodes: VISIT_NODES },
  { number: '2203A', path: `${OUTPATIENT}/outpatientMdtrtinfoUpA`, nodes: VISIT_NODES },
  {
    number: '2204',
    path: `${OUTPATIENT}/outpatientFeeListUp`,
    nodes: {
      'feedetail[]':
        'feedetl_sn:30! mdtrt_id:30! psn_no:30! chrg_bchno:30! rxno:40 rx_circ_flag:3! fee_ocur_time:DT! med_list_codg:50! ' +
        'medins_list_codg:150! det_item_fee_sumamt:N2! cnt:N4! pric:N6! bilg_dept_codg:30! bilg_dept_name:100! ' +
        'bilg_dr_codg:30! bilg_dr_name:50! hosp_appr_flag:3!',
    },
  },
  {
    number: '2205',
    path: `${OUTPATIENT}/outpatientFeeListUpCancel`,
    nodes: { data: 'mdtrt_id:30! chrg_bchno:30! psn_no:30!' },
  },
  { number: '2206', path: `${SETTLE}/preSettletment`, nodes: { data: PRE_SETTLE } },
  { number: '2206A', path: `${SETTLE}/preSettletmentA`, nodes: { data: PRE_SETTLE } },
  { number: '2207', path: `${SETTLE}/saveSettletmentV2`, nodes: { data: SETTLE_NOW } },
  { number: '2207A', path: `${SETTLE}/saveSettletment`, nodes: { data: SETTLE_NOW } },
  { number: '2208', path: `${SETTLE}/cancleSettletment`, nodes: { data: 'setl_id:30! mdtrt_id:30! psn_no:30!' } },
  {
    number: '2301',
    path: '/fsi/api/hospFeeDtlService/feeDtlUp',
    nodes: {
      'feedetail[]':
        'feedetl_sn:30! init_feedetl_sn:30 mdtrt_id:30! drord_no:30 psn_no:30! med_type:6! fee_ocur_time:DT! ' +
        'med_list_codg:50! medins_list_codg:150! det_item_fee_sumamt:N2! cnt:N4! pric:N6! bilg_dept_codg:30! ' +
        'bilg_dept_name:100! bilg_dr_codg:30! bilg_dr_name:50! hosp_appr_flag:3 memo:500',
    },
  },
  {
    number: '2302',
    path: '/fsi/api/hospFeeDtlService/feeDtlCl',
    nodes: { 'data[]': 'feedetl_sn:30! mdtrt_id:30! psn_no:30!' },
  },
  { number: '2303', path: '/fsi/api/hospSettService/preSett', nodes: { data: PRE_SETTLE_STAY } },
  { number: '2304', path: '/fsi/api/hospSettService/settV2', nodes: { data: PRE_SETTLE_STAY } },
  { number: '2305', path: '/fsi/api/hospSettService/settCl', nodes: { data: 'mdtrt_id:30! setl_id:30! psn_no:30!' } },
  {
    number: '2401',
    path: `${HOSPITAL}/hospitalRegisterSave`,
    nodes: {
      mdtrtinfo:
        'psn_no:30! insutype:6! coner_name:50 tel:50 begntime:DT! mdtrt_cert_type:3! mdtrt_cert_no:50! card_sn:32 ' +
        'med_type:6! ipt_no:30! medrcdno:30 atddr_no:30! chfpdr_name:50! adm_diag_dscr:200! adm_dept_codg:30! ' +
        'adm_dept_name:100! adm_bed:30! dscg_maindiag_code:20! dscg_maindiag_name:300! main_cond_dscr:1000 dise_codg:30',
      'diseinfo[]': STAY_DIAGNOSES,
    },
  },
  {
    number: '2402',
    path: `${DISCHARGE}/dischargeProcess`,
    nodes: {
      dscginfo:
        'mdtrt_id:30! psn_no:30! insutype:6! endtime:DT! dise_codg:30 dscg_dept_codg:30! dscg_dept_name:100! ' +
        'dscg_bed:30 dscg_way:3! die_date:D',
      'diseinfo[]': STAY_DIAGNOSES,
    },
  },
  { number: '2404', path: `${HOSPITAL}/hospitalRegisterCancel`, nodes: { data: STAY_IDS } },
  { number: '2405', path: `${DISCHARGE}/dischargeUndo`, nodes: { data: STAY_IDS } },
  {
    number: '2601',
    path: '/fsi/api/reverseService/revsMethod',
    nodes: { data: 'psn_no:30! omsgid:30! oinfno:6!' },
  },
  // Their nodes lie in one another; the review desk checks them itself.
  { number: '3101', path: '/fsi/api/riskConService/beforeAnalyze', nodes: {} },
  { number: '3102', path: '/fsi/api/riskConService/courseAnalyze', nodes: {} },
  { number: '3505', path: '/fsi/api/goodsService/goodsSell', nodes: { selinfo: SOLD } },
  {
    number: '3506',
    path: '/fsi/api/goodsService/goodsSellReturn',
    nodes: { selinfo: `${SOLD} medins_prod_sel_no:50!` },
  },
  {
    number: '4101',
    path: '/fsi/api/medinfoupload/setllistinfoupld',
    nodes: {
      setlinfo:
        'mdtrt_id:30! setl_id:30! fixmedins_name:200! fixmedins_code:12! medcasno:40! psn_name:50! gend:6! brdy:D! ' +
        'ntly:6! naty:3! patn_cert_type:3! certno:50! prfs:6! hi_type:3! insuplc:6! ipt_med_type:3! adm_time:DT ' +
        'dscg_time:DT bill_code:50! bill_no:30! biz_sn:50! setl_begn_date:D! setl_end_date:D! psn_selfpay:N2! ' +
        'psn_ownpay:N2! acct_pay:N2! psn_cashpay:N2! hi_paymtd:3! hsorg:100! hsorg_opter:50! medins_fill_dept:100! ' +
        'medins_fill_psn:50!',
    },
  },
  // No source names the path of 4205.
  {
    number: '4205',
    path: '/fsi/api/ownPayPatnService/otpMdtrtInfoUp',
    nodes: {
      mdtrtinfo:
        'fixmedins_mdtrt_id:30! fixmedins_code:30! fixmedins_name:200! psn_cert_type:6! certno:600! psn_name:50! gend:6 ' +
        'brdy:D begntime:DT! endtime:DT med_type:6! elec_bill_code:50 elec_billno_code:50 elec_bill_chk_code:6',
      'diseinfo[]':
        'diag_type:3! diag_srt_no:N0! diag_code:30! diag_name:100! diag_dept:50! diag_dr_code:30! diag_dr_name:50! ' +
        'diag_time:DT! vali_flag:3!',
      'feedetail[]':
        'fixmedins_mdtrt_id:30! med_type:6! bkkp_sn:30! fee_ocur_time:DT! fixmedins_code:30! cnt:N4! pric:N6! ' +
        'det_item_fee_sumamt:N2! med_list_codg:50! medins_list_codg:150! medins_list_name:100! med_chrgitm_type:6! ' +
        'bilg_dept_codg:30! bilg_dept_name:100! bilg_dr_code:30! bilg_dr_name:50!',
    },
  },
  {
    number: '3201',
    path: '/fsi/api/ybSettlementStmtService/stmtTotal',
    nodes: {
      data:
        'insutype:6! clr_type:6! setl_optins:6! stmt_begndate:D! stmt_enddate:D! medfee_sumamt:N2! fund_pay_sumamt:N2! ' +
        'acct_pay:N2! fixmedins_setl_cnt:N0!',
    },
  },
  {
    number: '3202',
    path: '/fsi/api/ybSettlementStmtService/stmtDetail',
    nodes: {
      data:
        'setl_optins:6! file_qury_no:30! stmt_begndate:D! stmt_enddate:D! medfee_sumamt:N2! fund_pay_sumamt:N2! ' +
        'cash_payamt:N2! fixmedins_setl_cnt:N0! clr_type:6',
    },
  },
  { number: '9101', path: '/fsi/api/fileupload/upload', nodes: { fsUploadIn: 'filename:200! fixmedins_code:12!' } },
  {
    number: '9102',
    path: '/fsi/api/fileupload/download',
    nodes: { fsDownloadIn: 'file_qury_no:30! filename:200! fixmedins_code:12!' },
  },
  { number: '5101', path: `${QUERY_SERVICE}/queryFixmedinsDept`, nodes: {} },
  {
    number: '5102',
    path: `${QUERY_SERVICE}/queryFixmedinsPracPsn`,
    nodes: { data: 'prac_psn_type:6 psn_cert_type:6 certno:50 prac_psn_name:50 prac_psn_code:20' },
  },
  {
    number: '5201',
    path: undefined,
    nodes: { data: 'psn_no:30! begntime:DT! endtime:DT! med_type:6! mdtrt_id:30' },
  },
  { number: '5202', path: undefined, nodes: { data: 'mdtrt_id:30! psn_no:30!' } },
  { number: '5203', path: `${QUERY_SERVICE}/querySetlInfo`, nodes: { data: 'psn_no:30! setl_id:30 mdtrt_id:30!' } },
  { number: '5301', path: `${QUERY_SERVICE}/queryPsnOpspReg`, nodes: { data: 'psn_no:30!' } },
  { number: '5302', path: undefined, nodes: { data: 'psn_no:30! biz_appy_type:3!' } },
  {
    number: '5303',
    path: `${QUERY_SERVICE}/queryInhospInfo`,
    nodes: { data: 'psn_no:30! begntime:DT! endtime:DT!' },
  },
];

/** Whether a path may carry this transaction; the settling pair differs by path only. */
export function pathFits(number: string, path: string): boolean {
  const family = number.slice(0, 4);
  const owners = TRANSACTIONS.filter((transaction) => transaction.path === path);
  if (owners.length > 0) return owners.some((transaction) => transaction.number.slice(0, 4) === family);
  return path.startsWith(`${QUERY_SERVICE}/`) && TRANSACTIONS.some((one) => one.number === number && !one.path);
}

export function isTransactionPath(path: string): boolean {
  return path.startsWith(`${QUERY_SERVICE}/`) || TRANSACTIONS.some((transaction) => transaction.path === path);
}
