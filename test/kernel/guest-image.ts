/**
 * What the guest starts from: a kernel of Debian's and a first file system built here in a second.
 *
 * One promise: the guest sees of this machine only the shares named here, all of
 * them read-only; whatever it writes lies in its own memory and ends with it.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { GuestMissing, ran } from './unpacked-package.ts';

/** A folder of this machine that the guest sees, read-only. */
export interface Share {
  /** At most 31 characters: the name under which virtio-9p offers it. */
  readonly tag: string;
  readonly folder: string;
  /** Where it lies in the guest. */
  readonly at: string;
}

export interface Kernel {
  readonly image: string;
  /** Holds `lib/modules/RELEASE`. */
  readonly folder: string;
  readonly release: string;
}

export interface FirstFiles {
  readonly busybox: string;
  readonly kernel: Kernel;
  readonly shares: readonly Share[];
  /** One line of shell, run when all shares are there. */
  readonly command: string;
  /** `PATH` and others for that line. */
  readonly environment: Readonly<Record<string, string>>;
  /** Symbolic links of the guest's own file system: at, to. */
  readonly links: readonly (readonly [string, string])[];
  /** Small files and folders that are copied in: from, to. One that is not there is left out. */
  readonly copies: readonly (readonly [string, string])[];
  /** The program that loads a kernel module and what it stands on, with its first words. */
  readonly modprobe: string;
}

/** What the first file system itself needs to reach the rest. */
const FIRST_MODULES = ['virtio_pci', '9pnet_virtio', '9p'];

export function kernelIn(folder: string, packageName: string): Kernel {
  const release = packageName.replace(/^linux-image-/, '');
  const index = join(folder, 'lib', 'modules', release, 'modules.dep.bin');
  if (!existsSync(index)) ran('depmod', ['-b', folder, release]);
  return { image: join(folder, 'boot', `vmlinuz-${release}`), folder, release };
}

/** Builds the first file system in `work` and answers its path. */
export function buildFirstFiles(work: string, files: FirstFiles): string {
  const root = join(work, 'first');
  const modules = join(root, 'first-modules');
  for (const folder of ['bin', 'proc', 'sys', 'dev', 'tmp', 'run', 'etc', 'root', 'var/lib'])
    mkdirSync(join(root, folder), { recursive: true });
  mkdirSync(modules);
  for (const { at } of files.shares) mkdirSync(join(root, at), { recursive: true });
  for (const [at, to] of files.links) {
    mkdirSync(dirname(join(root, at)), { recursive: true });
    symlinkSync(to, join(root, at));
  }
  for (const [from, to] of files.copies) {
    if (existsSync(from)) cpSync(from, join(root, to), { recursive: true, verbatimSymlinks: true });
  }
  copyFileSync(files.busybox, join(root, 'bin', 'busybox'));
  const order = moduleFiles(files.kernel).map((path) => {
    copyFileSync(path, join(modules, basename(path)));
    return basename(path);
  });
  writeFileSync(join(root, 'init'), initScript(files, order));
  chmodSync(join(root, 'init'), 0o755);

  const list = spawnSync('find', ['.'], { cwd: root, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }).stdout;
  const image = join(work, 'first.cpio');
  const packed = spawnSync('cpio', ['--quiet', '-o', '-H', 'newc', '-R', '0:0', '-F', image], {
    cwd: root,
    input: list,
  });
  if (packed.status !== 0) throw new GuestMissing(`cpio: ${String(packed.stderr ?? packed.error?.message)}`);
  return image;
}

function moduleFiles({ folder, release }: Kernel): string[] {
  const said = ran('modprobe', ['-d', folder, '-S', release, '--show-depends', '-a', ...FIRST_MODULES]).stdout;
  const paths = [...said.matchAll(/^insmod (\S+)/gm)].map((match) => realpathSync(match[1] ?? ''));
  return [...new Set(paths)];
}

/** The guest's first process. It ends with the power, whatever the command did. */
function initScript({ shares, command, environment, modprobe }: FirstFiles, modules: readonly string[]): string {
  const mounts = shares.map(
    ({ tag, at }) => `mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=262144,cache=loose ${tag} ${at}`,
  );
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  return `#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /run/lock
mount -t devpts pts /dev/pts
${modules.map((name) => `insmod /first-modules/${name}`).join('\n')}
${mounts.join('\n')}
ip link set lo up
printf '#!/bin/sh\\nexec ${modprobe} "$@"\\n' > /bin/kernel-module
chmod +x /bin/kernel-module
${exports.join('\n')}
${command}
sync
poweroff -f
`;
}
