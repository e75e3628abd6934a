import { describe, expect, test } from 'vitest';
import { CardAuthority } from '../../../hardware-sim/devices/card-authority.ts';
import { bankCard, issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { StorageCard } from '../../../hardware-sim/devices/storage-card.ts';
import { faultWord, onBench } from './card-bench.ts';

const { yan } = RARE_NAME_HOLDERS;

describe('a reader with a field', () => {
  test.each(['classic1k', 'classic4k', 'ultralight', 'feliCa'] as const)(
    'a %s storage card can’t be used here, and is told so before a single command',
    async (kind) => {
      const { slot, read, told, reader } = await onBench({ by: 'field' });
      let commands = 0;
      slot.onApdu(() => {
        commands += 1;
      });
      slot.insert(new StorageCard('card-canteen', kind));
      const completion = await read();
      expect(faultWord(completion)).toBe('protocolNotSupported');
      expect(completion).toMatchObject({ detail: expect.stringContaining('storage card') });
      expect([commands, slot.powerOns, reader.lastFault]).toEqual([0, 0, undefined]);
      slot.remove();
      expect(told).toEqual(['online', 'mediaInserted', 'mediaRemoved']);
    },
  );

  test('a social-security card with an antenna is read, of version 3 with its authentication', async () => {
    const { slot, read } = await onBench({ by: 'field', authentication: new CardAuthority() });
    for (const version of ['2.00', '3.00'] as const) {
      slot.insert(issueCard(yan, { version, manners: { antenna: true } }), { face: 'wrong' });
      const completion = await read();
      if (!completion.done) throw new Error(completion.detail);
      expect(completion.value.socialSecurityNumber.reveal()).toBe(yan.identityNumber);
      slot.remove();
    }
  });

  test('a card without an antenna is not seen', async () => {
    const { slot, read, reader } = await onBench({ by: 'field' });
    slot.insert(bankCard());
    expect([reader.media, faultWord(await read())]).toEqual(['notPresent', 'noMedia']);
  });

  test('a card that leaves the field half-way is noMedia, and the next one is read', async () => {
    const { slot, read } = await onBench({ by: 'field' });
    slot.insert(issueCard(yan, { manners: { antenna: true } }));
    slot.faults.tearOffAtApdu(5);
    expect(faultWord(await read())).toBe('noMedia');
    slot.insert(issueCard(yan, { manners: { antenna: true } }));
    expect(faultWord(await read())).toBe('done');
  });
});

test('a storage card in a contact slot is a card the wrong way: it does not answer', async () => {
  const { slot, read, told } = await onBench();
  slot.insert(new StorageCard('card-gate'));
  expect(faultWord(await read())).toBe('invalidMedia');
  expect(told).toEqual(['online', 'invalidMedia']);
});
