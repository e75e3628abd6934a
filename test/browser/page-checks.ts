/**
 * What a ruler and a photometer would find on the drawn page. Runs inside the
 * browser, so it uses nothing but its argument and the DOM.
 */
export interface Rules {
  /** Least side of any target, px. */
  readonly target: number;
  readonly primary: { readonly width: number; readonly height: number };
  readonly gap: number;
  /** Free edge of the stage around targets, px. */
  readonly edge: number;
  readonly smallestLetter: number;
  /** Letters of this size or more are body text. */
  readonly bodyLetter: number;
  /** What has to stand in the lower 45 % of the screen (低位). */
  readonly lowFrom?: 'nothing' | 'actions' | 'everything';
  /** The photometer alone: the ruler has been there, and nothing has moved. */
  readonly coloursOnly?: boolean;
}

/** Answers one sentence per offence; empty when all is well. */
export function offences(rules: Rules): string[] {
  const found: string[] = [];
  const stage = document.getElementById('stage');
  if (!stage) return ['there is no stage'];
  const stageBox = stage.getBoundingClientRect();
  const name = (text: string): string => `"${text.trim().slice(0, 24)}"`;

  if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
  if (document.documentElement.scrollHeight > innerHeight) found.push('the page scrolls');

  // Letters: size, contrast, nothing cut, nothing on top of each other.
  const lines: { readonly box: DOMRect; readonly text: string; readonly owner: Element }[] = [];
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    const text = node.textContent ?? '';
    if (!owner || text.trim() === '' || !owner.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(owner);
    const letter = Number.parseFloat(style.fontSize);
    if (letter < rules.smallestLetter - 0.01) found.push(`${name(text)} is only ${letter} px`);
    const least = letter >= rules.bodyLetter && !owner.closest('button, .band, .next-step') ? 10 : 7;
    const contrast = contrastOf(owner, style.color);
    if (contrast < least) found.push(`${name(text)} has contrast ${contrast.toFixed(1)}, not ${least}`);
    if (rules.coloursOnly) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 0) lines.push({ box, text, owner });
    }
  }
  if (rules.coloursOnly) return [...new Set(found)];
  for (const { box, text, owner } of lines) {
    if (!within(box, stageBox, 0)) found.push(`${name(text)} leaves the screen`);
    for (const place of [
      '.content',
      '.side',
      '.band',
      '.bar',
      '.aside',
      '.button',
      '.paged-rows',
      '.upper',
      '.lower',
      '.sheet',
      '.phones',
      '.way',
      '.next-step',
    ]) {
      const area = owner.closest(place);
      if (!area || getComputedStyle(area).display === 'contents') continue;
      if (!within(box, area.getBoundingClientRect(), 1)) found.push(`${name(text)} leaves its ${place}`);
    }
  }
  lines.forEach((one, index) => {
    for (const other of lines.slice(index + 1)) {
      if (one.owner !== other.owner && overlap(one.box, other.box)) {
        found.push(`${name(one.text)} lies over ${name(other.text)}`);
      }
    }
  });

  // Whole numbers of people, cards and phones are never shown (4.7).
  const shown = stage.innerText.match(/(?<!\d)(\d{17}[\dXx]|\d{16,19}|1[3-9]\d{9})(?!\d)/);
  if (shown) found.push('a whole number of a person is shown');

  // Targets: size, gap, free edge, and not under anything else.
  const targets = [...stage.querySelectorAll('button')].filter((button) =>
    button.checkVisibility({ visibilityProperty: true }),
  );
  const boxes = targets.map((target) => ({ target, box: target.getBoundingClientRect() }));
  for (const { target, box } of boxes) {
    const label = name(target.textContent ?? '');
    if (Math.min(box.width, box.height) < rules.target) found.push(`target ${label} is ${box.width}×${box.height}`);
    if (
      target.classList.contains('primary') &&
      (box.width < rules.primary.width || box.height < rules.primary.height)
    ) {
      found.push(`primary ${label} is ${box.width}×${box.height}`);
    }
    if (!within(box, stageBox, -rules.edge)) found.push(`target ${label} is too close to the edge`);
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!top || !target.contains(top)) found.push(`target ${label} lies under something`);
    for (const corner of [box.top + 4, box.bottom - 4]) {
      const there = document.elementFromPoint(box.x + box.width / 2, corner);
      if (!there || !target.contains(there)) found.push(`target ${label} is partly covered`);
    }
  }
  boxes.forEach(({ target, box }, index) => {
    for (const other of boxes.slice(index + 1)) {
      const across = Math.max(other.box.left - box.right, box.left - other.box.right);
      const down = Math.max(other.box.top - box.bottom, box.top - other.box.bottom);
      if (Math.max(across, down) < rules.gap) {
        found.push(`${name(target.textContent ?? '')} is too close to ${name(other.target.textContent ?? '')}`);
      }
    }
  });

  // 低位: what is touched, and what has to be paid, within reach of who sits.
  const lowest = stageBox.top + stageBox.height * 0.55;
  const reached = {
    nothing: '',
    actions: '.side button, .bar button, .sheet button, .big-amount-value',
    everything: 'button, .amount, .big-amount-value',
  }[rules.lowFrom ?? 'nothing'];
  for (const thing of reached === '' ? [] : stage.querySelectorAll(reached)) {
    if (!thing.checkVisibility({ visibilityProperty: true })) continue;
    const { top } = thing.getBoundingClientRect();
    if (top < lowest - 1) found.push(`${name(thing.textContent ?? '')} is too high for 低位: ${top}`);
  }

  // Focus goes where the eye goes: the content, its actions, the bar.
  const places = ['.band', '.content', '.side', '.sheet', '.bar'];
  const order = targets.map((target) => places.findIndex((place) => target.closest(place)));
  if (order.some((place, index) => index > 0 && place < (order[index - 1] ?? 0))) found.push('focus jumps back');
  if (targets.some((target) => target.tabIndex !== 0)) found.push('a target cannot be focused');

  // Pictures and codes: whole, and large enough to be one.
  for (const picture of stage.querySelectorAll('.picture, .qr')) {
    if (!picture.checkVisibility()) continue;
    const box = picture.getBoundingClientRect();
    const area = picture.closest('.upper:not(:empty), .content, .band');
    const place = area && getComputedStyle(area).display === 'contents' ? picture.closest('.content') : area;
    if (place && !within(box, place.getBoundingClientRect(), 1)) found.push('a picture leaves its place');
    if (picture.classList.contains('qr') && Math.min(box.width, box.height) < 240) {
      found.push(`a code is only ${box.width}×${box.height}`);
    }
  }
  return [...new Set(found)];

  function within(box: DOMRect, area: DOMRect, slack: number): boolean {
    return (
      box.left >= area.left - slack &&
      box.right <= area.right + slack &&
      box.top >= area.top - slack &&
      box.bottom <= area.bottom + slack
    );
  }

  function overlap(one: DOMRect, other: DOMRect): boolean {
    // Line boxes are taller than their letters; a third of a line is where letters touch.
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    return across > 2 && down > Math.min(one.height, other.height) / 3;
  }

  /** WCAG 2 contrast of the letters against the nearest painted ground. */
  function contrastOf(element: Element, color: string): number {
    let ground: Element | null = element;
    while (ground && /^rgba\(.*, 0\)$|^transparent$/.test(getComputedStyle(ground).backgroundColor))
      ground = ground.parentElement;
    const light = luminance(color);
    const dark = luminance(ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)');
    return (Math.max(light, dark) + 0.05) / (Math.min(light, dark) + 0.05);
  }

  function luminance(color: string): number {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
}
