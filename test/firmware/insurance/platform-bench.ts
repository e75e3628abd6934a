/** The national client against a platform that answers as a test says, and what it sent. */
import { MessageIds } from '../../../firmware/insurance/message-ids.ts';
import { NationalInsurancePlatform } from '../../../firmware/insurance/national-platform.ts';
import { PlatformCalendar } from '../../../firmware/insurance/platform-calendar.ts';
import type { HttpAnswer, HttpFailure } from '../../../firmware/ports.ts';
import type { InsuranceRules } from '../../../firmware/region/profile.ts';
import { AnsweringHttp, answered, type SentRequest } from '../../support/answering-http.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { amounts, config, profile, question } from '../kiosk-fixture.ts';

export const MSGID = 'H99000100001202611220900000001';
export const done = (output: unknown) => answered({ infcode: 0, err_msg: null, output });
export const refused = (message: string) => answered({ infcode: '-1', err_msg: message, output: null });

/** A platform that signs everybody in, unless that is `answered` too, and answers the rest as the test says. */
export function platformThat(
  answer: (request: SentRequest) => HttpAnswer | HttpFailure,
  rules: Partial<InsuranceRules> = {},
  heard: (respondTime: string | undefined) => void = () => undefined,
  signIn: 'taken' | 'answered' = 'taken',
) {
  const clock = new ManualClock();
  const calendar = new PlatformCalendar(clock);
  calendar.answered = (_, respondTime) => heard(respondTime);
  const random = { bytes: (count: number) => new Uint8Array(count).fill(3) };
  let signIns = 0;
  const http = new AnsweringHttp((request) => {
    if (signIn === 'answered' || request.json.infno !== '9001') return answer(request);
    signIns += 1;
    return done({ signinoutb: { sign_time: '2026-11-22 09:00:00', sign_no: `SIGN${signIns}` } });
  });
  const national = profile();
  const platform = new NationalInsurancePlatform({
    http,
    clock,
    random,
    config,
    calendar,
    profile: { ...national, insurance: { ...national.insurance, ...rules } },
    messageIds: new MessageIds({
      institutionCode: config.hospital.institutionCode,
      slice: { first: 0, last: 99 },
      clock,
      random,
    }),
  });
  return { platform, http, clock, asked: (infno: string) => http.sent.filter(({ json }) => json.infno === infno) };
}

export const settling = (answer: () => HttpAnswer | HttpFailure) =>
  platformThat(answer).platform.settle(MSGID, question, amounts);
