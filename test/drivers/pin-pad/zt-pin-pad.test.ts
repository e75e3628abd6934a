/** Blocks are opened here with the platform's key, by ISO 9564-1, not by anything the pad or the driver uses. */
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PAD_WITH_CARD_SLOT } from '../../../drivers/pin-pad/pin-pad-profile.ts';
import { ZtPinPad } from '../../../drivers/pin-pad/zt-pin-pad.ts';
import { Secret } from '../../../drivers/secret.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import type { PadKey } from '../../../hardware-sim/devices/pin-pad/entry-keys.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ACCOUNT, faultWord, MASTER_KEY, onBench, PIN_KEY, tripleDes, USUAL } from './pin-pad-bench.ts';

/** What the platform does: decrypt, take the account off, read format, length and digits. */
function openedByPlatform(block: Uint8Array, account: string): { format: number; pin: string; fill: string } {
  const clear = tripleDes(PIN_KEY, block, 'decrypt');
  const format = (clear[0] ?? 0) >> 4;
  const part = Buffer.from(`0000${account.slice(0, -1).slice(-12)}`, 'hex');
  const plain = format === 1 ? clear : Buffer.from(clear.map((byte, at) => byte ^ (part[at] ?? 0)));
  const nibbles = plain.toString('hex');
  const length = Number.parseInt(nibbles[1] ?? '0', 16);
  return { format, pin: nibbles.slice(2, 2 + length), fill: nibbles.slice(2 + length) };
}

const SELECT_SSSE = Buffer.from('00A404000F7378312E73682EC9E7BBE1B1A3D5CF', 'hex');

