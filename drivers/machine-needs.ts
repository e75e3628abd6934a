/**
 * What this machine has of what devices need, each gap with the next thing to do.
 *
 * Pure: it looks through `MachineLook`, so the same table answers for a laptop, an image and a test.
 */
import type { DeviceClass } from './device.ts';
import { MACHINE_NEEDS, type MachineNeed } from './machine-needs-table.ts';

export interface MachineLook {
  /** Paths there; a `*` stands for anything within one name. */
  find(pattern: string): readonly string[];
  /** Whether this user may read and write it. */
  mayOpen(path: string): boolean;
  hasProgram(name: string): boolean;
}

export interface NeedReport {
  readonly id: string;
  readonly what: string;
  readonly forDevices: readonly DeviceClass[];
  readonly state: 'there' | 'missing' | 'notAllowed';
  /** The next thing to do; `undefined` when nothing is. */
  readonly remedy: string | undefined;
}

export function machineNeeds(look: MachineLook): readonly NeedReport[] {
  return MACHINE_NEEDS.map((need) => {
    const state = stateOf(need, look);
    const remedy =
      state === 'there' ? undefined : state === 'missing' ? need.missing : (need.notAllowed ?? need.missing);
    return { id: need.id, what: need.what, forDevices: need.forDevices, state, remedy };
  });
}

function stateOf({ anyOf = [], program, mustOpen = false }: MachineNeed, look: MachineLook): NeedReport['state'] {
  if (program !== undefined) return look.hasProgram(program) ? 'there' : 'missing';
  const found = anyOf.flatMap((pattern) => look.find(pattern));
  if (found.length === 0) return 'missing';
  return !mustOpen || found.some((path) => look.mayOpen(path)) ? 'there' : 'notAllowed';
}
