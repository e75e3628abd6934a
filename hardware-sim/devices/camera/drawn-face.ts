/**
 * Invented people, drawn: a face is a few numbers, and a pose turns, lights and moves it.
 *
 * Nobody sat for these: the drawing is made here, from numbers, under the
 * licence of the project. One promise: the same numbers always give the same
 * drawing, so two pictures of one person are as alike as their poses.
 */

import { mix, shade } from './drawn-colour.ts';

/** What makes one invented person look unlike another. Shares are of the head's height unless said. */
export interface DrawnPerson {
  readonly name: string;
  readonly skin: string;
  readonly hair: string;
  readonly hairStyle: 'short' | 'bob' | 'bald' | 'long';
  readonly headWidth: number;
  readonly jaw: number;
  readonly eyeGap: number;
  readonly eyeSize: number;
  readonly eyeLevel: number;
  readonly browThickness: number;
  readonly browTilt: number;
  readonly noseLength: number;
  readonly noseWidth: number;
  readonly mouthWidth: number;
  readonly lips: number;
  readonly wrinkles: boolean;
  readonly glasses: boolean;
  readonly beard: boolean;
}

export interface Pose {
  /** Degrees; positive turns the nose to the right of the picture. */
  readonly yaw: number;
  /** Height of the head, pixels. */
  readonly headPx: number;
  readonly centreX: number;
  readonly centreY: number;
  /** 1 = daylight. */
  readonly light: number;
  /** Smile, -1 to 1. */
  readonly smile: number;
}

export const STRAIGHT: Pose = { yaw: 0, headPx: 300, centreX: 320, centreY: 235, light: 1, smile: 0 };

