import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readSocialSecurityCard } from '../../../drivers/card-reader/social-security-card.ts';
import { GOLDEN_CARD, goldenWith, SELECT_EF05, SELECT_EF06, SELECT_SSSE } from './golden-card.ts';
import { SpokenChip } from './spoken-chip.ts';

const signal = new AbortController().signal;

async function read(answers: Readonly<Record<string, string>>) {
  const chip = new SpokenChip(answers);
  const completion = await readSocialSecurityCard(chip, { signal });
  return { completion, heard: chip.heard };
}

async function readValue(answers: Readonly<Record<string, string>>) {
  const { completion } = await read(answers);
  if (!completion.done) throw new Error(`${completion.fault}: ${completion.detail}`);
  return completion.value;
}

async function faultOf(answers: Readonly<Record<string, string>>): Promise<string> {
  const { completion } = await read(answers);
  return completion.done ? 'read' : completion.fault;
}

const NAME = '00B2 09 00 20';
const EXTENSION = '00B2 4E 00 16';

describe('a version 2 card', () => {
  test('is asked exactly the commands of the interface, in its order', async () => {
    const { heard } = await read(GOLDEN_CARD);
    expect(heard).toEqual(Object.keys(GOLDEN_CARD).map((command) => command.replaceAll(' ', '')));
  });

  test('gives every field in the form the platform wants', async () => {
    const card = await readValue(GOLDEN_CARD);
    expect(card.cardId.reveal()).toBe('990000D1560000050000000000000042');
    expect(card.issuerArea).toBe('990000');
    expect(card.specificationVersion).toBe('2.00');
    expect(card.validUntil).toBe('20340104');
    expect(card.cardNumber.reveal()).toBe('SIM990042');
    expect(card.socialSecurityNumber.reveal()).toBe('990000196103170018');
    expect(card.name.reveal()).toBe('张演䶮');
    expect(card.sex?.reveal()).toBe('1');
    expect(card.birthDate?.reveal()).toBe('19610317');
  });

  test('shows nothing of the person when it is printed, logged or serialised', async () => {
    const card = await readValue(GOLDEN_CARD);
    const shown = [inspect(card, { depth: 9, showHidden: true }), JSON.stringify(card), `${card.name}`].join();
    for (const secret of ['张演䶮', '990000196103170018', 'SIM990042', '0000000000000042', '19610317']) {
      expect(shown).not.toContain(secret);
    }
  });

  test('is read the same when it takes only P1=00 to select a file', async () => {
    const card = await readValue(
      goldenWith({ [SELECT_EF05]: '6A86', [SELECT_EF06]: '6A86', '00A4000002EF05': '9000', '00A4000002EF06': '9000' }),
    );
    expect(card.name.reveal()).toBe('张演䶮');
  });

  test('is read by record number when it does not know identifiers, whatever their order', async () => {
    const byNumber = {
      [SELECT_SSSE]: '9000',
      [SELECT_EF05]: '9000',
      '00B2 01 00 12': '6A86',
      '00B2 01 04 12': '0110 990000D1560000050000000000000042 9000',
      '00B2 02 04 03': '0201 31 9000',
      '00B2 03 04 06': '0304 312E3030 9000',
      '00B2 04 04 0E': '040C 000000000000000000000000 9000',
      '00B2 05 04 06': '0504 20240105 9000',
      '00B2 06 04 06': '0604 FFFFFFFF 9000 | 0D04 19610317 9000',
      '00B2 07 04 0B': '0709 53494D393930303432 9000',
      [SELECT_EF06]: '9000',
      '00B2 08 00 14': '6A86',
      '00B2 01 04 14': '0812 393930303030313936313033313730303138 9000',
      '00B2 02 04 20': '091E D5C5D1DD 0000000000000000000000000000000000000000000000000000 9000',
      '00B2 03 04 16': '0A01 32 9000',
      '00B2 04 04 03': '0B01 01 9000',
      // The table has 0B here: the card's record is longer than that guess and is asked for again.
      '00B2 05 04 03': '0C03 99 9000',
      '00B2 05 04 05': '0C03 990000 9000',
      '00B2 06 04 05': '0D04 196103 9000',
      '00B2 07 04 06': '6A83',
    };
    const card = await readValue(byNumber);
    expect(card.name.reveal()).toBe('张演');
    expect(card.sex?.reveal()).toBe('2');
    expect(card.birthDate?.reveal()).toBe('19610317');
    expect(card.validUntil).toBeUndefined();
  });

  test('without end of validity, sex and date of birth is still a card', async () => {
    const card = await readValue(goldenWith({ '00B2060006': '6A83', '00B20A0003': '6A83', '00B20D0006': '6A83' }));
    expect([card.validUntil, card.sex, card.birthDate]).toEqual([undefined, undefined, undefined]);
  });
});

