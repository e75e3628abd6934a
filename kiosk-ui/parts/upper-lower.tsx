/**
 * A screen's content in two parts for the low-reach mode (低位, 4.9): what is only read or looked at, and from the
 * first thing that is touched, or that is an amount, on. In the usual mode the two have no boxes of their own, so
 * the order of reading is the same in both.
 */
import { type ComponentChildren, Fragment, isValidElement, toChildArray, type VNode } from 'preact';
import { CardPicture } from './card-picture.tsx';
import { Chime } from './chime.tsx';
import { HomeNotice, Station } from './home-news.tsx';
import { TickMark } from './marks.tsx';
import { NextStep } from './next-step.tsx';
import { MoneyLine, Notice, Place } from './notice.tsx';

const ONLY_READ = new Set<unknown>([
  ...['h1', 'h2', 'p', Notice, Place, MoneyLine, NextStep, CardPicture, TickMark, Chime, HomeNotice, Station],
]);
const ONLY_READ_BOXES = /\b(scene|ways|person|paper|trouble|facts|slip-code|price-head|read)\b/;

export function UpperLower({ children }: { readonly children: ComponentChildren }) {
  const parts = flat(children);
  const cut = parts.findIndex((part) => !onlyRead(part));
  const [upper, lower] = cut < 0 ? [parts, []] : [parts.slice(0, cut), parts.slice(cut)];
  return (
    <>
      <div class="upper" key="upper">
        {upper}
      </div>
      <div class="lower" key="lower">
        {lower}
      </div>
    </>
  );
}

function flat(children: ComponentChildren): readonly ReturnType<typeof toChildArray>[number][] {
  return toChildArray(children).flatMap((part) =>
    isValidElement(part) && part.type === Fragment ? flat((part as VNode).props.children) : [part],
  );
}

function onlyRead(part: ReturnType<typeof toChildArray>[number]): boolean {
  if (!isValidElement(part)) return true;
  if (ONLY_READ.has(part.type)) return true;
  const { class: name } = part.props as { readonly class?: unknown };
  return part.type === 'div' && typeof name === 'string' && ONLY_READ_BOXES.test(name);
}
