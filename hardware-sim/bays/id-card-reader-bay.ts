/**
 * The identity-card reader in the simulated cabinet: a plate, and the documents that hands put on it.
 *
 * The person who stands there puts on the card of that person; the other documents belong to nobody.
 */
import { openByteDoor } from '../devices/byte-door.ts';
import { VirtualIdCardReader } from '../devices/id-card-reader/virtual-id-card-reader.ts';
import {
  issueForeignCard2017,
  issueForeignCard2023,
  issueIdCard,
  issueResidencePermit,
  otherCard,
  type VirtualIdCard,
} from '../devices/id-card-reader/virtual-id-cards.ts';
import type { Hallway } from './all-bays.ts';
import { type Bay, SIM_CERTIFICATE } from './bay.ts';

const FOREIGNER = { key: 'guest', englishName: 'TEST, GUEST', born: '1990-01-01' };
const MOTOR_NOISE = Uint8Array.of(0xaa, 0xaa, 0x96, 0x00, 0xff, 0x13, 0x69, 0x80);

/** What may lie on the plate, by the name on its button. */
const DOCUMENTS: Readonly<Record<string, (hallway: Hallway) => VirtualIdCard>> = {
  居住证: (hallway) =>
    issueResidencePermit(hallway.parties.patient(hallway.person()), {
      area: '81',
      travelPermit: 'H99000001',
      issueCount: 1,
    }),
  永居2017: () => issueForeignCard2017(FOREIGNER),
  永居2023: () => issueForeignCard2023(FOREIGNER),
  伪造: (hallway) => issueIdCard(hallway.parties.patient(hallway.person()), { chip: 'forged' }),
  公交卡: () => otherCard(),
};

export function idCardReaderBay(hallway: Hallway): Bay {
  const reader = new VirtualIdCardReader({ clock: hallway.clock });
  return {
    id: 'idCardReader',
    words: ['身份证阅读机具', 'Identity-card reader'],
    lamp: () => {
      if (!reader.pluggedIn) return 'unplugged';
      if (reader.hung || reader.faults.broken) return 'wrong';
      return reader.card ? 'busy' : 'well';
    },
    look: () => [
      { words: ['证件', 'on the plate'], value: reader.card?.key ?? '—' },
      { words: ['安全模块', 'security module'], value: reader.faults.broken ?? 'ok' },
    ],
    hands: {
      present: {
        words: ['放身份证', 'put the identity card on'],
        look: 'main',
        use: () => reader.present(issueIdCard(hallway.parties.patient(hallway.person()))),
      },
      document: {
        words: ['放证件', 'put a document on'],
        with: Object.keys(DOCUMENTS),
        use: (given) => {
          const document = DOCUMENTS[String(given)];
          if (!document) throw new Error(`There is no document "${given}" in the drawer.`);
          reader.present(document(hallway));
        },
      },
      takeAway: {
        words: ['拿走', 'take it away'],
        can: () => reader.card !== undefined,
        use: () => void reader.takeAway(),
      },
      unplug: {
        words: ['拔线', 'unplug'],
        look: 'breaks',
        can: () => reader.pluggedIn,
        use: () => reader.unplug(),
      },
      hang: {
        words: ['死机', 'hang'],
        look: 'breaks',
        can: () => reader.pluggedIn && !reader.hung,
        use: () => reader.hang(),
      },
      noise: {
        words: ['干扰', 'noise on the line'],
        look: 'breaks',
        can: () => reader.pluggedIn,
        use: () => reader.noise(MOTOR_NOISE),
      },
      breakModule: {
        words: ['模块故障', 'module fails'],
        look: 'breaks',
        with: ['selfTest', 'notAuthorised'],
        use: (given) => {
          reader.faults.broken = given === 'notAuthorised' ? 'notAuthorised' : 'selfTest';
        },
      },
      mendModule: {
        words: ['换模块', 'replace the module'],
        look: 'mends',
        can: () => reader.faults.broken !== undefined,
        use: () => {
          reader.faults.broken = undefined;
        },
      },
      plugIn: {
        words: ['插线', 'plug in'],
        look: 'mends',
        can: () => !reader.pluggedIn,
        use: () => reader.plugIn(),
      },
    },
    cable: { carries: 'bytes', open: (signal) => reader.openByteLink(signal) },
    open: async () => {
      const door = await openByteDoor((signal) => reader.openByteLink(signal));
      return {
        entry: { id: 'id-card-reader', address: door.address, certificate: SIM_CERTIFICATE },
        close: () => door.close(),
      };
    },
  };
}
