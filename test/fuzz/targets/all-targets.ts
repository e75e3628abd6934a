/** Every parser of untrusted bytes that is fuzzed; a new one is one more row in its family's file. */
import type { FuzzTarget } from '../target.ts';
import { ofCabinet } from './cabinet.ts';
import { ofCamera } from './camera.ts';
import { ofCards } from './card.ts';
import { ofFace } from './face.ts';
import { ofIdcard } from './idcard.ts';
import { ofPaper } from './paper.ts';
import { planted } from './planted.ts';
import { ofStaffCards } from './staff-card.ts';
import { ofTeller } from './teller.ts';
import { ofTexts } from './texts.ts';

export const allTargets: readonly FuzzTarget[] = [
  ...ofCards,
  ...ofPaper,
  ...ofTexts,
  ...ofCabinet,
  ...ofIdcard,
  ...ofStaffCards,
  ...ofCamera,
  ...ofFace,
  ...ofTeller,
];

/** @throws Error that names all targets when there is none of this name. */
export function targetNamed(name: string): FuzzTarget {
  const target = [...allTargets, planted].find((one) => one.name === name);
  if (!target)
    throw new Error(`There is no target "${name}"; there are ${allTargets.map((one) => one.name).join(', ')}.`);
  return target;
}