describe('a PIN to the platform', () => {
  test('comes as a block of ISO 9564 format 0 that only the platform’s key opens', async () => {
    const { twin, enter, loadKeys, told } = await onBench();
    await loadKeys();
    const completion = await enter(() => {
      twin.typePin('739154');
      twin.press('enter');
    });
    if (!completion.done || completion.value.completion === 'cancel') throw new Error('no block');
    expect(completion.value).toMatchObject({ completion: 'enter', digits: 6 });
    const opened = openedByPlatform(completion.value.block.reveal(), ACCOUNT);
    expect(opened).toEqual({ format: 0, pin: '739154', fill: 'ffffffff' });
    expect(told.slice(1)).toEqual([1, 2, 3, 4, 5, 6].map((entered) => `keyPressed ${entered}`));
  });

  test('formats 1 and 3 too; format 3 fills with A to F', async () => {
    for (const [format, nibble] of [
      ['iso1', 1],
      ['iso3', 3],
    ] as const) {
      const { twin, enter, loadKeys } = await onBench();
      await loadKeys(2);
      const completion = await enter(
        () => {
          twin.typePin('8046');
          twin.press('enter');
        },
        { format, keySet: 2 },
      );
      if (!completion.done || completion.value.completion === 'cancel') throw new Error('no block');
      const opened = openedByPlatform(completion.value.block.reveal(), ACCOUNT);
      expect(opened).toMatchObject({ format: nibble, pin: '8046' });
      if (format === 'iso3') expect(opened.fill).toMatch(/^[a-f]{10}$/);
    }
  });

  test('ends by itself with the last allowed digit', async () => {
    const { twin, enter, loadKeys } = await onBench();
    await loadKeys();
    const completion = await enter(() => twin.typePin('739154'), { maxDigits: 6 });
    expect(completion).toMatchObject({ done: true, value: { completion: 'auto', digits: 6 } });
  });

  test('a digit is taken back with clear, and counted back', async () => {
    const { twin, enter, loadKeys, told } = await onBench();
    await loadKeys();
    const completion = await enter(() => {
      twin.typePin('7391');
      twin.press('clear');
      twin.typePin('5');
      twin.press('enter');
    });
    if (!completion.done || completion.value.completion === 'cancel') throw new Error('no block');
    expect(openedByPlatform(completion.value.block.reveal(), ACCOUNT).pin).toBe('7395');
    expect(told.slice(-3)).toEqual(['keyPressed 4', 'backspace 3', 'keyPressed 4']);
  });

  test.each(['sent', 'beeped'] as const)(
    'a PIN that is too short is not taken (enter is %s), and typing goes on',
    async (shortEnter) => {
      const { twin, enter, loadKeys, told } = await onBench({}, { shortEnter });
      await loadKeys();
      const completion = await enter(() => {
        twin.typePin('739');
        twin.press('enter');
        twin.typePin('1');
        twin.press('enter');
      });
      if (!completion.done || completion.value.completion === 'cancel') throw new Error('no block');
      expect(openedByPlatform(completion.value.block.reveal(), ACCOUNT).pin).toBe('7391');
      expect(told.includes('minimumLength 3')).toBe(shortEnter === 'sent');
    },
  );

  test('cancel on the pad is an answer, not a fault, and the keys are off', async () => {
    const { twin, clock, enter, loadKeys } = await onBench();
    await loadKeys();
    const completion = await enter(() => {
      twin.typePin('73');
      twin.press('cancel');
    });
    expect(completion).toEqual({ done: true, value: { completion: 'cancel' } });
    await clock.pass(500);
    expect(twin.entry).toEqual({ input: 'off', entered: 0 });
  });

  test('nobody types: entryTimeout in the pad’s own time, not before, and the keys are off', async () => {
    const { twin, clock, pad, loadKeys } = await onBench();
    await loadKeys();
    let ended = false;
    const entering = pad.enterPinBlock({ ...USUAL, entryLimitMs: 20_000 }).finally(() => {
      ended = true;
    });
    await clock.pass(20_000);
    expect(ended).toBe(false);
    await clock.pass(1_000);
    expect(faultWord(await entering)).toBe('entryTimeout');
    expect(twin.entry.input).toBe('off');
  });

  test('the kiosk cancels: canceled, and half a PIN is not left in the pad', async () => {
    const { twin, clock, pad, loadKeys, enter } = await onBench();
    await loadKeys();
    const stop = new AbortController();
    const entering = pad.enterPinBlock({ ...USUAL, signal: stop.signal });
    await clock.pass(300);
    twin.typePin('739');
    stop.abort();
    await clock.pass(100);
    expect(faultWord(await entering)).toBe('canceled');
    await clock.pass(500);
    expect(twin.entry).toEqual({ input: 'off', entered: 0 });
    const next = await enter(() => {
      twin.typePin('8046');
      twin.press('enter');
    });
    if (!next.done || next.value.completion === 'cancel') throw new Error('no block');
    expect(openedByPlatform(next.value.block.reveal(), ACCOUNT).pin).toBe('8046');
  });

  test('keys pressed when no entry runs reach nobody', async () => {
    const { twin, clock, told, loadKeys } = await onBench();
    await loadKeys();
    twin.typePin('123456');
    twin.press('enter');
    await clock.pass(500);
    expect(told).toEqual(['online']);
  });

  test('an account that ISO 9564 cannot bind to, or an impossible length, is invalidData before anything is sent', async () => {
    const { twin, pad } = await onBench();
    const before = twin.plug.passed;
    expect(faultWord(await pad.enterPinBlock({ ...USUAL, account: new Secret('12') }))).toBe('invalidData');
    expect(faultWord(await pad.enterPinBlock({ ...USUAL, minDigits: 3 }))).toBe('invalidData');
    expect(faultWord(await pad.enterPinBlock({ ...USUAL, maxDigits: 13 }))).toBe('invalidData');
    expect(twin.plug.passed).toBe(before);
  });
});

