/** The hub without any socket: what a page may say, and what it is told. */
import { describe, expect, test } from 'vitest';
import { LOOKS, type LookIntent, USUAL_LOOK } from '../../../firmware/screen/looks.ts';
import type { FromPage, Intent, Screen, ScreenBody, ToPage } from '../../../firmware/screen/messages.ts';
import { ScreenHub } from '../../../firmware/screen/screen-hub.ts';
import { gallery } from '../../../kiosk-ui/gallery.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const help = { window: '一楼收费处3号窗口', hospitalPhone: '0571-0000 1234', insurancePhone: '12393' };
const bill: ScreenBody = { name: 'S-BILL', bills: [], totalFen: 100, removeCard: false };
const confirming: ScreenBody = { name: 'S-CONFIRMING', number: 'set_1', removeCard: false };

const done = (paper: 'printing' | 'ready', rating: 'open' | 'given'): ScreenBody => ({
  ...{ name: 'S-DONE', totalFen: 100, ownFen: 0, fundFen: 100, accountFen: 0, removeCard: false },
  ...{ number: 'set_1', nextStep: '', paper, rating },
});

function onBench() {
  const clock = new ManualClock();
  const hub = new ScreenHub({ clock, help });
  const heard: { readonly screenId: string; readonly intent: Intent }[] = [];
  hub.onIntent((screenId, intent) => heard.push({ screenId, intent }));
  return { clock, hub, heard };
}

function lookAt(hub: ScreenHub) {
  const messages: ToPage[] = [];
  const connection = hub.connect((message) => messages.push(message));
  return {
    messages,
    close: connection.close,
    says: (message: FromPage): void => connection.send(message),
    intends: (screenId: string, intent: Intent): void => connection.send({ type: 'intent', screenId, intent }),
    screen: (): Screen | undefined =>
      messages.flatMap((message) => (message.type === 'screen' ? [message.screen] : [])).at(-1),
  };
}

describe('one current screen', () => {
  test('whoever connects sees the whole current screen at once', () => {
    const { hub } = onBench();
    const id = hub.show(bill);
    expect(lookAt(hub).screen()).toEqual({
      id,
      prices: false,
      settings: USUAL_LOOK,
      voice: hub.voice,
      help,
      deadline: undefined,
      body: bill,
    });
  });

  test('before the first screen there is nothing to see, and it arrives when shown', () => {
    const { hub } = onBench();
    const page = lookAt(hub);
    expect(page.messages).toEqual([]);
    const id = hub.show(bill);
    expect(page.screen()?.id).toBe(id);
  });

  test('a page that was killed half-way finds the deadline with the time that is left now', async () => {
    const { hub, clock } = onBench();
    hub.show(bill, { leftMs: 60_000, wholeMs: 60_000 });
    lookAt(hub).close();
    await clock.pass(42_000);
    expect(lookAt(hub).screen()?.deadline).toEqual({ leftMs: 18_000, wholeMs: 60_000 });
    await clock.pass(60_000);
    expect(hub.current?.deadline).toEqual({ leftMs: 0, wholeMs: 60_000 });
  });

  test('the hub sets no timer: in virtual time nothing waits for it', () => {
    const { hub, clock } = onBench();
    hub.show(bill, { leftMs: 60_000, wholeMs: 60_000 });
    lookAt(hub);
    expect(clock.waiting).toBe(0);
  });

  test('a page that has closed is told nothing and heard no more', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    const id = hub.show(bill);
    page.close();
    hub.show(confirming);
    page.intends(id, { do: 'confirm' });
    expect(page.screen()?.id).toBe(id);
    expect(heard).toEqual([]);
  });
});

