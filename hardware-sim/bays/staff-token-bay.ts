/**
 * The staff's own card reader in the simulated cabinet, and the cards that its people carry.
 *
 * The cards are made when the bay opens, by an authority of this run alone; nothing trusts them in the next one.
 */
import { SimCardSlot } from '../devices/card-slot.ts';
import { bankCard } from '../devices/cards.ts';
import { StaffCardAuthority, TEST_STAFF } from '../devices/piv-card/staff-card-authority.ts';
import { openTcpCardDoor } from '../devices/tcp-card-door.ts';
import type { VirtualCard } from '../devices/virtual-card.ts';
import type { Hallway } from './all-bays.ts';
import type { Bay } from './bay.ts';

const BANK_CARD = '银行卡';
const WHO = [TEST_STAFF.engineer, TEST_STAFF.supervisor] as const;

export function staffTokenBay(hallway: Pick<Hallway, 'clock'>): Bay {
  const slot = new SimCardSlot({ clock: hallway.clock, readerName: 'Yizhan Virtual Staff Reader 01 00' });
  const drawer = new Map<string, VirtualCard>([[BANK_CARD, bankCard()]]);
  return {
    id: 'personToken',
    words: ['工作人员卡', 'Staff card reader'],
    lamp: () => {
      if (!slot.pluggedIn) return 'unplugged';
      if (slot.hung) return 'wrong';
      return slot.card ? 'busy' : 'well';
    },
    look: () => [{ words: ['卡', 'in the slot'], value: slot.card?.card.label ?? '—' }],
    hands: {
      insert: {
        words: ['插卡', 'put a card in'],
        look: 'main',
        with: [...WHO.map(({ key }) => key), BANK_CARD],
        can: () => slot.card === undefined,
        use: (given) => {
          const card = drawer.get(String(given));
          if (!card) throw new Error(`There is no card of "${given}" in the drawer.`);
          slot.insert(card);
        },
      },
      turnOver: {
        words: ['翻面', 'turn it over'],
        can: () => slot.card !== undefined,
        use: () => slot.turnOver(),
      },
      remove: {
        words: ['拔卡', 'take the card out'],
        can: () => slot.card !== undefined,
        use: () => void slot.remove(),
      },
      unplug: {
        words: ['拔线', 'unplug'],
        look: 'breaks',
        can: () => slot.pluggedIn,
        use: () => slot.unplug(),
      },
      hang: {
        words: ['死机', 'hang'],
        look: 'breaks',
        can: () => slot.pluggedIn && !slot.hung,
        use: () => slot.hang(),
      },
      plugIn: {
        words: ['插线', 'plug in'],
        look: 'mends',
        can: () => !slot.pluggedIn,
        use: () => slot.plugIn(),
      },
    },
    open: async () => {
      const authority = await StaffCardAuthority.create();
      for (const member of WHO) {
        const { card } = await authority.issue(member, { algorithm: 'eccP256' });
        drawer.set(member.key, card);
      }
      const door = await openTcpCardDoor(slot);
      const roots = [authority.certificate.toString()];
      return { entry: { id: 'staff-token', address: door.address, roots }, close: () => door.close() };
    },
  };
}
