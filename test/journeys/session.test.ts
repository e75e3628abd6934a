/** One session by itself: what ends a question, and what can no longer touch the next one. */
import { describe, expect, it } from 'vitest';
import type { Intent, ScreenBody } from '../../firmware/screen/messages.ts';
import { type Act, confirmed } from '../../firmware/session/act.ts';
import { noPresenceSensor, Presence } from '../../firmware/session/presence.ts';
import { Session, SessionOver } from '../../firmware/session/session.ts';
import { VirtualClock } from '../../hardware-sim/world/virtual-clock.ts';
import { profile } from '../firmware/kiosk-fixture.ts';

class Page {
  readonly clock = new VirtualClock(Date.parse('2026-03-05T09:00:00+08:00'));
  readonly shown: { readonly body: ScreenBody; readonly leftMs: number | undefined }[] = [];
  readonly #listeners = new Set<(id: string, intent: Intent) => void>();
  readonly session = new Session({
    id: 'ses_test',
    screen: {
      show: (body, deadline) => `scr_${this.shown.push({ body, leftMs: deadline?.leftMs })}`,
      onIntent: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      proposeTextSize: () => undefined,
      onAttended: () => () => undefined,
      voice: { headset: false },
      settings: { language: 'zh', textSize: 'standard', home: 'usual' },
    },
    clock: this.clock,
    timers: profile().timers,
    cardReader: undefined,
    scanner: undefined,
    presence: new Presence(noPresenceSensor, this.clock),
  });

  touch(intent: Intent): void {
    for (const listener of [...this.#listeners]) listener(`scr_${this.shown.length}`, intent);
  }

  async settle(): Promise<void> {
    this.clock.timer(0, () => undefined);
    const at = this.clock.monotonicMs();
    await this.clock.runUntil(() => this.clock.monotonicMs() >= at, 1);
  }
}

const BUSY: ScreenBody = { name: 'S-BUSY', work: 'calculating', slow: false, removeCard: false };
const HELP: ScreenBody = { name: 'S-HELP', call: 'none' };
const touched = (act: Act): 'touched' | undefined => confirmed(act) && 'touched';

describe('a question of a session', () => {
  it('that was answered by a touch is not answered again by what it also waited for', async () => {
    const page = new Page();
    let arrive: (value: string) => void = () => undefined;
    const awaited = new Promise<string>((resolve) => {
      arrive = resolve;
    });
    const first = page.session.ask<string>(BUSY, { accept: touched, until: awaited, patience: 'never' });
    page.touch({ do: 'confirm' });
    expect(await first).toBe('touched');
    const second = page.session.ask<string>(HELP, { accept: touched, patience: 'never' });
    arrive('late');
    await page.settle();
    // The second question still listens.
    page.touch({ do: 'confirm' });
    expect(await second).toBe('touched');
  });

  it('never resolves after the session is over, and what comes then is heard by nobody', async () => {
    const page = new Page();
    const asked = page.session.ask<string>(BUSY, { accept: touched, patience: 'never' });
    page.session.end('canceled');
    page.touch({ do: 'confirm' });
    await expect(asked).rejects.toThrow(SessionOver);
    await expect(page.session.ask(BUSY, { accept: touched })).rejects.toThrow('canceled');
    expect(() => page.session.show(BUSY)).toThrow(SessionOver);
    expect(page.session.signal.aborted).toBe(true);
    expect(page.shown).toHaveLength(1);
  });

  it('cannot be left by 不做了 while nothing may be left, and can where it says so', async () => {
    const page = new Page();
    const held = page.session.ask<string>(BUSY, {
      accept: () => undefined,
      until: Promise.resolve('known'),
      patience: 'never',
    });
    page.touch({ do: 'cancel' });
    expect(await held).toBe('known');
    const free = page.session.ask<string>(BUSY, { accept: () => undefined, patience: 'never', mayLeave: true });
    page.touch({ do: 'cancel' });
    await expect(free).rejects.toThrow('canceled');
  });

  it('passes on the failure of what it waits for', async () => {
    const page = new Page();
    const broken = Promise.reject(new Error('the room burnt down'));
    await expect(page.session.ask(BUSY, { accept: touched, until: broken, patience: 'never' })).rejects.toThrow(
      'burnt',
    );
  });
});