/** One head as SVG elements, to be put into a picture of any size. */
export function headSvg(person: DrawnPerson, pose: Pose): string {
  const p = person;
  const turn = (pose.yaw * Math.PI) / 180;
  const unit = pose.headPx / 200;
  const id = `${p.name}${Math.round(pose.centreX)}`;
  const half = 100 * p.headWidth;
  /** Where something on the face stands after turning: `out` is how far it stands before the head's axis. */
  const sx = (x: number, out: number): number => x * Math.cos(turn) + out * Math.sin(turn);
  const depthAt = (x: number): number => Math.sqrt(Math.max(0, 1 - (x / half) ** 2)) * half * 0.9;
  const on = (x: number): number => sx(x, depthAt(x));
  const squeeze = (x: number): number =>
    Math.max(0.25, Math.cos(turn + Math.asin(Math.max(-1, Math.min(1, x / half))) * 0.8));
  const eyeY = -100 + 200 * p.eyeLevel;
  const noseY = eyeY + 200 * p.noseLength;
  const mouthY = noseY + 30 + p.lips * 40;
  const chin = 100;
  const jawX = half * p.jaw;
  const dark = shade(p.skin, 0.62);
  const mid = shade(p.skin, 0.82);
  const bright = shade(p.skin, 1.12);
  const parts: string[] = [];
  parts.push(`<defs>
<radialGradient id="s${id}" cx="${0.5 + 0.18 * Math.sin(turn) - 0.08}" cy="0.4" r="0.68"><stop offset="0" stop-color="${bright}"/><stop offset="0.55" stop-color="${p.skin}"/><stop offset="1" stop-color="${shade(p.skin, 0.58)}"/></radialGradient>
<linearGradient id="n${id}" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="${dark}"/><stop offset="1" stop-color="${shade(p.skin, 0.4)}"/></linearGradient>
<filter id="b${id}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="4"/></filter>
<filter id="f${id}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="1.1"/></filter>
</defs>`);
  if (p.hairStyle === 'long') {
    parts.push(
      `<path d="M ${-half * 1.18} -40 C ${-half * 1.3} -140 ${half * 1.3} -140 ${half * 1.18} -40 L ${half * 1.22} 130 L ${-half * 1.22} 130 Z" fill="${shade(p.hair, 0.75)}"/>`,
    );
  }
  if (p.hairStyle === 'bob') {
    parts.push(
      `<path d="M ${-half * 1.15} -30 C ${-half * 1.3} -140 ${half * 1.3} -140 ${half * 1.15} -30 L ${half * 1.12} 55 L ${-half * 1.12} 55 Z" fill="${shade(p.hair, 0.75)}"/>`,
    );
  }
  // Neck and shoulders.
  parts.push(
    `<path d="M -32 70 L -36 125 L 36 125 L 32 70 Z" fill="${dark}"/><path d="M -140 190 C -130 125 -60 118 -36 112 L 36 112 C 60 118 130 125 140 190 Z" fill="#44506a"/><path d="M -36 112 L 0 140 L 36 112 L 30 108 L -30 108 Z" fill="${mid}"/>`,
  );
  // Ears.
  for (const side of [-1, 1]) {
    const x = sx(side * half * 0.98, 0);
    if (side * Math.sin(turn) < 0.35)
      parts.push(
        `<ellipse cx="${x}" cy="${eyeY + 16}" rx="${11 * Math.max(0.4, Math.cos(turn))}" ry="22" fill="${mid}"/>`,
      );
  }
  // Head.
  parts.push(
    `<path d="M ${-half} ${-20} C ${-half} ${-118} ${half} ${-118} ${half} ${-20} C ${half} 30 ${jawX + 6} ${66} ${jawX * 0.62} ${chin - 12} C ${jawX * 0.35} ${chin + 3} ${-jawX * 0.35} ${chin + 3} ${-jawX * 0.62} ${chin - 12} C ${-jawX - 6} ${66} ${-half} 30 ${-half} ${-20} Z" fill="url(#s${id})"/>`,
  );
  // Soft shadows: eye sockets, cheeks, under the nose and the lip.
  const soft: string[] = [];
  for (const side of [-1, 1]) {
    const ex = side * 100 * p.eyeGap;
    soft.push(
      `<ellipse cx="${on(ex)}" cy="${eyeY - 3}" rx="${20 * squeeze(ex)}" ry="13" fill="${dark}" opacity="0.55"/>`,
    );
    const cx = side * half * 0.62;
    soft.push(
      `<ellipse cx="${on(cx)}" cy="${noseY + 14}" rx="${15 * squeeze(cx)}" ry="22" fill="${dark}" opacity="0.3"/>`,
    );
    soft.push(
      `<ellipse cx="${on(side * half * 0.5)}" cy="${noseY - 8}" rx="${16 * squeeze(side * half * 0.5)}" ry="12" fill="${shade(p.skin, 1.2)}" opacity="0.35"/>`,
    );
  }
  const nx = sx(0, depthAt(0) + 18);
  const bx = on(0);
  soft.push(
    `<path d="M ${bx - 7} ${eyeY} Q ${nx - 14} ${noseY - 16} ${nx - 100 * p.noseWidth} ${noseY} L ${nx + 100 * p.noseWidth} ${noseY + 2} Q ${nx + 6} ${noseY - 20} ${bx + 4} ${eyeY} Z" fill="${dark}" opacity="0.28"/>`,
  );
  soft.push(
    `<path d="M ${bx + 3} ${eyeY} L ${nx + 2} ${noseY - 8} L ${nx - 4} ${noseY - 8} L ${bx - 2} ${eyeY} Z" fill="${shade(p.skin, 1.3)}" opacity="0.55"/>`,
  );
  soft.push(
    `<ellipse cx="${nx}" cy="${noseY + 6}" rx="${100 * p.noseWidth}" ry="6" fill="${shade(p.skin, 0.45)}" opacity="0.6"/>`,
  );
  soft.push(`<ellipse cx="${bx}" cy="${mouthY + 17}" rx="18" ry="5" fill="${dark}" opacity="0.55"/>`);
  parts.push(`<g filter="url(#b${id})">${soft.join('')}</g>`);
  const fine: string[] = [];
  // Nose: wings and nostrils.
  for (const side of [-1, 1]) {
    const wing = nx - sx(0, 12) * 0.3 + side * 100 * p.noseWidth * Math.max(0.5, Math.cos(turn));
    fine.push(
      `<path d="M ${wing} ${noseY - 9} Q ${wing + side * 6} ${noseY} ${wing - side * 3} ${noseY + 4}" stroke="${dark}" stroke-width="2.4" fill="none"/>`,
    );
    fine.push(
      `<ellipse cx="${nx + side * 55 * p.noseWidth * Math.cos(turn)}" cy="${noseY + 2}" rx="3.6" ry="2" fill="${shade(p.skin, 0.28)}"/>`,
    );
  }
  fine.push(`<ellipse cx="${nx - 2}" cy="${noseY - 8}" rx="6" ry="5" fill="${shade(p.skin, 1.25)}" opacity="0.5"/>`);
  // Eyes and brows.
  for (const side of [-1, 1]) {
    const ex = side * 100 * p.eyeGap;
    const x = on(ex);
    const w = 100 * p.eyeSize * squeeze(ex);
    const h = 100 * p.eyeSize * 0.46;
    fine.push(
      `<path d="M ${x - w} ${eyeY + 1} Q ${x} ${eyeY - h * 1.5} ${x + w} ${eyeY} Q ${x} ${eyeY + h * 1.25} ${x - w} ${eyeY + 1} Z" fill="#efe9e2"/>`,
    );
    fine.push(
      `<circle cx="${x + sx(0, 2)}" cy="${eyeY - 0.5}" r="${h * 0.86}" fill="#2c1a10"/><circle cx="${x + sx(0, 2)}" cy="${eyeY - 0.5}" r="${h * 0.42}" fill="#070504"/><circle cx="${x - 2}" cy="${eyeY - 3}" r="1.5" fill="#fff"/>`,
    );
    fine.push(
      `<path d="M ${x - w * 1.08} ${eyeY + 1} Q ${x} ${eyeY - h * 1.75} ${x + w * 1.08} ${eyeY}" stroke="#1a1009" stroke-width="2.6" fill="none"/><path d="M ${x - w} ${eyeY - h * 0.9} Q ${x} ${eyeY - h * 2.3} ${x + w} ${eyeY - h * 0.9}" stroke="${dark}" stroke-width="1.6" fill="none"/><path d="M ${x - w * 0.9} ${eyeY + 4} Q ${x} ${eyeY + h * 1.5} ${x + w * 0.9} ${eyeY + 4}" stroke="${dark}" stroke-width="1.2" fill="none"/>`,
    );
    const brow = eyeY - 22 - p.browThickness * 40;
    const tilt = side * p.browTilt * 60;
    fine.push(
      `<path d="M ${x - w * 1.25} ${brow - tilt + 3} Q ${x} ${brow - 9} ${x + w * 1.25} ${brow + tilt + 3} Q ${x} ${brow - 9 + 100 * p.browThickness} ${x - w * 1.25} ${brow - tilt + 3} Z" fill="${shade(p.hair, 0.8)}" stroke="${shade(p.hair, 0.8)}" stroke-width="2"/>`,
    );
    if (p.wrinkles) {
      const fx = side * half * 0.42;
      fine.push(
        `<path d="M ${on(fx * 0.8)} ${noseY} Q ${on(fx)} ${noseY + 18} ${on(fx)} ${mouthY + 4}" stroke="${dark}" stroke-width="2.2" fill="none"/><path d="M ${x - w} ${eyeY + 13} Q ${x} ${eyeY + 20} ${x + w} ${eyeY + 12}" stroke="${dark}" stroke-width="1.6" fill="none"/>`,
      );
    }
    if (p.glasses)
      fine.push(
        `<rect x="${x - w * 1.45}" y="${eyeY - 16}" width="${w * 2.9}" height="33" rx="10" fill="#ffffff" fill-opacity="0.08" stroke="#15171c" stroke-width="3.4"/>`,
      );
  }
  if (p.glasses)
    fine.push(
      `<path d="M ${on(-100 * p.eyeGap + 24)} ${eyeY - 3} L ${on(100 * p.eyeGap - 24)} ${eyeY - 3}" stroke="#15171c" stroke-width="3"/>`,
    );
  if (p.wrinkles)
    for (const at of [0, 9, 18])
      fine.push(
        `<path d="M ${on(-half * 0.5)} ${eyeY - 46 - at} Q ${on(0)} ${eyeY - 51 - at} ${on(half * 0.5)} ${eyeY - 46 - at}" stroke="${dark}" stroke-width="1.4" fill="none"/>`,
      );
  // Mouth.
  const mw = 100 * p.mouthWidth;
  const lip = 100 * p.lips;
  const up = pose.smile * 7;
  const ml = on(-mw);
  const mr = on(mw);
  const mc = on(0);
  fine.push(
    `<path d="M ${ml} ${mouthY - up} Q ${mc - 8} ${mouthY - lip * 1.3} ${mc} ${mouthY - lip * 0.7} Q ${mc + 8} ${mouthY - lip * 1.3} ${mr} ${mouthY - up} Q ${mc} ${mouthY + lip * 2.1 + up} ${ml} ${mouthY - up} Z" fill="${mix(p.skin, '#a03c3c', 0.55)}"/><path d="M ${ml} ${mouthY - up} Q ${mc} ${mouthY + 2 + up} ${mr} ${mouthY - up}" stroke="${shade(p.skin, 0.3)}" stroke-width="2" fill="none"/>`,
  );
  if (p.beard)
    fine.push(
      `<path d="M ${on(-mw * 1.2)} ${mouthY + 12} Q ${mc} ${mouthY + 18 + lip} ${on(mw * 1.2)} ${mouthY + 12} L ${on(mw * 0.8)} ${chin - 5} Q ${mc} ${chin + 4} ${on(-mw * 0.8)} ${chin - 5} Z" fill="${p.hair}" opacity="0.75"/><path d="M ${on(-mw)} ${mouthY - lip - 5} Q ${mc} ${mouthY - lip - 13} ${on(mw)} ${mouthY - lip - 5} Q ${mc} ${mouthY - lip - 3} ${on(-mw)} ${mouthY - lip - 5} Z" fill="${p.hair}" opacity="0.8"/>`,
    );
  parts.push(`<g filter="url(#f${id})">${fine.join('')}</g>`);
  // Hair above the face.
  if (p.hairStyle !== 'bald') {
    const line = p.hairStyle === 'short' ? -66 : -58;
    const edge = p.hairStyle === 'short' ? -12 : 20;
    parts.push(
      `<path d="M ${-half * 1.05} ${edge} C ${-half * 1.2} -136 ${half * 1.2} -136 ${half * 1.05} ${edge} C ${half * 0.98} -40 ${on(half * 0.7)} ${line} ${on(half * 0.2)} ${line - 2} C ${on(-half * 0.4)} ${line - 8} ${-half * 0.96} -44 ${-half * 1.05} ${edge} Z" fill="${p.hair}"/>`,
    );
  }
  return `<g transform="translate(${pose.centreX} ${pose.centreY}) scale(${unit})">${parts.join('\n')}</g>`;
}
