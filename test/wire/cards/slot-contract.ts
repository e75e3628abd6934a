/**
 * What every way to a card slot must do, whatever lies between: the same claims for each transport.
 */
import { describe, expect, onTestFinished, test } from 'vitest';
import { CardGoneError, type CardSlot, LinkLostError } from '../../../drivers/ports.ts';
import type { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { COUNT_RESETS, KnownCard, lossOf, newSlot, READ_BINARY_16, until, within } from './wire-bench.ts';

export interface Wire {
  /** Serves `slot` and gives back how to open it from the kiosk's side. Cleans up with the test. */
  serve(slot: SimCardSlot): Promise<(signal: AbortSignal) => Promise<CardSlot>>;
  /** Why it can't run on this machine. */
  readonly missing?: string | undefined;
}

export function everySlotKeepsItsPromises(name: string, wire: Wire): void {
  describe(name, () => {
    async function opened(): Promise<{ sim: SimCardSlot; slot: CardSlot }> {
      const sim = newSlot();
      const open = await wire.serve(sim);
      const slot = await open(within(10_000));
      onTestFinished(() => slot.close());
      return { sim, slot };
    }

    test('a card put in is seen with its ATR, answers APDUs and is seen to leave', async (ctx) => {
      if (wire.missing) return ctx.skip(wire.missing);
      const { sim, slot } = await opened();
      expect(slot.media().kind).toBe('notPresent');
      const card = new KnownCard();
      sim.insert(card);
      expect(await until(slot, 'present')).toEqual({ kind: 'present', atr: card.atr });
      const chip = await slot.connect(within(5_000));
      expect([...chip.atr]).toEqual([...card.atr]);
      const answer = await chip.transmit(READ_BINARY_16, within(5_000));
      expect(Buffer.from(answer).toString('hex')).toBe('000102030405060708090a0b0c0d0e0f9000');
      expect((await chip.transmit(Uint8Array.of(0x80, 0x20, 0, 0, 0), within(5_000))).length).toBe(258);
      await chip.disconnect();
      sim.remove();
      await until(slot, 'notPresent');
    });

    test('a card put in the wrong way is mute, and its chip can not be powered', async (ctx) => {
      if (wire.missing) return ctx.skip(wire.missing);
      const { sim, slot } = await opened();
      sim.insert(new KnownCard(), { face: 'wrong' });
      await until(slot, 'mute');
      await expect(slot.connect(within(5_000))).rejects.toBeInstanceOf(CardGoneError);
      sim.turnOver();
      await until(slot, 'present');
    });

    test('an empty slot powers nothing and stays open', async (ctx) => {
      if (wire.missing) return ctx.skip(wire.missing);
      const { sim, slot } = await opened();
      await expect(slot.connect(within(5_000))).rejects.toBeInstanceOf(CardGoneError);
      sim.insert(new KnownCard());
      await until(slot, 'present');
      const chip = await slot.connect(within(5_000));
      await chip.disconnect();
    });

    test('a card torn off in the middle of an APDU is gone, the reader is not', async (ctx) => {
      if (wire.missing) return ctx.skip(wire.missing);
      const { sim, slot } = await opened();
      sim.insert(new KnownCard());
      await until(slot, 'present');
      const chip = await slot.connect(within(5_000));
      sim.faults.tearOffAtApdu(2);
      await chip.transmit(READ_BINARY_16, within(5_000));
      await expect(chip.transmit(READ_BINARY_16, within(5_000))).rejects.toBeInstanceOf(CardGoneError);
      await until(slot, 'notPresent');
      await expect(chip.transmit(READ_BINARY_16, within(5_000))).rejects.toBeInstanceOf(CardGoneError);
      await chip.disconnect();
      sim.insert(new KnownCard());
      await until(slot, 'present');
      const next = await slot.connect(within(5_000));
      expect((await next.transmit(READ_BINARY_16, within(5_000))).length).toBe(18);
      await next.disconnect();
    });

    test('two cards in a row are never taken for one', async (ctx) => {
      if (wire.missing) return ctx.skip(wire.missing);
      const { sim, slot } = await opened();
      sim.insert(new KnownCard());
      await until(slot, 'present');
      const first = await slot.connect(within(5_000));
      const seen: string[] = [];
      slot.onMediaChanged((media) => seen.push(media.kind));
      sim.remove();
      sim.insert(new KnownCard());
      await expect(first.transmit(READ_BINARY_16, within(5_000))).rejects.toBeInstanceOf(CardGoneError);
      await first.disconnect();
      await until(slot, 'present');
      while (seen.length < 2) await until(slot, seen.at(-1) === 'notPresent' ? 'present' : 'notPresent');
      expect(seen).toEqual(['notPresent', 'present']);
    });

    test('a chip that is powered again has forgotten what the last session did', async (ctx) => {
      if (wire.missing) return ctx.skip(wire.missing);
      const { sim, slot } = await opened();
      sim.insert(new KnownCard());
      await until(slot, 'present');
      const first = await slot.connect(within(5_000));
      const before = (await first.transmit(COUNT_RESETS, within(5_000)))[0] ?? 0;
      await first.disconnect();
      const second = await slot.connect(within(5_000));
      expect((await second.transmit(COUNT_RESETS, within(5_000)))[0]).toBeGreaterThan(before);
      await second.disconnect();
    });
  });
}

/** For wires on which a reader can be unplugged or hang. */
/** A reader with a motor, behind doors of ours: the real daemon's virtual reader has none. */
export function everyMotorPushesOut(name: string, wire: Wire): void {
  describe(name, () => {
    test.each([
      ['a motor pushes the card out to its mouth and no further', true],
      ['a slot without a motor keeps the card that is to be pushed out', false],
    ])('%s', async (_what, motor) => {
      const sim = newSlot(undefined, motor);
      const slot = await (await wire.serve(sim))(within(10_000));
      onTestFinished(() => slot.close());
      const card = new KnownCard();
      sim.insert(card);
      await until(slot, 'present');
      const chip = await slot.connect(within(5_000));
      await chip.disconnect('eject');
      if (motor) {
        await until(slot, 'notPresent');
        expect([sim.card, sim.atMouth]).toEqual([undefined, card]);
        expect(sim.remove()).toBe(card);
      } else {
        expect([slot.media().kind, sim.card?.card]).toEqual(['present', card]);
        const again = await slot.connect(within(5_000));
        expect((await again.transmit(READ_BINARY_16, within(5_000))).length).toBe(18);
        await again.disconnect();
      }
    });
  });
}

export function everyUnpluggedReaderIsLost(name: string, wire: Wire): void {
  describe(name, () => {
    test('a reader whose cable is pulled is lost once, and opens again when it is back', async (ctx) => {
      if (wire.missing) return ctx.skip(wire.missing);
      const sim = newSlot();
      const open = await wire.serve(sim);
      const slot = await open(within(10_000));
      const loss = lossOf(slot);
      sim.unplug();
      expect(await loss).toBeInstanceOf(LinkLostError);
      await expect(slot.connect(within(5_000))).rejects.toBeInstanceOf(LinkLostError);
      await slot.close();
      await expect(open(within(10_000))).rejects.toBeInstanceOf(LinkLostError);
      sim.plugIn();
      const again = await open(within(10_000));
      sim.insert(new KnownCard());
      await until(again, 'present');
      await again.close();
    });

    test('a hung chip holds nobody: the command ends with its own signal, and the slot opens again', async (ctx) => {
      if (wire.missing) return ctx.skip(wire.missing);
      const sim = newSlot();
      const open = await wire.serve(sim);
      const slot = await open(within(10_000));
      sim.insert(new KnownCard());
      await until(slot, 'present');
      const chip = await slot.connect(within(5_000));
      sim.hang();
      const giveUp = new AbortController();
      const stuck = chip.transmit(READ_BINARY_16, giveUp.signal);
      giveUp.abort(new Error('deadline'));
      await expect(stuck).rejects.toThrow('deadline');
      await slot.close();
      sim.unplug();
      sim.plugIn();
      const again = await open(within(10_000));
      await until(again, 'present');
      await again.close();
    });
  });
}
