/**
 * The stage: 1080×1920 or 1920×1080, whichever the window is closer to, scaled
 * as a whole to fit, so a laptop shows exactly what the kiosk shows.
 */
import type { ScreenSettings } from '../firmware/screen/messages.ts';
import { cssVariables, type Layout, paints, REFERENCE_PX_PER_MM, stageSize } from './theme.ts';

export class Stage {
  readonly element: HTMLElement;
  readonly #pxPerMm: number;

  /** `onChanged` is called when the window changes. `parameters`: `layout=portrait|landscape` fixes the layout, `pxPerMm=4.03` is the panel's density from provisioning. */
  constructor(element: HTMLElement, parameters: URLSearchParams, onChanged: () => void) {
    this.element = element;
    const density = Number(parameters.get('pxPerMm'));
    this.#pxPerMm = density >= 2 && density <= 8 ? density : REFERENCE_PX_PER_MM;
    const fixed = parameters.get('layout');
    const settle = (): void => {
      const layout = fixed === 'portrait' || fixed === 'landscape' ? fixed : closestLayout();
      const { width, height } = stageSize[layout];
      const scale = Math.min(innerWidth / width, innerHeight / height);
      element.dataset['layout'] = layout;
      const left = Math.max(0, (innerWidth - width * scale) / 2);
      element.style.transform = scale === 1 ? 'none' : `translateX(${left}px) scale(${scale})`;
    };
    addEventListener('resize', () => {
      settle();
      onChanged();
    });
    settle();
  }

  get layout(): Layout {
    return this.element.dataset['layout'] === 'landscape' ? 'landscape' : 'portrait';
  }

  dress(settings: ScreenSettings): void {
    const { language, textSize, contrast, reach, hand } = settings;
    const { dataset } = this.element;
    dataset['language'] = language;
    dataset['reach'] = reach;
    dataset['hand'] = hand;
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    if (dataset['textSize'] !== textSize) {
      dataset['textSize'] = textSize;
      put(this.element, cssVariables(textSize, this.#pxPerMm));
    }
    if (dataset['contrast'] !== contrast) {
      dataset['contrast'] = contrast;
      // On the root, so that the margin beside the stage follows.
      put(document.documentElement, paints(contrast));
    }
  }
}

function put(element: HTMLElement, variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) element.style.setProperty(name, value);
}

function closestLayout(): Layout {
  return innerWidth > innerHeight ? 'landscape' : 'portrait';
}
