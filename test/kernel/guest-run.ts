/**
 * One run of the guest: QEMU without hardware help, its console as text.
 *
 * One promise: it ends. By itself, at the deadline, or with this process: then the
 * kernel of this machine ends it too, so nothing is left running.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Kernel, Share } from './guest-image.ts';

export interface Machine {
  readonly program: string;
  readonly words: readonly string[];
  readonly console: string;
}

export const MACHINES = {
  amd64: {
    program: 'qemu-system-x86_64',
    words: ['-M', 'q35', '-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '2048'],
    console: 'ttyS0',
  },
  arm64: {
    program: 'qemu-system-aarch64',
    words: ['-M', 'virt', '-accel', 'tcg,thread=multi', '-cpu', 'cortex-a57', '-smp', '2', '-m', '1536'],
    console: 'ttyAMA0',
  },
} as const satisfies Record<string, Machine>;

export interface GuestRun {
  readonly machine: Machine;
  readonly kernel: Kernel;
  readonly firstFiles: string;
  readonly shares: readonly Share[];
  readonly deadlineMs: number;
  /** Everything that the guest said, for whoever must find out why. */
  readonly logFile: string;
  readonly onLine: (line: string) => void;
}

export interface GuestEnd {
  readonly how: 'poweredOff' | 'deadline' | 'notStarted';
  readonly detail: string;
}

export function runGuest(run: GuestRun): Promise<GuestEnd> {
  const shares = run.shares.flatMap(({ tag, folder }) => [
    '-fsdev',
    `local,id=${tag},path=${folder},security_model=none,readonly=on,multidevs=remap`,
    '-device',
    `virtio-9p-pci,fsdev=${tag},mount_tag=${tag}`,
  ]);
  const words = [
    ...run.machine.words,
    ...['-nographic', '-nodefaults', '-serial', 'stdio', '-no-reboot', '-kernel', run.kernel.image],
    ...['-initrd', run.firstFiles, ...shares],
    '-append',
    `console=${run.machine.console} quiet loglevel=1 panic=1 mitigations=off nokaslr`,
  ];
  writeFileSync(run.logFile, '');
  return new Promise((resolve) => {
    const qemu = spawn('setpriv', ['--pdeathsig', 'KILL', 'nice', '-n', '10', run.machine.program, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let how: GuestEnd['how'] = 'poweredOff';
    let detail = '';
    const deadline = setTimeout(() => {
      how = 'deadline';
      qemu.kill('SIGKILL');
    }, run.deadlineMs);
    const note = (line: string): void => appendFileSync(run.logFile, `${line}\n`);
    createInterface({ input: qemu.stdout }).on('line', (line) => {
      note(line);
      run.onLine(line);
    });
    createInterface({ input: qemu.stderr }).on('line', (line) => {
      note(line);
      detail = line;
    });
    const end = (): void => {
      clearTimeout(deadline);
      resolve({ how, detail });
    };
    qemu.on('error', (error) => {
      how = 'notStarted';
      detail = error.message;
      end();
    });
    qemu.on('close', (status) => {
      if (status && how === 'poweredOff') how = 'notStarted';
      end();
    });
  });
}
