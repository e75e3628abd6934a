/** All protocol mutants, each with a name of its own. */

import { ofFlows } from './flows-table.ts';
import { ofInsurance } from './insurance-table.ts';
import { ofMoney } from './money-table.ts';
import type { Mutant } from './mutant.ts';
import { ofStore } from './store-table.ts';

export const mutants: readonly Mutant[] = [...ofMoney, ...ofInsurance, ...ofFlows, ...ofStore];
