/** One machine with the patients' reader, a contactless one and the staff's own: each is found by what stays of its name. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { ChipCardReader } from '../../../drivers/card-reader/chip-card-reader.ts';
import { PivToken } from '../../../drivers/person-token/piv-token.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { StaffCardAuthority, TEST_STAFF } from '../../../hardware-sim/devices/piv-card/staff-card-authority.ts';
import { StorageCard } from '../../../hardware-sim/devices/storage-card.ts';
import { daemonWith, newSlot } from './wire-bench.ts';

const { yan } = RARE_NAME_HOLDERS;
const PATIENT = { timeoutMs: 10_000 } as const;

interface Told {
  readonly told: string[];
  /** Resolves when this was told, or has been. */
  hears(what: string): Promise<void>;
}

function listening(device: {
  onStateChanged(listener: (state: string) => void): unknown;
}): Told & { readonly say: (what: string) => void } {
  const told: string[] = [];
  const waiting: { readonly what: string; readonly wake: () => void }[] = [];
  const say = (what: string): void => {
    told.push(what);
    for (const one of waiting) if (one.what === what) one.wake();
  };
  device.onStateChanged(say);
  const hears = (what: string): Promise<void> =>
    told.includes(what) ? Promise.resolve() : new Promise((wake) => waiting.push({ what, wake }));
  return { told, say, hears };
}

async function hall() {
  const patients = newSlot('Maker One ICC Reader [Contact] 00 00');
  const field = new SimCardSlot({
    clock: systemClock,
    readerName: 'Maker One ICC Reader [Contactless] 01 00',
    apduMs: 0,
    by: 'field',
  });
  const staff = newSlot('Maker Two Token Reader 02 00');
  /** The same staff reader in another socket: PC/SC gives it another index. */
  const staffElsewhere = newSlot('Maker Two Token Reader 03 00');
  staffElsewhere.unplug();
  const { socketPath } = await daemonWith(patients, field, staff, staffElsewhere);
  const bus = createDeviceBus({ clock: systemClock, pcscdSocketPath: socketPath });
  const common = { bus, clock: systemClock };
  const reader = new ChipCardReader({ id: 'card-reader', address: 'pcscd:*[Contact]*', ...common });
  const fieldReader = new ChipCardReader({ id: 'card-field', address: 'pcscd:*[Contactless]*', ...common });
  const token = new PivToken({ id: 'staff-token', address: 'pcscd:Maker Two Token Reader*', ...common });
  const heard = { reader: listening(reader), field: listening(fieldReader), token: listening(token) };
  reader.onCardEvent(({ event }) => heard.reader.say(event));
  fieldReader.onCardEvent(({ event }) => heard.field.say(event));
  token.onTokenEvent(({ event }) => heard.token.say(event));
  onTestFinished(async () => {
    await Promise.all([reader.close(), fieldReader.close(), token.close()]);
    await bus.close();
  });
  await Promise.all([heard.reader.hears('online'), heard.field.hears('online'), heard.token.hears('online')]);
  return { patients, field, staff, staffElsewhere, reader, fieldReader, token, heard };
}

describe('several readers on one machine', () => {
  test('each driver finds its own, and sees only what lies in it', async () => {
    const { patients, field, staff, reader, fieldReader, token, heard } = await hall();
    expect([reader.identity, fieldReader.identity, token.identity]).toEqual([
      'Maker One ICC Reader [Contact] 00 00',
      'Maker One ICC Reader [Contactless] 01 00',
      'Maker Two Token Reader 02 00',
    ]);
    patients.insert(issueCard(yan));
    field.insert(new StorageCard('card-canteen'));
    const { card } = await (await StaffCardAuthority.create()).issue(TEST_STAFF.engineer, { algorithm: 'eccP256' });
    staff.insert(card);
    await Promise.all([
      heard.reader.hears('mediaInserted'),
      heard.field.hears('mediaInserted'),
      heard.token.hears('mediaInserted'),
    ]);
    const [read, refused, certificate] = await Promise.all([
      reader.readSocialSecurityCard(PATIENT),
      fieldReader.readSocialSecurityCard(PATIENT),
      token.readCertificate(PATIENT),
    ]);
    expect(read.done && read.value.socialSecurityNumber.reveal()).toBe(yan.identityNumber);
    expect(refused).toMatchObject({ done: false, fault: 'protocolNotSupported' });
    expect(certificate.done).toBe(true);
  }, 60_000);

  test('one that is pulled takes no other with it, and is found again under another index', async () => {
    const { patients, staff, staffElsewhere, reader, token, heard } = await hall();
    patients.insert(issueCard(yan));
    await heard.reader.hears('mediaInserted');
    staff.unplug();
    await heard.token.hears('powerOff');
    expect((await reader.readSocialSecurityCard(PATIENT)).done).toBe(true);
    expect(heard.reader.told).toEqual(['online', 'mediaInserted']);
    heard.token.told.length = 0;
    staffElsewhere.plugIn();
    await heard.token.hears('online');
    expect(token.identity).toBe('Maker Two Token Reader 03 00');
  }, 60_000);

  test('a staff card in the patients’ slot is no social-security card, and nobody’s PIN is asked for', async () => {
    const { patients, reader, heard } = await hall();
    const { card } = await (await StaffCardAuthority.create()).issue(TEST_STAFF.engineer, { algorithm: 'eccP256' });
    const commands: number[] = [];
    patients.onApdu((apdu) => commands.push(apdu[1] ?? 0));
    patients.insert(card);
    await heard.reader.hears('mediaInserted');
    expect(await reader.readSocialSecurityCard(PATIENT)).toMatchObject({ done: false, fault: 'invalidMedia' });
    expect(commands).toEqual([0xa4]);
  }, 60_000);
});
