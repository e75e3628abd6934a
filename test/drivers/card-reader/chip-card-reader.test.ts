import { describe, expect, test } from 'vitest';
import { CardAuthority } from '../../../hardware-sim/devices/card-authority.ts';
import { bankCard, issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { MischievousCard } from '../../../hardware-sim/devices/mischievous-card.ts';
import { faultWord, onBench } from './card-bench.ts';

const { yan, jie, ji, long } = RARE_NAME_HOLDERS;

describe('what hands do', () => {
  test('a card is announced when it goes in and when it comes out', async () => {
    const { slot, reader, told, clock } = await onBench();
    expect([reader.state, reader.media, reader.identity]).toEqual([
      'online',
      'notPresent',
      'Yizhan Virtual Reader 00 00',
    ]);
    slot.insert(issueCard(yan));
    await clock.drain();
    expect(reader.media).toBe('present');
    slot.remove();
    await clock.drain();
    expect(told).toEqual(['online', 'mediaInserted', 'mediaRemoved']);
    expect(reader.media).toBe('notPresent');
  });

  test('a card the wrong way is invalidMedia until it is turned over', async () => {
    const { slot, reader, told, read } = await onBench();
    slot.insert(issueCard(yan), { face: 'wrong' });
    expect(reader.media).toBe('invalid');
    expect(faultWord(await read())).toBe('invalidMedia');
    slot.turnOver();
    expect(faultWord(await read())).toBe('done');
    expect(told).toEqual(['online', 'invalidMedia', 'mediaRemoved', 'mediaInserted']);
  });

  test('a card that lay in the slot before the kiosk started is announced after online', async () => {
    const { slot, reader, told, clock } = await onBench();
    slot.unplug();
    slot.insert(issueCard(yan));
    slot.plugIn();
    await clock.pass(250);
    expect(told).toEqual(['online', 'powerOff', 'online', 'mediaInserted']);
    expect(reader.media).toBe('present');
  });

  test('an empty slot is noMedia at once', async () => {
    const { reader } = await onBench();
    expect(faultWord(await reader.readSocialSecurityCard({ timeoutMs: 3_000 }))).toBe('noMedia');
  });
});

describe('cards of every make', () => {
  test.each(['1.00', '2.00'] as const)('version %s is read', async (version) => {
    const { slot, read } = await onBench();
    slot.insert(issueCard(yan, { version }));
    const completion = await read();
    if (!completion.done) throw new Error(completion.fault);
    expect(completion.value.specificationVersion).toBe(version);
    expect(completion.value.name.reveal()).toBe('演䶮');
    expect(completion.value.socialSecurityNumber.reveal()).toBe(yan.identityNumber);
    expect(completion.value.cardId.reveal()).toBe(yan.card?.cardIdHex);
    expect(completion.value.cardNumber.reveal()).toBe(yan.card?.number);
    expect(completion.value.birthDate?.reveal()).toBe('19610317');
  });

  test.each([yan, jie, ji, long])('the name of $key survives card and reader', async (holder) => {
    const { slot, read } = await onBench();
    slot.insert(issueCard(holder));
    const completion = await read();
    expect(completion.done && completion.value.name.reveal()).toBe(holder.name);
  });

  const deliveries = ['direct', 't0', 't0Announced'] as const;
  const selections = ['both', 'p1Is00', 'p1Is02'] as const;
  const addressings = ['identifier', 'number'] as const;
  const makes = deliveries.flatMap((delivery) =>
    selections.flatMap((fileSelection) =>
      addressings.map((recordAddressing) => ({ delivery, fileSelection, recordAddressing })),
    ),
  );
  test.each(makes)('$delivery answers, files by $fileSelection, records by $recordAddressing', async (manners) => {
    const { slot, read } = await onBench();
    slot.insert(issueCard(long, { manners: { ...manners, quirks: { padding: 0x20, cardNumberFieldBytes: 12 } } }));
    const completion = await read();
    expect(completion.done && completion.value.name.reveal()).toBe(long.name);
    expect(completion.done && completion.value.cardNumber.reveal()).toBe(long.card?.number);
  });

  test('a card without end of validity has none', async () => {
    const { slot, read } = await onBench();
    slot.insert(issueCard(yan, { validUntil: null }));
    expect(await read()).toMatchObject({ done: true, value: { validUntil: undefined } });
  });
});

describe('version 3', () => {
  test('is securityFail on a kiosk without the authentication step, and the card can be used elsewhere after', async () => {
    const { slot, read } = await onBench();
    slot.insert(issueCard(yan, { version: '3.00' }));
    expect(faultWord(await read())).toBe('securityFail');
    slot.remove();
    slot.insert(issueCard(jie));
    expect(faultWord(await read())).toBe('done');
  });

  test('opens with the step of its region, directly and under T=0', async () => {
    for (const delivery of ['direct', 't0'] as const) {
      const { slot, read } = await onBench({ authentication: new CardAuthority() });
      slot.insert(issueCard(jie, { version: '3.00', manners: { delivery, algorithm: 0x03 } }));
      const completion = await read();
      expect(completion.done && completion.value.name.reveal()).toBe('演㛃');
    }
  });

  test('is securityFail when the keys are those of another region', async () => {
    const { slot, read } = await onBench({ authentication: new CardAuthority({ holdsKey: false }) });
    slot.insert(issueCard(yan, { version: '3.00' }));
    expect(faultWord(await read())).toBe('securityFail');
  });

  test('is securityFail when the cryptogram is wrong', async () => {
    const wrong = { answerChallenge: async () => ({ cryptogram: new Uint8Array(8), random: new Uint8Array(8) }) };
    const { slot, read } = await onBench({ authentication: wrong });
    slot.insert(issueCard(yan, { version: '3.00' }));
    expect(faultWord(await read())).toBe('securityFail');
  });
});

describe('bad cards', () => {
  test('a bank card is invalidMedia', async () => {
    const { slot, read } = await onBench();
    slot.insert(bankCard());
    expect(faultWord(await read())).toBe('invalidMedia');
  });

  test.each([0x01, 0x03, 0x06, 0x07, 0x08, 0x09, 0x4e, 0x0a, 0x0d])(
    'a length that lies in record %i is invalidMedia',
    async (tag) => {
      const { slot, read } = await onBench();
      for (const says of [0, 1, 17, 255]) {
        // The length of sex (1) and of the card id (16) would be the truth for some of these records.
        slot.insert(
          issueCard(yan, { manners: { quirks: { lengthSays: { [tag]: tag === 0x0a && says === 1 ? 2 : says } } } }),
        );
        expect(faultWord(await read())).toBe('invalidMedia');
        slot.remove();
      }
    },
  );

  test('a name that is not GBK is invalidMedia', async () => {
    const { slot, read } = await onBench();
    const bytes = new Uint8Array(30).fill(0x00);
    bytes.set([0xe5, 0xbc, 0xa0, 0xff, 0xe4]);
    slot.insert(issueCard(yan, { manners: { quirks: { valueIs: { 9: bytes } } } }));
    expect(faultWord(await read())).toBe('invalidMedia');
  });

  test.each([
    { kind: 'cut', toBytes: 3 },
    { kind: 'statusLost' },
    { kind: 'only', bytes: Uint8Array.of(0x90, 0x00) },
    { kind: 'only', bytes: new Uint8Array(400).fill(0x90) },
    { kind: 'announcesForever' },
    { kind: 'neverAgrees' },
  ] as const)('a chip of kind $kind is invalidMedia, and the slot works on', async (mischief) => {
    const { slot, read, reader } = await onBench();
    slot.insert(new MischievousCard(issueCard(yan), mischief));
    expect(faultWord(await read())).toBe('invalidMedia');
    slot.remove();
    slot.insert(issueCard(jie));
    expect(faultWord(await read())).toBe('done');
    expect(reader.lastFault).toBeUndefined();
  });

  test('a chip that falls silent is timeOut at the deadline, and the next card is read', async () => {
    const { slot, read, reader } = await onBench();
    slot.insert(new MischievousCard(issueCard(yan), { kind: 'silentFrom', apdu: 4 }));
    expect(faultWord(await read(2_000))).toBe('timeOut');
    expect(reader.lastFault?.fault).toBe('timeOut');
    slot.remove();
    slot.insert(issueCard(jie));
    expect(faultWord(await read())).toBe('done');
    expect(reader.lastFault).toBeUndefined();
  });
});
