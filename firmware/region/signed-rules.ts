/** Reads a rule pack (rules.json beside signatures.json): in force only when two people of different duties signed it. */
import { join } from 'node:path';
import { mustBeSigned, PackRefusedError, readIfThere, SIGNATURES_FILE, type Trust } from './pack-signatures.ts';
import type { RulePack } from './rule-pack.ts';
import { parseRules, RulesError } from './rule-pack-schema.ts';

export const RULES_FILE = 'rules.json';

/** @throws PackRefusedError */
export function verifyRulePack(file: Uint8Array, signatures: Uint8Array | undefined, trust: Trust): RulePack {
  mustBeSigned('rules', file, signatures, trust);
  try {
    return parseRules(file);
  } catch (error) {
    if (error instanceof RulesError) throw new PackRefusedError('badForm', error.troubles.join('; '));
    throw error;
  }
}

/** @throws PackRefusedError */
export function loadRulePack(packFolder: string, trust: Trust): RulePack {
  const file = readIfThere(join(packFolder, RULES_FILE));
  if (file === undefined) throw new PackRefusedError('unreadable');
  return verifyRulePack(file, readIfThere(join(packFolder, SIGNATURES_FILE)), trust);
}
