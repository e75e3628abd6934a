import { describe, expect, test } from 'vitest';
import { BankCard } from '../../../hardware-sim/devices/bank-card.ts';
import { CardAuthority } from '../../../hardware-sim/devices/card-authority.ts';
import { type IssueOptions, issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import type { VirtualCard } from '../../../hardware-sim/devices/virtual-card.ts';

const { yan, jie, ji, long } = RARE_NAME_HOLDERS;
const SSSE = '00A404000F 7378312E73682E C9E7BBE1B1A3D5CF';

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

/** Commands one after the other; the answer to the last one, hex. */
function say(card: VirtualCard, ...commands: readonly string[]): string {
  let answer: Uint8Array = new Uint8Array(0);
  for (const command of commands) answer = card.transmit(bytes(command));
  return Buffer.from(answer).toString('hex').toUpperCase();
}

function freshCard(holder = yan, options: IssueOptions = {}): VirtualCard {
  return issueCard(holder, options);
}

describe('the files of the interface, byte by byte', () => {
  test('SSSE is selected by its name and shows it, with the algorithm mark when the card has one', () => {
    expect(say(freshCard(), SSSE)).toBe('6F11840F7378312E73682EC9E7BBE1B1A3D5CF9000');
    expect(say(freshCard(yan, { manners: { algorithm: 3 } }), SSSE)).toBe(
      '6F19840F7378312E73682EC9E7BBE1B1A3D5CFA5069F0C038601039000',
    );
  });

  test.each([
    ['card id', '00B2010012', '0110990000D15600000500000000000000019000'],
    ['class', '00B2020003', '0201319000'],
    ['version', '00B2030006', '0304322E30309000'],
    ['date of issue', '00B2050006', '0504202401059000'],
    ['end of validity', '00B2060006', '0604203401049000'],
    ['card number', '00B207000B', '070953494D3939303030319000'],
    ['card number by number', '00B207040B', '070953494D3939303030319000'],
    ['card number with Le 00', '00B2070000', '070953494D3939303030319000'],
  ])('EF05: %s', (_what, read, answer) => {
    expect(say(freshCard(), SSSE, '00A4020002EF05', read)).toBe(answer);
  });

  test.each([
    ['social-security number', '00B2080014', '08123939303030303139363130333137303031389000'],
    ['name', '00B2090020', `091ED1DDFE9F${'00'.repeat(26)}9000`],
    ['name extension', '00B24E0016', `4E14${'00'.repeat(20)}9000`],
    ['sex', '00B20A0003', '0A01319000'],
    ['birth place', '00B20C0005', '0C039900009000'],
    ['date of birth', '00B20D0006', '0D04196103179000'],
  ])('EF06: %s', (_what, read, answer) => {
    expect(say(freshCard(), SSSE, '00A4000002EF06', read)).toBe(answer);
  });

  test('㛃 and 𠮷 stand on the card as the four bytes of GB18030', () => {
    expect(say(freshCard(jie), SSSE, '00A4020002EF06', '00B2090020')).toBe(`091ED1DD8230B731${'00'.repeat(24)}9000`);
    expect(say(freshCard(ji), SSSE, '00A4020002EF06', '00B2090020')).toBe(`091E9534B235D1DD${'00'.repeat(24)}9000`);
  });

  test('a long name is cut at byte 30, here through 𠮷', () => {
    const card = freshCard(long);
    expect(say(card, SSSE, '00A4020002EF06', '00B2090020')).toMatch(/95349000$/);
    expect(say(card, '00B24E0016')).toMatch(/^4E14B235/);
  });

  test('a version 1 card has no name extension, and no room for a long name', () => {
    expect(say(freshCard(yan, { version: '1.00' }), SSSE, '00A4020002EF06', '00B24E0016')).toBe('6A83');
    expect(() => issueCard(long, { version: '1.00' })).toThrow(RangeError);
  });

  test('a person without a card cannot be given one', () => {
    expect(() => issueCard({ ...yan, card: undefined })).toThrow(RangeError);
  });
});

describe('a fussy chip', () => {
  test.each([
    ['another class', '80A4020002EF05', '6E00'],
    ['an unknown instruction', '00CA000000', '6D00'],
    ['P1 that selects nothing', '00A4030002EF05', '6A86'],
    ['P2 that selects nothing', '00A4020102EF05', '6A86'],
    ['a file that is not there', '00A4020002EF99', '6A82'],
    ['a file id of three bytes', '00A4020003EF0500', '6700'],
    ['a read without a file', '00B2010012', '6986'],
    ['three bytes', '00A402', '6700'],
    ['no byte', '', '6700'],
    ['a length that lies', '00A4020005EF05', '6700'],
    ['an extended length', '00A40200000002EF05', '6700'],
    ['GET RESPONSE with nothing held', '00C0000010', '6985'],
  ])('answers %s with its word', (_what, command, answer) => {
    expect(say(freshCard(), SSSE, command)).toBe(answer);
  });

  test('knows no file before SSSE, none after a reset, and a record only by its number or tag', () => {
    const card = freshCard();
    expect(say(card, '00A4020002EF05')).toBe('6A82');
    expect(say(card, SSSE, '00A4020002EF05', '00B2770000')).toBe('6A83');
    expect(say(card, '00B2630400')).toBe('6A83');
    expect(say(card, '00B2010500')).toBe('6A86');
    card.reset();
    expect(say(card, '00B2010012')).toBe('6986');
    expect(say(card, '00A4020002EF05')).toBe('6A82');
  });

  test('under T=0 announces what it has and corrects the length', () => {
    const card = freshCard(yan, { manners: { delivery: 't0' } });
    expect(say(card, SSSE)).toBe('6113');
    expect(say(card, '00C0000004')).toBe('6F11840F610F');
    expect(say(card, '00C00000FF')).toBe('6C0F');
    expect(say(card, '00C000000F')).toBe('7378312E73682EC9E7BBE1B1A3D5CF9000');
    expect(say(card, '00A4020002EF05', '00B2070012')).toBe('6C0B');
    expect(say(card, '00B207000B')).toBe('070953494D3939303030319000');
  });

  test('under the announced form of T=0 reads are fetched, and another command forgets them', () => {
    const card = freshCard(yan, { manners: { delivery: 't0Announced' } });
    expect(say(card, SSSE, '00A4020002EF05', '00B2030006')).toBe('6106');
    expect(say(card, '00C0000006')).toBe('0304322E30309000');
    expect(say(card, '00B2030006', '00A4020002EF05', '00C0000006')).toBe('6985');
  });
});

describe('the PIN', () => {
  test('123456 is three packed bytes; three misses lock it, and a reset does not help', () => {
    const card = freshCard();
    expect(say(card, SSSE, '0020000003123456')).toBe('9000');
    expect(say(card, '0020000003111111')).toBe('63C2');
    card.reset();
    expect(say(card, SSSE, '0020000003111111')).toBe('63C1');
    expect(say(card, '0020000003111111')).toBe('6983');
    expect(say(card, '0020000003123456')).toBe('6983');
  });

  test('a right PIN gives all tries back', () => {
    const card = freshCard();
    say(card, SSSE, '0020000003111111', '0020000003111111');
    expect(say(card, '0020000003123456')).toBe('9000');
    expect(say(card, '0020000003111111')).toBe('63C2');
  });

  test('a wrong length costs no try', () => {
    const card = freshCard();
    expect(say(card, SSSE, '002000000112')).toBe('6700');
    expect(say(card, '0020000003111111')).toBe('63C2');
  });
});

describe('version 3', () => {
  const EF06 = ['00A4020002EF06', '00B2090020'];

  async function authenticated(card: VirtualCard): Promise<string> {
    const challenge = card.transmit(bytes('0084000008')).slice(0, 8);
    const request = { keyNumber: 0x0a, cardId: { reveal: () => yan.card?.cardIdHex ?? '' }, challenge };
    const answer = await new CardAuthority().answerChallenge(request, new AbortController().signal);
    if (!answer) throw new Error('the authority holds no key');
    const data = Buffer.from([...answer.cryptogram, ...answer.random]).toString('hex');
    return say(card, `0082000A10${data}`);
  }

  test('keeps EF06 closed and EF05 open until RK_SSSE was shown, and closes again at a reset', async () => {
    const card = freshCard(yan, { version: '3.00' });
    expect(say(card, SSSE, ...EF06)).toBe('6982');
    expect(say(card, '00A4020002EF05', '00B2030006')).toBe('0304332E30309000');
    expect(await authenticated(card)).toBe('9000');
    expect(say(card, ...EF06)).toMatch(/^091ED1DDFE9F/);
    card.reset();
    expect(say(card, SSSE, ...EF06)).toBe('6982');
  });

  test('wants a fresh challenge, the right key and sixteen bytes', () => {
    const card = freshCard(yan, { version: '3.00' });
    const wrong = `0082000A10${'00'.repeat(16)}`;
    expect(say(card, SSSE, wrong)).toBe('6984');
    expect(say(card, '0084000008', wrong)).toBe('63CE');
    expect(say(card, wrong)).toBe('6984');
    expect(say(card, `0082000B10${'00'.repeat(16)}`)).toBe('6A88');
    expect(say(card, '0084000008', '0082000A020000')).toBe('6700');
  });

  test('never gives the same challenge twice', () => {
    const card = freshCard(yan, { version: '3.00' });
    expect(say(card, '0084000008')).not.toBe(say(card, '0084000008'));
  });
});

test('a bank card knows its own directory and not SSSE', () => {
  const card = new BankCard('card-bank');
  expect(say(card, '00A404000E315041592E5359532E4444463031')).toBe('9000');
  expect(say(card, SSSE)).toBe('6A82');
});

test('the answer to reset is well formed: historical bytes counted, T=1 with its check byte', () => {
  const t0 = freshCard(yan, { manners: { delivery: 't0' } }).atr;
  expect([t0[0], t0[1], t0.length]).toEqual([0x3b, 0x68, 12]);
  const t1 = freshCard().atr;
  expect(t1.slice(1).reduce((sum, byte) => sum ^ byte, 0)).toBe(0);
  expect(Buffer.from(t1).toString('hex')).not.toBe(Buffer.from(freshCard(jie).atr).toString('hex'));
});