describe('the digits reach nobody', () => {
  /** What the host heard during the entry of `pin`, and what it was given. */
  async function entryOf(pin: string, keys: readonly PadKey[] = ['enter']) {
    const bench = await onBench();
    await bench.loadKeys();
    const before = bench.hostHeard().length;
    const completion = await bench.enter(() => {
      bench.twin.typePin(pin);
      for (const key of keys) bench.twin.press(key);
    });
    return { heard: bench.hostHeard().subarray(before), completion, told: bench.told, pad: bench.pad };
  }

  test('in no form: not as text, packed, nor in an event, a state or a completion', async () => {
    const pin = '739154';
    const { heard, completion, told, pad } = await entryOf(pin);
    for (const form of [pin, [...pin].reverse().join(''), pin.split('').join(' ')]) {
      expect(heard.includes(Buffer.from(form, 'latin1'))).toBe(false);
    }
    expect(heard.includes(Buffer.from(pin, 'hex'))).toBe(false);
    const shown = inspect({ completion, told, pad, fault: pad.lastFault }, { depth: 9, showHidden: true });
    expect(shown).not.toContain(pin);
    expect(JSON.stringify({ completion, told })).not.toMatch(/739154|Uint8Array/);
  });

  test('what the host hears is the same for any two PINs of one length, but for the block and its check', async () => {
    const blockStart = (heard: Buffer): number => heard.lastIndexOf(Buffer.from('70006', 'latin1'));
    const pins = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 6, maxLength: 6 });
    const first = await entryOf('000000');
    const at = blockStart(first.heard);
    await fc.assert(
      fc.asyncProperty(pins, async (pin) => {
        const { heard } = await entryOf(pin);
        expect(heard.length).toBe(first.heard.length);
        expect(blockStart(heard)).toBe(at);
        const withoutBlock = (bytes: Buffer): string =>
          `${bytes.subarray(0, at + 5).toString('hex')} ${bytes.subarray(at + 5 + 16 + 3).toString('hex')}`;
        expect(withoutBlock(heard)).toBe(withoutBlock(first.heard));
      }),
      { numRuns: 25 },
    );
  });

  test('a pad that sends a digit in the clear is fraudAttempt at its first one, and its keys are put off', async () => {
    const bench = await onBench();
    await bench.loadKeys();
    bench.twin.replaceFirmware('leaking');
    const completion = await bench.enter(async () => {
      bench.twin.press('7');
      await bench.clock.pass(100);
      bench.twin.typePin('39154');
    });
    expect(faultWord(completion)).toBe('fraudAttempt');
    expect(JSON.stringify([completion, bench.pad.lastFault, bench.told])).not.toMatch(/"[^"]*7[^"]*clear|739/);
    // The one that was on the line before the keys were off is the last.
    expect(bench.hostHeard().includes(Buffer.from('39', 'latin1'))).toBe(false);
    expect(bench.twin.entry).toEqual({ input: 'off', entered: 0 });
  });
});

describe('a PIN to the card in the pad’s own slot', () => {
  const limits = { timeoutMs: 60_000, minDigits: 4, maxDigits: 12, select: SELECT_SSSE };

  test('is verified there, a wrong one tells how many tries are left, the third locks', async () => {
    const { twin, clock, pad, ended, hostHeard } = await onBench(PAD_WITH_CARD_SLOT);
    twin.card = issueCard(RARE_NAME_HOLDERS.yan, { manners: { pin: '246813' } });
    const present = async (pin: string) => {
      const presenting = pad.presentPinToCard(limits);
      await clock.pass(300);
      twin.typePin(pin);
      twin.press('enter');
      const completion = await ended(presenting);
      return completion.done ? completion.value : completion.fault;
    };
    expect(await present('246813')).toEqual({ completion: 'enter', verified: true });
    expect(await present('111111')).toEqual({ completion: 'enter', verified: false, triesLeft: 2 });
    expect(await present('111111')).toEqual({ completion: 'enter', verified: false, triesLeft: 1 });
    expect(await present('111111')).toEqual({ completion: 'enter', verified: false, triesLeft: 0 });
    expect(hostHeard().includes(Buffer.from('246813', 'latin1'))).toBe(false);
    expect(hostHeard().includes(Buffer.from('246813', 'hex'))).toBe(false);
  });

  test('without a card is noMedia; without a slot it is unsupportedCommand', async () => {
    const { twin, clock, pad, ended } = await onBench(PAD_WITH_CARD_SLOT);
    twin.loadMasterKey(MASTER_KEY);
    twin.card = issueCard(RARE_NAME_HOLDERS.yan);
    const presenting = pad.presentPinToCard(limits);
    await clock.pass(300);
    twin.card = undefined;
    twin.typePin('2468');
    twin.press('enter');
    expect(faultWord(await ended(presenting))).toBe('noMedia');
    const plain = await onBench();
    expect(faultWord(await plain.pad.presentPinToCard(limits))).toBe('unsupportedCommand');
  });
});

