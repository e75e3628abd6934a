/**
 * The two guests: this machine's architecture with its own programs, and ARM64.
 *
 * One promise: what a guest needs and this machine lacks is named with the way to get it.
 */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FirstFiles, type Kernel, kernelIn, type Share } from './guest-image.ts';
import { MACHINES, type Machine } from './guest-run.ts';
import { GuestMissing, kernelPackageName, OWN_LISTS, unpackedPackage } from './unpacked-package.ts';

export interface Guest extends Omit<FirstFiles, 'command'> {
  readonly machine: Machine;
  readonly kernel: Kernel;
  readonly shares: readonly Share[];
  command(cases: readonly string[]): string;
}

/** Programs and where Debian puts them; their packages are in `bin/test-kernel.mjs`. */
const PROGRAMS = ['/usr/bin/qemu-system-x86_64', '/usr/bin/cpio', '/usr/sbin/modprobe', '/usr/bin/setpriv'];
const BUSYBOX = '/bin/busybox';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export function guestFor(architecture: 'amd64' | 'arm64'): Guest {
  if (process.arch !== 'x64') throw new GuestMissing('the guest is built on an x86-64 machine');
  for (const path of [...PROGRAMS, BUSYBOX])
    if (!existsSync(path)) throw new GuestMissing(`${path} is missing: run "npm run test:kernel" as root once`);
  if (architecture === 'arm64') throw new GuestMissing('no ARM64 guest yet');
  return ownGuest();
}

function ownGuest(): Guest {
  const name = kernelPackageName(OWN_LISTS, 'amd64');
  const kernel = kernelIn(unpackedPackage(name).folder, name);
  const udev = unpackedPackage('udev').folder;
  return {
    machine: MACHINES.amd64,
    busybox: BUSYBOX,
    kernel,
    shares: [
      { tag: 'programs', folder: '/usr', at: '/usr' },
      { tag: 'kernel', folder: kernel.folder, at: kernel.folder },
      { tag: 'udev', folder: udev, at: '/udev' },
      ...repositoryShares(),
    ],
    links: [
      ['lib', 'usr/lib'],
      ['lib64', 'usr/lib64'],
      ['sbin', 'usr/sbin'],
      ['var/run', '/run'],
      // Debian's modprobe is a link to /bin/kmod; /bin is the guest's own.
      ['bin/kmod', '/usr/bin/kmod'],
    ],
    copies: ['/etc/ld.so.cache', '/etc/alternatives', '/etc/libccid_Info.plist'],
    environment: {
      PATH: '/usr/sbin:/usr/bin:/bin',
      HOME: '/root',
      NODE_NO_WARNINGS: '1',
      NODE_COMPILE_CACHE: '/tmp/compiled',
    },
    command: (cases) => `${process.execPath} ${repository}/test/kernel/in-guest.ts ${cases.join(' ')}`,
  };
}

/** In a second worktree `node_modules` is a link to the first one's. */
function repositoryShares(): Share[] {
  const shares: Share[] = [{ tag: 'repository', folder: repository, at: repository }];
  const modules = realpathSync(join(repository, 'node_modules'));
  if (!modules.startsWith(`${repository}/`)) shares.push({ tag: 'modules', folder: modules, at: modules });
  return shares;
}
