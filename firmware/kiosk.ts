/**
 * The kiosk: builds the rooms in order on a given world and starts them.
 *
 * Production and the simulator call the same function with different worlds.
 * One promise: the screen is up before any device is, and the insurance path
 * opens to patients only after every settlement left open was looked after.
 */
import { AuditTrail } from './audit/audit-trail.ts';
import { HospitalCalls } from './calling/hospital-calls.ts';
import { QueueHall } from './calling/queue-hall.ts';
import { PriceRoom } from './catalogue/price-room.ts';
import { HospitalLine } from './hospital/hospital-line.ts';
import { idsFrom } from './ids.ts';
import { MessageIds } from './insurance/message-ids.ts';
import { NationalInsurancePlatform } from './insurance/national-platform.ts';
import { CLOCK_LIMIT_MS, PlatformCalendar } from './insurance/platform-calendar.ts';
import { findMoney } from './journeys/find-money.ts';
import { homeNewsOf } from './journeys/guides.ts';
import { journeysOf, likelyJob } from './journeys/likely-job.ts';
import { outboxNotices } from './journeys/notices.ts';
import { priceEnquiry } from './journeys/price-enquiry.ts';
import type { Rooms } from './journeys/rooms.ts';
import type { Kiosk, KioskOptions } from './kiosk-contract.ts';
import { openDevices } from './kiosk-devices.ts';
import { TerminalCardGateway } from './payment/card-gateway.ts';
import { DeviceBankTerminal } from './payment/device-bank-terminal.ts';
import { HttpPaymentGateway } from './payment/http-payment-gateway.ts';
import { reasons } from './reasons.ts';
import { nightsOf } from './reconciliation/nights.ts';
import { AgreementWatch } from './region/agreement-watch.ts';
import { Designation } from './region/designation.ts';
import { filedFor } from './region/filed-merchant.ts';
import { SettlementGate } from './region/gate.ts';
import { InformationWatch } from './region/information-watch.ts';
import { verifyPack } from './region/packs.ts';
import { RuleBook } from './region/rule-book.ts';
import { RulePackWatch } from './region/rule-pack-watch.ts';
import { verifyRulePack } from './region/signed-rules.ts';
import { WatchedLens } from './region/watched-lens.ts';
import { ScreenHub } from './screen/screen-hub.ts';
import { testPaths } from './self-test/paths.ts';
import { HelpDesk, onHelpButton } from './session/help-desk.ts';
import { Readiness } from './session/readiness.ts';
import { Reception } from './session/reception.ts';
import { ShownCodes } from './session/shown-codes.ts';
import { watchPresence } from './session/watch-presence.ts';
import { chosenLedger } from './settlement/chosen-ledger.ts';
import { insuranceDeadlines } from './settlement/deadlines.ts';
import { createSettlements } from './settlement/desk.ts';
import { unfinishedCopy } from './settlement/unfinished-copy.ts';
import { staffKeyOf } from './staff/staff-key-of.ts';
import { type KioskUploads, kioskUploads } from './upload/kiosk-uploads.ts';
import { LineWatch } from './upload/line-watch.ts';
import { mirroredPayment } from './upload/mirrored-payment.ts';
import { tellingLedger } from './upload/telling-ledger.ts';
import { watchedHttp } from './upload/watched-http.ts';
import { headsetRoomOf } from './voice/headset-room.ts';

export { loadBoardLibrary } from '../drivers/cabinet/board-opener.ts';
export { loadRomanizer } from './catalogue/romanizer.ts';
export type { Kiosk, KioskOptions };

/** After so long without an exchange the insurance line is asked a small question, ms: a fault is told within a minute. */
const QUIET_LINE_MS = 20_000;