describe('keys', () => {
  const zeros = Buffer.alloc(8);
  const load = { timeoutMs: 5_000, keySet: 0, encryptedKey: tripleDes(MASTER_KEY, PIN_KEY, 'encrypt') };
  const checkValue = tripleDes(PIN_KEY, zeros, 'encrypt').subarray(0, 4);

  test('a blank pad is masterKeyMissing, and an entry on it keyNoValue', async () => {
    const { pad, enter } = await onBench();
    expect(pad.keys).toBe('masterKeyMissing');
    expect(faultWord(await enter(() => undefined))).toBe('keyNoValue');
  });

  test('master key without PIN key is keyNotFound, until the PIN key is loaded', async () => {
    const { twin, pad, ended, enter } = await onBench();
    twin.loadMasterKey(MASTER_KEY);
    expect(faultWord(await enter(() => undefined))).toBe('keyNotFound');
    expect(pad.keys).toBe('pinKeyMissing');
    expect(faultWord(await ended(pad.loadPinKey({ ...load, checkValue })))).toBe('done');
    expect(pad.keys).toBe('loaded');
  });

  test('a key with another check value is keyInvalid and is erased again', async () => {
    const { twin, pad, ended, enter } = await onBench();
    twin.loadMasterKey(MASTER_KEY);
    expect(faultWord(await ended(pad.loadPinKey({ ...load, checkValue: Buffer.from('000000', 'hex') })))).toBe(
      'keyInvalid',
    );
    expect(faultWord(await enter(() => undefined))).toBe('keyNotFound');
  });

  test('a single-length key or a short check value is refused before anything is sent', async () => {
    const { twin, pad, ended } = await onBench();
    twin.loadMasterKey(MASTER_KEY);
    const before = twin.plug.passed;
    expect(faultWord(await ended(pad.loadPinKey({ ...load, encryptedKey: new Uint8Array(8), checkValue })))).toBe(
      'invalidData',
    );
    expect(faultWord(await ended(pad.loadPinKey({ ...load, checkValue: checkValue.subarray(0, 2) })))).toBe(
      'invalidData',
    );
    expect(twin.plug.passed).toBe(before);
  });

  test('an opened housing wipes the keys, and the pad says so within its next look', async () => {
    const { twin, clock, pad, loadKeys } = await onBench();
    await loadKeys();
    await clock.pass(11_000);
    expect(pad.keys).toBe('loaded');
    twin.openHousing();
    await clock.pass(11_000);
    expect(pad.keys).toBe('masterKeyMissing');
  });

  test.each([
    [0xe0, 'hardwareError'],
    [0xe1, 'keyNoValue'],
    [0xe2, 'keyNoValue'],
    [0xe3, 'keyInvalid'],
    [0xe4, 'keyNotFound'],
    [0xe5, 'useViolation'],
    [0xe6, 'keyInvalid'],
    [0xe7, 'keyInvalid'],
    [0xe8, 'hardwareError'],
    [0xe9, 'noPin'],
    [0xea, 'hardwareError'],
    [0xeb, 'formatNotSupported'],
    [0xec, 'accessDenied'],
    [0xed, 'accessDenied'],
    [0xee, 'entryTimeout'],
    [0xef, 'hardwareError'],
  ])('error %i is %s', async (code, fault) => {
    const { twin, pad, ended } = await onBench();
    twin.faults.errors.push(code);
    expect(faultWord(await ended(pad.beep({ timeoutMs: 3_000 })))).toBe(fault);
  });
});