test('a card read by number that holds a record twice is invalidMedia', async () => {
  const twice = '0110 990000D1560000050000000000000042 9000';
  const answers = {
    '00B2 01 00 12': '6A86',
    '00B2 01 04 12': twice,
    '00B2 02 04 03': '0110 99 9000',
    '00B2 02 04 12': twice,
    '00B2 03 04 06': '0304 322E3030 9000',
    '00B2 04 04 0E': '0709 53494D393930303432 9000',
    '00B2 05 04 06': '6A83',
  };
  expect(await faultOf(goldenWith(answers))).toBe('invalidMedia');
});

describe('a name', () => {
  test('cut in the middle of a character between its two records is whole again', async () => {
    // 14 × 演, then 𠮷 = 95 34 | B2 35, then 演
    const first = `${'D1DD'.repeat(14)}9534`;
    const card = await readValue(
      goldenWith({ [NAME]: `091E ${first} 9000`, [EXTENSION]: `4E14 B235D1DD${'00'.repeat(16)} 9000` }),
    );
    expect(card.name.reveal()).toBe(`${'演'.repeat(14)}𠮷演`);
  });

  test('with the four-byte character 㛃 comes out as it is', async () => {
    const card = await readValue(goldenWith({ [NAME]: `091E D1DD8230B731${'00'.repeat(24)} 9000` }));
    expect(card.name.reveal()).toBe('演㛃');
  });

  test.each(['00', 'FF', '20'])('padded with %s comes out without it', async (pad) => {
    const card = await readValue(
      goldenWith({ [NAME]: `091E D1DDD1DD${pad.repeat(26)} 9000`, [EXTENSION]: `4E14 ${pad.repeat(20)} 9000` }),
    );
    expect(card.name.reveal()).toBe('演演');
  });

  test.each([
    ['a lead byte without its second', `${'D1DD'.repeat(14)}D1${'00'}`],
    ['FF in the middle', `D1DDFFD1${'00'.repeat(26)}`],
    ['a lone 80', `D1DD80${'00'.repeat(27)}`],
    ['half a four-byte character', `D1DD8230${'00'.repeat(26)}`],
    ['a control character', `D1DD0AD1DD${'00'.repeat(25)}`],
    ['00 inside', `D1DD00D1DD${'00'.repeat(25)}`],
    ['nothing but padding', '00'.repeat(30)],
  ])('with %s is invalidMedia', async (_what, hex) => {
    expect(await faultOf(goldenWith({ [NAME]: `091E ${hex} 9000` }))).toBe('invalidMedia');
  });
});

describe('a card that lies', () => {
  const records = Object.entries(GOLDEN_CARD).filter(
    ([command, answer]) => command.startsWith('00B2') && answer !== '6A83',
  );

  test.each(records)('%s: a length byte one too long or too short is invalidMedia', async (command, answer) => {
    const bytes = answer.replaceAll(' ', '');
    for (const off of [-1, 1, 100]) {
      const length = (Number.parseInt(bytes.slice(2, 4), 16) + off + 256) % 256;
      const lie = bytes.slice(0, 2) + length.toString(16).padStart(2, '0') + bytes.slice(4);
      expect(await faultOf(goldenWith({ [command]: lie }))).toBe('invalidMedia');
    }
  });

  test.each(records)('%s: another tag than asked for is invalidMedia', async (command, answer) => {
    expect(await faultOf(goldenWith({ [command]: `77${answer.slice(2)}` }))).toBe('invalidMedia');
  });

  test.each(['9000', '01 9000', '0110 9000'])('a record of only "%s" is invalidMedia', async (answer) => {
    expect(await faultOf(goldenWith({ '00B2 01 00 12': answer }))).toBe('invalidMedia');
  });

  test.each([
    ['longer than the answer', '6F7F 840F 7378312E73682EC9E7BBE1B1A3D5CF 9000'],
    ['in an inner template', '6F13 840F 7378312E73682EC9E7BBE1B1A3D5CF A509 9000'],
    ['that ends in a tag', '6F01 9F 9000'],
    ['of indefinite form', '6F80 0000 9000'],
    ['of four bytes', '6F84 FFFFFFFF 9000'],
  ])('an FCI length %s is invalidMedia', async (_what, fci) => {
    expect(await faultOf(goldenWith({ [SELECT_SSSE]: fci }))).toBe('invalidMedia');
  });
});

