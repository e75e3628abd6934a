/** All protocol mutants, each with a name of its own. */
import type { Mutant } from './mutant.ts';
import { ofFlows } from './of-flows.ts';
import { ofInsurance } from './of-insurance.ts';
import { ofMoney } from './of-money.ts';
import { ofStore } from './of-store.ts';

export const mutants: readonly Mutant[] = [...ofMoney, ...ofInsurance, ...ofFlows, ...ofStore];
