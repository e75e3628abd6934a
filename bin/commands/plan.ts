/** `yizhan plan`: the contingency plans (应急预案) for staff, and their drill. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Command, printJson, readWords, say, UsageError } from '../command.ts';

export const command: Command = {
  help: `yizhan plan [NAME] [--drill] [--data DIR] [--json]

Shows what staff do when something fails: all plans, or one of insuranceLineDown,
hospitalLineDown, paymentDown, agreementSuspended, powerOrMachine.

  --drill      runs the plan on paper: its steps and the messages that the authority
               would get, marked as a drill. Nothing is sent and no settlement is
               touched; the audit trail of the data folder keeps that it was drilled.
  --data DIR   default ~/.local/share/yizhan/sim, the folder of "up --sim"`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      data: { type: 'string' },
      drill: { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const [name, ...more] = positionals;
    if (more.length > 0) throw new UsageError(`"${more[0]}" is too much.`);
    const { contingencyPlans, drillPlan } = await import('../../firmware/upload/contingency-plans.ts');
    type Name = keyof typeof contingencyPlans;
    const all = Object.keys(contingencyPlans) as Name[];
    const names = name === undefined ? all : all.filter((one) => one === name);
    if (names.length === 0) throw new UsageError(`There is no plan "${name}". There are: ${all.join(', ')}.`);
    for (const one of names) {
      const { zh, en, steps } = contingencyPlans[one];
      say(`${one}  ${zh}  ${en}`);
      for (const [index, line] of steps.entries()) say(`  ${index + 1}. [${line.who}] ${line.zh}  ${line.en}`);
    }
    if (values.drill !== true) {
      if (values.json === true)
        printJson({ plans: Object.fromEntries(names.map((one) => [one, contingencyPlans[one]])) });
      return 0;
    }
    const folder = values.data ?? join(homedir(), '.local', 'share', 'yizhan', 'sim');
    const file = join(folder, 'kiosk.db');
    if (!existsSync(file)) throw new UsageError(`There is no kiosk.db in ${folder}. Give the data folder with --data.`);
    const { openSqliteStore } = await import('../../firmware/world/sqlite-store.ts');
    const { AuditTrail } = await import('../../firmware/audit/audit-trail.ts');
    const { systemClock } = await import('../../drivers/system-clock.ts');
    const store = openSqliteStore(file);
    try {
      const audit = new AuditTrail(store, systemClock);
      const site = { kioskId: 'drill', institutionCode: 'drill', nowMs: systemClock.wallMs() };
      const drills = names.map((one) => drillPlan(one, site));
      for (const { plan, messages } of drills) {
        audit.write('plan.drilled', { plan });
        for (const message of messages) say(`  drill ${String(message['at'])} ${String(message['stage'])}`);
      }
      if (values.json === true) printJson({ drills });
      return 0;
    } finally {
      store.close();
    }
  },
};
