import { describe, expect, test } from 'vitest';
import { CardGoneError, LinkLostError } from '../../../drivers/ports.ts';
import { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { MischievousCard } from '../../../hardware-sim/devices/mischievous-card.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const { yan, jie } = RARE_NAME_HOLDERS;
const CHALLENGE = Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08);
const neverAborted = new AbortController().signal;

function onBench(apduMs?: number) {
  const clock = new ManualClock();
  return { clock, slot: new SimCardSlot({ clock, ...(apduMs === undefined ? {} : { apduMs }) }) };
}

function stateOf(promise: Promise<unknown>): { word: string } {
  const state = { word: 'waiting' };
  promise.then(
    () => {
      state.word = 'answered';
    },
    (error: unknown) => {
      state.word = error instanceof Error ? error.name : String(error);
    },
  );
  return state;
}

describe('hands', () => {
  test('a card the right way shows its ATR, the wrong way it is mute', () => {
    const { slot } = onBench();
    const heard: string[] = [];
    slot.onMediaChanged((media) => heard.push(media.kind));
    const card = issueCard(yan);
    slot.insert(card, { face: 'wrong' });
    expect(slot.power()).toBeUndefined();
    slot.turnOver();
    expect(slot.media()).toEqual({ kind: 'present', atr: card.atr });
    expect(slot.power()).toEqual(card.atr);
    expect(slot.remove()).toBe(card);
    expect(heard).toEqual(['mute', 'notPresent', 'present', 'notPresent']);
  });

  test('two cards do not fit into one slot; an empty one gives none', () => {
    const { slot } = onBench();
    slot.insert(issueCard(yan));
    expect(() => slot.insert(issueCard(jie))).toThrow('already');
    slot.remove();
    expect(slot.remove()).toBeUndefined();
  });

  test('an unplugged reader sees nothing and opens nothing', async () => {
    const { slot } = onBench();
    slot.insert(issueCard(yan));
    const plugs: boolean[] = [];
    slot.onPluggedChanged((pluggedIn) => plugs.push(pluggedIn));
    slot.unplug();
    expect(slot.media().kind).toBe('notPresent');
    await expect(slot.openCardSlot(neverAborted)).rejects.toBeInstanceOf(LinkLostError);
    slot.plugIn();
    expect(slot.media().kind).toBe('present');
    expect(plugs).toEqual([false, true]);
  });
});