describe('intents', () => {
  test('a touch on the current screen reaches the session with its screen', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    const id = hub.show(bill);
    page.intends(id, { do: 'confirm' });
    expect(heard).toEqual([{ screenId: id, intent: { do: 'confirm' } }]);
  });

  test('a touch on a screen that is gone is refused, and the page is shown the current one', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    const old = hub.show(bill);
    const now = hub.show(bill);
    page.intends(old, { do: 'confirm' });
    expect(heard).toEqual([]);
    expect(page.messages.slice(-2)).toMatchObject([
      { type: 'refused', screenId: old },
      { type: 'screen', screen: { id: now } },
    ]);
  });

  test('a confirm that no screen asked for is refused while money moves', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    const id = hub.show(confirming);
    for (const intent of [
      { do: 'confirm' },
      { do: 'cancel' },
      { do: 'decline' },
      { do: 'pay', method: 'phone' },
    ] as const) {
      page.intends(id, intent);
    }
    expect(heard).toEqual([]);
    expect(page.messages.filter(({ type }) => type === 'refused')).toHaveLength(4);
  });

  test('a phone that is paying can no longer be cancelled from the screen', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    const pay = { name: 'S-PAY', ownFen: 100, payCode: 'x', removeCard: false } as const;
    page.intends(hub.show({ ...pay, status: 'userPaying' }), { do: 'cancel' });
    expect(heard).toEqual([]);
    page.intends(hub.show({ ...pay, status: 'waiting' }), { do: 'cancel' });
    expect(heard).toHaveLength(1);
  });

  test('an own part of nothing is confirmed, anything more is paid by an offered way', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    const split = { name: 'S-SPLIT', totalFen: 100, parts: [], methods: ['phone'], removeCard: false } as const;
    const account = { used: true, mayChange: true };
    page.intends(hub.show({ ...split, ownFen: 1, account }), { do: 'confirm' });
    page.intends(hub.show({ ...split, ownFen: 0, account }), { do: 'pay', method: 'phone' });
    page.intends(hub.show({ ...split, ownFen: 1, account: { used: true, mayChange: false } }), {
      do: 'useAccount',
      use: false,
    });
    expect(heard).toEqual([]);
    page.intends(hub.show({ ...split, ownFen: 0, account }), { do: 'confirm' });
    page.intends(hub.show({ ...split, ownFen: 1, account }), { do: 'useAccount', use: false });
    expect(heard.map(({ intent }) => intent.do)).toEqual(['confirm', 'useAccount']);
  });

  test('[Y1-8] from every screen a person is one touch away', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    for (const { body } of gallery) page.intends(hub.show(body), { do: 'help' });
    expect(heard.map(({ intent }) => intent.do)).toEqual(gallery.map(() => 'help'));
    expect(page.screen()?.help.window).toBe(help.window);
  });

  test('a question that goes on keeps its id, so a finger that is down keeps its button', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    const id = hub.show(done('printing', 'open'));
    expect(hub.show(done('ready', 'open'), { leftMs: 20_000, wholeMs: 20_000 }, id)).toBe(id);
    expect(page.screen()).toMatchObject({ id, body: { paper: 'ready' }, deadline: { leftMs: 20_000 } });
    page.intends(id, { do: 'rate', stars: 5 });
    expect(heard).toEqual([{ screenId: id, intent: { do: 'rate', stars: 5 } }]);
    // What it no longer offers is refused, whatever the page that was drawn before offered.
    hub.show(done('ready', 'given'), undefined, id);
    page.intends(id, { do: 'rate', stars: 1 });
    expect(heard).toHaveLength(1);
  });

  test('a screen of another name never inherits an id, nor does one that goes on from what is gone', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    const split: ScreenBody = {
      ...{ name: 'S-SPLIT', totalFen: 100, parts: [], ownFen: 0, methods: [], removeCard: false },
      account: { used: false, mayChange: false },
    };
    const asked = hub.show(bill);
    const other = hub.show(split, undefined, asked);
    expect(other).not.toBe(asked);
    const back = hub.show(bill, undefined, asked);
    expect([asked, other]).not.toContain(back);
    expect(hub.show(bill)).not.toBe(back);
    for (const gone of [asked, other, back]) page.intends(gone, { do: 'confirm' });
    expect(heard).toEqual([]);
  });

  test('[part of SZ-255] only those may sign whom the rules of the place name', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    const consent = { name: 'S-CONSENT', items: [], totalFen: 1, signature: 'required', removeCard: false } as const;
    const sign = (id: string): void => {
      for (const signer of ['patient', 'relative', 'guardian'] as const) page.intends(id, { do: 'sign', signer });
    };
    sign(hub.show({ ...consent, signers: ['patient', 'guardian'] }));
    expect(heard.map(({ intent }) => intent)).toEqual([
      { do: 'sign', signer: 'patient' },
      { do: 'sign', signer: 'guardian' },
    ]);
    sign(hub.show(consent));
    expect(heard).toHaveLength(5);
  });

  test('an answer given inside the push is heard after show has told the id', async () => {
    const { hub, heard, clock } = onBench();
    const order: string[] = [];
    hub.onIntent(() => order.push('heard'));
    const actor = hub.connect((message) => {
      if (message.type === 'screen')
        actor.send({ type: 'intent', screenId: message.screen.id, intent: { do: 'confirm' } });
    });
    hub.show(bill);
    order.push('shown');
    await clock.drain();
    expect(order).toEqual(['shown', 'heard']);
    expect(heard).toHaveLength(1);
  });

  test('a late answer given inside a push is stale when another screen came first', async () => {
    const { hub, heard, clock } = onBench();
    let answered = false;
    const actor = hub.connect((message) => {
      if (message.type !== 'screen' || answered) return;
      answered = true;
      actor.send({ type: 'intent', screenId: message.screen.id, intent: { do: 'confirm' } });
    });
    hub.show(bill);
    hub.show(bill);
    await clock.drain();
    expect(heard).toEqual([]);
  });
});

