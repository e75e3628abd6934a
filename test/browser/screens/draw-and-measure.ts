/**
 * Draws samples in looks and measures each. Runs inside the page, so it uses nothing but its argument, the DOM, and
 * what drawn-page.ts put into the window.
 */
import type { HelpLine, ScreenBody, ScreenSettings } from '../../../firmware/screen/messages.ts';
import type { Rules } from '../page-checks.ts';

export interface Drawing {
  readonly title: string;
  readonly body: ScreenBody;
  readonly deadline: { readonly leftMs: number; readonly wholeMs: number } | undefined;
  readonly prices: boolean;
  readonly looks: readonly { readonly settings: ScreenSettings; readonly rules: Rules; readonly axe: boolean }[];
  readonly help: HelpLine;
  /** The sheet over the screen, too. */
  readonly sheet: boolean;
}

export interface Found {
  readonly title: string;
  readonly look: string;
  readonly offence: string;
}

export interface Measured {
  readonly found: readonly Found[];
  readonly states: number;
  readonly axeRuns: number;
}

interface PageParts {
  readonly line: EventTarget;
  readonly offences: (rules: Rules) => string[];
  readonly axe?: {
    run(context: Element, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
  };
}

export async function drawAndMeasure(drawing: Drawing): Promise<Measured> {
  const { line, offences, axe } = window as unknown as PageParts;
  const stage = document.getElementById('stage');
  if (!stage) throw new Error('The page lost its stage.');
  const found: Found[] = [];
  let [states, axeRuns] = [0, 0];
  const axeRules = {
    // Contrast is computed for every state by our own ruler; regions and page titles are the shell's.
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    resultTypes: ['violations'],
  };
  let [id, before, places] = ['', '', ''];
  for (const { settings, rules, axe: withAxe } of drawing.looks) {
    const look = Object.values(settings).join(' ');
    const shape = JSON.stringify({ ...settings, contrast: '' });
    // The same page in other colours keeps its tree, as it does for a patient.
    const recoloured = shape === before;
    if (!recoloured) id = `scr_${performance.now()}`;
    // Silent: what is said is heard in headset.test.ts.
    const voice = { volume: 0, speed: 1, tongue: 'mandarin', dialect: 'yue', headset: false };
    const screen = { id, settings, voice, help: drawing.help, prices: drawing.prices, deadline: drawing.deadline };
    const data = JSON.stringify({ type: 'screen', screen: { ...screen, body: drawing.body } });
    line.dispatchEvent(new MessageEvent('message', { data }));
    if (!recoloured) await turn();
    if (stage.dataset['screenId'] !== id || stage.dataset['contrast'] !== settings.contrast) {
      throw new Error(`"${drawing.title}" is not drawn.`);
    }
    states += 1;
    const now = whereAllStands(stage);
    if (recoloured && now !== places)
      found.push({ title: drawing.title, look, offence: 'other colours moved something' });
    [before, places] = [shape, now];
    for (const offence of offences({ ...rules, coloursOnly: recoloured })) {
      found.push({ title: drawing.title, look, offence });
    }
    if (withAxe && axe) {
      axeRuns += 1;
      const { violations } = await axe.run(stage, axeRules);
      for (const { id: rule, nodes } of violations) {
        found.push({ title: drawing.title, look, offence: `axe ${rule}: ${nodes[0]?.html.slice(0, 120)}` });
      }
    }
    if (!drawing.sheet) continue;
    await press('looks');
    if (!document.querySelector('.sheet'))
      found.push({ title: drawing.title, look, offence: 'the sheet does not open' });
    for (const offence of offences(rules)) found.push({ title: `${drawing.title} sheet`, look, offence });
    states += 1;
    await press('voice');
    if (!document.querySelector('[data-does="louder"]')) {
      found.push({ title: drawing.title, look, offence: 'the voice sheet does not open' });
    }
    for (const offence of offences(rules)) found.push({ title: `${drawing.title} voice`, look, offence });
    states += 1;
  }
  return { found, states, axeRuns };

  /** A press within the time of a trembling hand is none. */
  async function press(does: string): Promise<void> {
    const pressed = window as unknown as { pressedAt?: number };
    const sinceMs = performance.now() - (pressed.pressedAt ?? -1_000);
    if (sinceMs < 420) await new Promise((resolve) => setTimeout(resolve, 420 - sinceMs));
    pressed.pressedAt = performance.now();
    document.querySelector<HTMLElement>(`[data-does="${does}"]`)?.dispatchEvent(new MouseEvent('click', { detail: 0 }));
    await turn();
  }

  function whereAllStands(root: Element): string {
    const boxes = [...root.querySelectorAll('button, p, span, h1, h2, .picture, .qr')].map((part) => {
      const { x, y, width, height } = part.getBoundingClientRect();
      return `${x} ${y} ${width} ${height}`;
    });
    return boxes.join();
  }

  /** Everything that the page puts off to the end of its turn is done. */
  async function turn(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      await new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        port2.postMessage(undefined);
      });
    }
  }
}