describe('an APDU', () => {
  test('takes twelve milliseconds of the clock, not fewer', async () => {
    const { slot, clock } = onBench();
    slot.insert(issueCard(yan));
    slot.power();
    const state = stateOf(slot.transmit(CHALLENGE));
    await clock.pass(11);
    expect(state.word).toBe('waiting');
    await clock.pass(1);
    expect(state.word).toBe('answered');
  });

  test('without chip time is answered without a timer', async () => {
    const { slot, clock } = onBench(0);
    slot.insert(issueCard(yan));
    slot.power();
    expect(await slot.transmit(CHALLENGE)).toHaveLength(10);
    expect(clock.waiting).toBe(0);
  });

  test('set to be torn off ends half-way as CardGoneError, and the card is out', async () => {
    const { slot, clock } = onBench();
    slot.insert(issueCard(yan));
    slot.power();
    slot.faults.tearOffAtApdu(2);
    const first = slot.transmit(CHALLENGE);
    await clock.pass(12);
    await first;
    const second = stateOf(slot.transmit(CHALLENGE));
    await clock.pass(5);
    expect([second.word, slot.media().kind]).toEqual(['waiting', 'present']);
    await clock.pass(1);
    expect([second.word, slot.media().kind]).toEqual(['CardGoneError', 'notPresent']);
    expect(clock.waiting).toBe(0);
  });

  test('to an unpowered chip, a chip of before, or none is CardGoneError', async () => {
    const { slot, clock } = onBench(0);
    await expect(slot.transmit(CHALLENGE)).rejects.toBeInstanceOf(CardGoneError);
    slot.insert(issueCard(yan));
    await expect(slot.transmit(CHALLENGE)).rejects.toBeInstanceOf(CardGoneError);
    const opened = await slot.openCardSlot(neverAborted);
    const old = await opened.connect(neverAborted);
    slot.remove();
    slot.insert(issueCard(jie));
    slot.power();
    await expect(old.transmit(CHALLENGE, neverAborted)).rejects.toBeInstanceOf(CardGoneError);
    expect(clock.waiting).toBe(0);
  });

  test('to a silent chip waits until the signal, the card or the cable goes', async () => {
    for (const end of ['signal', 'card', 'cable'] as const) {
      const { slot, clock } = onBench();
      slot.insert(new MischievousCard(issueCard(yan), { kind: 'silentFrom', apdu: 1 }));
      slot.power();
      const stop = new AbortController();
      const state = stateOf(slot.transmit(CHALLENGE, stop.signal));
      await clock.pass(60_000);
      expect(state.word).toBe('waiting');
      if (end === 'signal') stop.abort(new Error('enough'));
      if (end === 'card') slot.remove();
      if (end === 'cable') slot.unplug();
      await clock.drain();
      expect(state.word).toBe({ signal: 'Error', card: 'CardGoneError', cable: 'LinkLostError' }[end]);
    }
  });

  test('while another one runs is a mistake of the caller', async () => {
    const { slot, clock } = onBench();
    slot.insert(issueCard(yan));
    slot.power();
    const first = slot.transmit(CHALLENGE);
    await expect(slot.transmit(CHALLENGE)).rejects.toThrow('one APDU at a time');
    await clock.pass(12);
    expect(await first).toHaveLength(10);
  });
});

describe('a hung reader', () => {
  test('neither opens nor connects nor answers nor reports, until its cable was pulled', async () => {
    const { slot, clock } = onBench();
    slot.insert(issueCard(yan));
    const opened = await slot.openCardSlot(neverAborted);
    const heard: string[] = [];
    opened.onMediaChanged((media) => heard.push(media.kind));
    const underWay = await opened.connect(neverAborted);
    slot.hang();
    const states = [
      stateOf(underWay.transmit(CHALLENGE, neverAborted)),
      stateOf(slot.openCardSlot(neverAborted)),
      stateOf(opened.connect(neverAborted)),
    ];
    slot.remove();
    await clock.pass(60_000);
    expect(states.map((state) => state.word)).toEqual(['waiting', 'waiting', 'waiting']);
    expect(heard).toEqual([]);
    slot.unplug();
    await clock.drain();
    expect(states.map((state) => state.word)).toEqual(['LinkLostError', 'LinkLostError', 'LinkLostError']);
  });
});

describe('the in-memory slot', () => {
  test('tells its loss once, also to a listener that comes too late', async () => {
    const { slot, clock } = onBench();
    const opened = await slot.openCardSlot(neverAborted);
    const heard: string[] = [];
    opened.onLost(() => heard.push('early'));
    slot.unplug();
    opened.onLost(() => heard.push('late'));
    slot.plugIn();
    slot.unplug();
    await clock.drain();
    expect(heard).toEqual(['early', 'late']);
    await expect(opened.connect(neverAborted)).rejects.toBeInstanceOf(LinkLostError);
  });

  test('closing takes the power from the chip and is no loss', async () => {
    const { slot, clock } = onBench();
    slot.insert(issueCard(yan));
    const opened = await slot.openCardSlot(neverAborted);
    const heard: string[] = [];
    opened.onLost(() => heard.push('lost'));
    opened.onMediaChanged((media) => heard.push(media.kind));
    await opened.connect(neverAborted);
    await opened.close();
    await expect(slot.transmit(CHALLENGE)).rejects.toBeInstanceOf(CardGoneError);
    slot.remove();
    slot.unplug();
    await clock.drain();
    expect(heard).toEqual([]);
  });
});