describe('a card that is none', () => {
  test('a bank card (6A82 on SSSE) is invalidMedia after one command', async () => {
    const { completion, heard } = await read({ [SELECT_SSSE]: '6A82' });
    expect(completion).toMatchObject({ done: false, fault: 'invalidMedia' });
    expect(heard).toHaveLength(1);
  });

  test.each([
    ['card id without an area code', '00B2 01 00 12', '0110 D1560000050000000000000000000042'],
    ['version 4', '00B2 03 00 06', '0304 342E3030'],
    ['version in letters', '00B2 03 00 06', '0304 41424344'],
    ['card number that is no text', '00B2 07 00 0B', '0709 001122334455667788'],
    ['empty card number', '00B2 07 00 0B', '0709 000000000000000000'],
    ['end of validity on 30 February', '00B2 06 00 06', '0604 20340230'],
    ['wrong check digit', '00B2 08 00 14', '0812 393930303030313936313033313730303139'],
    ['number of 17 digits', '00B2 08 00 14', '0812 393930303030313936313033313730303100'],
    ['number born in month 13', '00B2 08 00 14', '0812 393930303030313936313133313730303138'],
    ['sex that is no code', '00B2 0A 00 03', '0A01 37'],
  ])('%s is invalidMedia', async (_what, command, answer) => {
    expect(await faultOf(goldenWith({ [command]: `${answer} 9000` }))).toBe('invalidMedia');
  });

  test('what is said to maintainers holds no value of the card', async () => {
    const { completion } = await read(goldenWith({ '00B20800 14': '0812 393930303030313936313033313730303139 9000' }));
    expect(JSON.stringify(completion)).not.toMatch(/9900|1961|3939/);
  });
});

describe('a protected card', () => {
  test('version 3 without an authentication step is securityFail before EF06 is touched', async () => {
    const { completion, heard } = await read(goldenWith({ '00B2030006': '0304 332E3030 9000' }));
    expect(completion).toMatchObject({ done: false, fault: 'securityFail' });
    expect(heard).not.toContain(SELECT_EF06.replaceAll(' ', ''));
  });

  test.each(['6982', '6983'])('a record refused with %s is securityFail', async (status) => {
    expect(await faultOf(goldenWith({ '00B2 08 00 14': status }))).toBe('securityFail');
  });

  test('version 3 sends GET CHALLENGE and EXTERNAL AUTHENTICATE with key 0A, then reads', async () => {
    const chip = new SpokenChip(
      goldenWith({
        [SELECT_SSSE]: '6F19 840F 7378312E73682EC9E7BBE1B1A3D5CF A506 9F0C 03 860103 9000',
        '00B2 03 00 06': '0304 332E3030 9000',
        '0084000008': 'A1A2A3A4A5A6A7A8 9000',
        '0082000A10 1112131415161718 2122232425262728': '9000',
      }),
    );
    const asked: { algorithm: number; keyNumber: number; challenge: string }[] = [];
    const completion = await readSocialSecurityCard(chip, {
      signal,
      authentication: {
        answerChallenge: async ({ algorithm, keyNumber, challenge }) => {
          asked.push({ algorithm, keyNumber, challenge: Buffer.from(challenge).toString('hex') });
          return { cryptogram: Buffer.from('1112131415161718', 'hex'), random: Buffer.from('2122232425262728', 'hex') };
        },
      },
    });
    expect(asked).toEqual([{ algorithm: 3, keyNumber: 0x0a, challenge: 'a1a2a3a4a5a6a7a8' }]);
    expect(completion).toMatchObject({ done: true, value: { specificationVersion: '3.00' } });
  });
});
