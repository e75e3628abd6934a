/**
 * 排队号: the number as it is called, larger than anything else on paper, and where (product.md 2.2).
 *
 * One promise: it names the patient by the mask only and says nothing of an illness.
 */
import type { PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { ClinicTicket } from '../hospital/registration.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { Language } from '../screen/messages.ts';
import { large, lines, pair, wording } from './bilingual-rows.ts';
import { wayWords } from './way-rows.ts';

export interface TicketSlip extends ClinicTicket {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly maskedName: string;
  readonly departmentName: string;
  readonly doctorName: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt: string;
}

export function ticketSlip(slip: TicketSlip): PaperDocument {
  const { config, profile, expectedMinutes } = slip;
  const say = wording(slip.language);
  const own = wayWords(slip.language);
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...lines(own('ticketTitle'), { align: 'center', bold: true }),
      { kind: 'text', text: slip.ticket, align: 'center', bold: true, size: 4 },
      large(slip.place),
      { kind: 'rule' },
      ...pair(say('name'), slip.maskedName),
      ...pair(say('department'), `${slip.departmentName} ${slip.doctorName}`),
      ...pair(own('waiting'), `${slip.waitingBefore}${own('people').zh}`, true),
      ...(expectedMinutes === undefined ? [] : pair(own('expected'), `${expectedMinutes}${own('minutes').zh}`)),
      ...pair(own('printedOn'), slip.printedAt),
      ...lines(own('missed')),
      { kind: 'rule' },
      ...pair(say('complaint'), [...new Set(['12345', profile.texts.complaintPhone])].join(' ')),
      ...pair(say('hospitalPhone'), config.hospital.phone),
      { kind: 'feed', lines: 1 },
      { kind: 'cut', mode: 'partial' },
    ],
  };
}