/** @throws PackRefusedError when the region pack is not what two people signed; MerchantNotFiledError */
export function startKiosk(options: KioskOptions): Kiosk {
  const { world, config, sealingKey } = options;
  const { random, http } = world;
  const profile = filedFor(config, verifyPack(options.pack.profile, options.pack.signatures, options.trust));
  const calendar = options.calendar ?? new PlatformCalendar(world.clock);
  calendar.limitMs = profile.insurance.clockLimitMs ?? CLOCK_LIMIT_MS;
  const { clock } = calendar;
  const pack = verifyRulePack(options.rulePack.rules, options.rulePack.signatures, options.trust);
  const rules = new RuleBook(pack, () => prices?.pricesInForce());
  const { newId, newNumber } = idsFrom(random);

  const store = world.store.open('kiosk.db');
  const audit = new AuditTrail(store, clock);
  audit.write('kiosk.started');
  audit.write('profile.loaded', { version: `${profile.id}/${profile.version}` });

  const screen = new ScreenHub({
    clock,
    help: {
      window: config.hospital.helpWindow,
      hospitalPhone: config.hospital.phone,
      insurancePhone: profile.texts.insurancePhone,
    },
  });
  screen.show({ name: 'S-OUT', reason: 'starting', staffCode: reasons.starting.staffCode });

  const devices = openDevices({ ...world, bus: world.devices, clock, speech: options.speech }, config);
  const { cardReader, scanner, printer, face } = devices;
  const idCardReader = face && devices.idCardReader;
  screen.hears({ dialect: profile.voice?.dialect });
  const headset = headsetRoomOf(devices, screen);
  const presence = watchPresence(devices, clock, screen, options.presenceSensor);
  const displays = [devices.queueDisplay, devices.poleDisplay, devices.secondScreen].filter((one) => one !== undefined);
  const hall = new QueueHall({ displays, voice: devices.voice, audit });
  // A slip that a power cut ended may still hang at the head; nobody else's may be printed below it.
  const unfinished = unfinishedCopy(store);
  if (unfinished) printer?.suspectRemains();
  for (const device of devices.all) {
    device.onStateChanged((state) => audit.write('device.stateChanged', { device: device.id, state }));
  }

  const { institutionCode, areaCode } = config.hospital;
  const { messageSequence } = config.insurance;
  const messageIds = new MessageIds({ institutionCode, slice: messageSequence, clock, random });
  const insuranceLine = new LineWatch({ clock, quietMs: QUIET_LINE_MS, ask: () => insurance.institutionStanding() });
  const insurance = new NationalInsurancePlatform({
    ...{ http: watchedHttp(http, clock, insuranceLine), clock, random, config, profile, messageIds, calendar },
    ...(options.terminal ? { terminal: options.terminal } : {}),
    onAgreement: (said) => agreement.saw(said),
  });
  const hospitalLine = new HospitalLine({ http, config, clock, audit });
  const { hospital, services } = hospitalLine;
  const calls = displays.length > 0 ? new HospitalCalls({ hospital, hall, clock }) : undefined;
  const payment = new HttpPaymentGateway({ http, gateway: config.paymentGateway });
  const onEnded = options.onLedgerStopped;
  const plainLedger = chosenLedger(options.ledger, { store, sealingKey, random, clock, onEnded });
  const ledger = tellingLedger(plainLedger, () => uploading.uploads.nudge());
  const uploading: KioskUploads = kioskUploads({
    ...{ ledger, insurance, hospital, line: insuranceLine, clock, audit, config, profile, newId },
    onStopped: options.onLedgerStopped,
  });
  const settlements = createSettlements({
    ledger,
    insurance,
    hospital,
    payment: mirroredPayment(payment, (limitMs) => uploading.uploads.flush('hospital', limitMs)),
    ...(devices.bankTerminal && {
      bankTerminal: new TerminalCardGateway(new DeviceBankTerminal(devices.bankTerminal)),
    }),
    clock,
    kiosk: { institutionCode, areaCode, messageSequence, kioskId: config.kioskId },
    deadlinesMs: insuranceDeadlines(profile.insurance.timeouts),
    onStopped: options.onLedgerStopped,
    onWatcherThrew: () => audit.write('session.unexpected', { reason: 'unexpected' }),
  });
  if (unfinished) {
    settlements.endCopy(unfinished.number, unfinished.copy, 'failed').catch(() => audit.write('session.unexpected'));
  }

  calendar.onTurned((wrong) =>
    audit.write('clock.turned', { state: wrong ? 'apart' : 'together', choice: String(Math.round(calendar.gapMs)) }),
  );
  const { eligibilityLifeMs } = profile.insurance;
  const notices = outboxNotices({
    ledger,
    onTold: () => uploading.uploads.nudge(),
    onStopped: options.onLedgerStopped,
  });
  const agreement = new AgreementWatch({ clock, audit, notices });
  const prices: PriceRoom | undefined =
    options.prices &&
    new PriceRoom({
      ...{ choice: options.prices, store: world.store, trust: options.trust, institution: institutionCode },
      ...{ news: insurance.catalogueNews, audit, clock, notices, printedPerHour: profile.prices?.printedPerHour },
    });
  const packWatch = new RulePackWatch({ pack: rules.pack, audit, clock, notices });
  const information = new InformationWatch({ profile, audit, clock, notices });
  const lens = new WatchedLens({ camera: devices.camera, checks: profile.checks, audit });
  const cover = { eligibilityLifeMs, watched: () => lens.sees };
  const gate = new SettlementGate({ platform: insurance, clock, institutionCode, ...cover });
  const designation = new Designation(insurance, clock, calendar);
  const helpDesk = new HelpDesk({ services, clock, newId, kioskId: config.kioskId, audit });
  const rooms: Rooms = {
    ...{ config, profile, clock, insurance, calendar, hospital, services, settlements, gate, rules, audit },
    ...{ cardReader, printer, idCardReader, face, reviews: insurance.reviews, notices, prices },
    pagePrinter: devices.pagePrinter,
    staffKey: staffKeyOf(devices, config, world),
    hasTerminal: devices.bankTerminal !== undefined,
    shownCodes: new ShownCodes(clock),
    someoneThere: () => presence.now(),
    onPresenceChanged: (listener) => presence.onChanged(listener),
    newId,
    newNumber,
  };
  const readiness = new Readiness({ cabinet: devices.cabinet, store: world.store, clock, audit });
  const reception = new Reception({
    ...{ screen, clock, profile, audit, cardReader, scanner, idCardReader, presence, readiness, newId },
    designated: () => designation.active,
    ...lens.alongside(designation),
    hospitalLine,
    serve: (session, shown) => likelyJob(rooms, session, shown),
    journeys: journeysOf(rooms),
    homeNews: () => homeNewsOf(rooms),
    callHelp: (about) => helpDesk.call(about),
    onHelpButton: (pressed) => onHelpButton(devices, pressed),
    findMoney: (session, number) => findMoney(rooms, session, number),
    showPrices: (session, below) => priceEnquiry(rooms, session, below),
    ...(options.onSessionEnded ? { onEnded: options.onSessionEnded } : {}),
  });

  const { reconciliation, nightShift } = nightsOf({
    ...{ store, sealingKey, insurance, hospital, payment, clock, config, profile, audit, notices },
    busy: () => reception.busy,
  });

  let running: Promise<void> = Promise.resolve();
  let door: 'shut' | 'open' | 'stopped' = 'shut';
  insuranceLine.start();
  hospitalLine.start();
  const sending = settlements.recovered().then(() => uploading.start());
  // Asked at once: the answer is on its way while the journal is read, and the door opens after both.
  const serving = Promise.all([settlements.recovered(), designation.watch()]).then(() => {
    if (door === 'stopped') return;
    door = 'open';
    running = reception.run();
    prices?.start((there) => screen.offerPrices(there));
  });

  return {
    screen,
    settlements,
    reconciliation,
    audit,
    devices,
    hall,
    rulePack: () => packWatch.state(),
    prices,
    standings: () => gate.ages(),
    uploads: uploading.uploads,
    testPaths: () => testPaths({ payment, insurance }),
    insuranceLine,
    serving,
    goOutOfService: async (reason) => {
      designation.close();
      reception.close();
      if (door === 'shut') door = 'stopped';
      await running;
      screen.show({ name: 'S-OUT', reason, staffCode: reasons[reason].staffCode });
      await hall.notice(['暂停服务', `请到${config.hospital.helpWindow}`], ['OUT OF SERVICE']);
    },
    stop: async () => {
      designation.close();
      packWatch.close();
      information.close();
      prices?.close();
      nightShift.stop();
      readiness.close();
      reception.close();
      // A door that is not open yet does not open any more, whatever the money still waits for.
      if (door === 'shut') door = 'stopped';
      await running;
      insuranceLine.close();
      hospitalLine.close();
      uploading.close();
      await settlements.close();
      await sending;
      calls?.close();
      hall.close();
      headset();
      for (const device of devices.all) await device.close();
      store.close();
    },
  };
}