describe('settings', () => {
  test('[Y4-12a] language and text size change on any screen without the session, and the screen keeps its id', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    for (const { body } of gallery) {
      const id = hub.show(body);
      page.intends(id, { do: 'setLanguage', language: 'en' });
      page.intends(id, { do: 'setTextSize', textSize: 'extraLarge' });
      expect(page.screen()).toMatchObject({ id, body, settings: { language: 'en', textSize: 'extraLarge' } });
      hub.resetSettings();
    }
    expect(heard).toEqual([]);
  });

  /** One touch for every word of every look. */
  const touches = Object.entries(LOOKS).flatMap(([key, words]) =>
    words.map((word) => ({ do: `set${key[0]?.toUpperCase()}${key.slice(1)}`, [key]: word }) as unknown as LookIntent),
  );

  test('every look is taken on any screen, reaches no session, and is gone for the next person', () => {
    const { hub, heard } = onBench();
    const page = lookAt(hub);
    expect(touches.length).toBe(15);
    for (const { body } of gallery) {
      const id = hub.show(body);
      for (const intent of touches) {
        page.intends(id, intent);
        const { do: _, ...chosen } = intent;
        expect(page.screen()).toMatchObject({ id, body, settings: chosen });
      }
      hub.resetSettings();
      expect(page.screen()?.settings).toEqual(USUAL_LOOK);
    }
    expect(heard).toEqual([]);
  });

  test('the plain home brings large print, and takes it back, unless a size was chosen', () => {
    const { hub } = onBench();
    const page = lookAt(hub);
    const id = hub.show(bill);
    page.intends(id, { do: 'setHome', home: 'care' });
    expect(hub.settings).toMatchObject({ home: 'care', textSize: 'large' });
    page.intends(id, { do: 'setHome', home: 'usual' });
    expect(hub.settings).toEqual(USUAL_LOOK);
    page.intends(id, { do: 'setTextSize', textSize: 'extraLarge' });
    page.intends(id, { do: 'setHome', home: 'care' });
    expect(hub.settings.textSize).toBe('extraLarge');
  });

  test('the next person starts from the standard', () => {
    const { hub } = onBench();
    const page = lookAt(hub);
    const id = hub.show(bill);
    page.intends(id, { do: 'setLanguage', language: 'en' });
    page.intends(id, { do: 'setTextSize', textSize: 'large' });
    hub.resetSettings();
    expect(page.screen()?.settings).toEqual(USUAL_LOOK);
  });

  test('large print is proposed to the old, never against their own choice', () => {
    const { hub } = onBench();
    const page = lookAt(hub);
    const id = hub.show(bill);
    hub.proposeTextSize('large');
    expect(hub.settings.textSize).toBe('large');
    page.intends(id, { do: 'setTextSize', textSize: 'standard' });
    hub.proposeTextSize('large');
    expect(hub.settings.textSize).toBe('standard');
    hub.resetSettings();
    hub.proposeTextSize('large');
    expect(hub.settings.textSize).toBe('large');
  });

  test('what is drawn is told to whoever measures', () => {
    const { hub } = onBench();
    const drawn: string[] = [];
    hub.onDrawn((screenId) => drawn.push(screenId));
    const page = lookAt(hub);
    page.says({ type: 'drawn', screenId: hub.show(bill) });
    expect(drawn).toEqual(['scr_1']);
  });
});