describe('a pad in trouble', () => {
  test('beeps; shows text where it has a display, and says when it has none', async () => {
    const { twin, pad, ended } = await onBench(PAD_WITH_CARD_SLOT);
    expect(faultWord(await ended(pad.beep({ timeoutMs: 3_000 })))).toBe('done');
    expect(faultWord(await ended(pad.showText('请输入密码', { timeoutMs: 3_000 })))).toBe('done');
    expect([twin.beeps, twin.display]).toEqual([1, '请输入密码']);
    const plain = await onBench();
    expect(faultWord(await plain.pad.showText('请输入密码', { timeoutMs: 3_000 }))).toBe('unsupportedCommand');
  });

  test('that refuses to put its keys off after an entry is thrown away and opened anew: nobody knows what it does', async () => {
    const { twin, clock, pad, loadKeys, told, enter } = await onBench();
    await loadKeys();
    twin.plug.onDeviceHears((bytes) => {
      // E8 to 5032: the command came with another length, says a pad whose line was noisy.
      if (Buffer.from(bytes).includes('5032'))
        twin.noise(Uint8Array.from([...Buffer.from('\x02001\xe8\x03', 'latin1'), ...Buffer.from('DA')]));
    });
    told.length = 0;
    await enter(() => {
      twin.typePin('4711');
      twin.press('enter');
    });
    await clock.pass(3_000);
    expect(told).toContain('powerOff');
    expect(pad.state).toBe('online');
    await pad.close();
  });

  test('hung in the middle of an entry is a fault with a word; the pad is lost, and online again after its cable', async () => {
    const { twin, clock, pad, loadKeys, enter } = await onBench();
    await loadKeys();
    const entering = pad.enterPinBlock({ ...USUAL, timeoutMs: 10_000 });
    await clock.pass(300);
    twin.typePin('73');
    twin.hang();
    await clock.pass(10_100);
    expect(faultWord(await entering)).toBe('timeOut');
    await clock.pass(3_000);
    expect(pad.state).toBe('powerOff');
    twin.unplug();
    twin.plugIn();
    await clock.pass(6_000);
    expect(pad.state).toBe('online');
    expect(faultWord(await enter(() => twin.press('cancel')))).toBe('done');
  });

  test('a broken answer is timeOut, the link is opened anew, and the pad works', async () => {
    const { twin, clock, pad, ended } = await onBench();
    twin.faults.wrongChecksums = 1;
    expect(faultWord(await ended(pad.beep({ timeoutMs: 3_000 })))).toBe('timeOut');
    await clock.pass(1_000);
    expect(pad.state).toBe('online');
    expect(faultWord(await ended(pad.beep({ timeoutMs: 3_000 })))).toBe('done');
  });

  test('a pad whose keys an earlier process left on is put off when it is opened', async () => {
    const { twin, clock, pad } = await onBench();
    await pad.close();
    const link = await twin.openByteLink(new AbortController().signal);
    await link.write(Buffer.from('\x020045033\x0332', 'latin1'), new AbortController().signal);
    await clock.pass(100);
    expect(twin.entry.input).toBe('plain');
    await link.close();
    const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
    const next = new ZtPinPad({ id: 'pin-pad', address: 'sim:pin-pad', bus, clock });
    await clock.pass(500);
    expect([next.state, twin.entry.input]).toEqual(['online', 'off']);
  });

  test('who it is is known, and after close nothing is left running', async () => {
    const { clock, pad } = await onBench();
    expect(pad.identity).toBe('ZT588 1.0-2.0 1234');
    await pad.close();
    expect(pad.state).toBe('offline');
    await clock.pass(60_000);
    expect(clock.waiting).toBe(0);
  });
});
