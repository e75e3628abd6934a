/**
 * Set-up of a fresh clone: packages without their install scripts, then the few
 * native modules on the allow-list, built for the pinned engine's own headers.
 *
 * Plain JavaScript, no dependency. One promise: running it twice costs nothing.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Packages whose install script may run, and what that script needs from the system. */
const nativeAllowList = [
  { name: 'pcsclite', needs: ['/usr/include/PCSC/winscard.h', '/usr/bin/g++', '/usr/bin/make'] },
];

/** Debian packages that the whole test suite uses. */
export const testPackages = [
  ['pcscd', '/usr/sbin/pcscd'],
  ['libpcsclite-dev', '/usr/include/PCSC/winscard.h'],
  ['vsmartcard-vpcd', '/etc/reader.conf.d/vpcd'],
  ['vsmartcard-vpicc', '/usr/bin/vicc'],
  ['python3-pycryptodome', '/usr/lib/python3/dist-packages/Cryptodome'],
  ['opensc', '/usr/bin/opensc-tool'],
  ['opensc-pkcs11', '/usr/share/p11-kit/modules/opensc-pkcs11.module'],
  ['pcsc-tools', '/usr/bin/pcsc_scan'],
  ['g++', '/usr/bin/g++'],
  ['make', '/usr/bin/make'],
  ['python3', '/usr/bin/python3'],
  ['socat', '/usr/bin/socat'],
  ['mosquitto', '/usr/sbin/mosquitto'],
  ['mosquitto-clients', '/usr/bin/mosquitto_sub'],
  ['chromium', '/usr/bin/chromium'],
  ['ffmpeg', '/usr/bin/ffmpeg'],
  ['cups-daemon', '/usr/sbin/cupsd'],
  ['cups-client', '/usr/sbin/lpadmin'],
  ['cups-ipp-utils', '/usr/bin/ipptool'],
  ['espeak-ng', '/usr/bin/espeak-ng'],
  ['alsa-utils', '/usr/bin/aplay'],
  ['poppler-utils', '/usr/bin/pdftotext'],
];

/** Debian packages that the kernel guest uses; its kernel and others are only unpacked, not installed. */
export const kernelGuestPackages = [
  ['qemu-system-x86', '/usr/bin/qemu-system-x86_64'],
  ['qemu-system-arm', '/usr/bin/qemu-system-aarch64'],
  ['busybox-static', '/usr/bin/busybox'],
  ['cpio', '/usr/bin/cpio'],
  ['kmod', '/usr/sbin/modprobe'],
  ['usbip', '/usr/sbin/usbip'],
  ['gpiod', '/usr/bin/gpiomon'],
  ['ffmpeg', '/usr/bin/ffmpeg'],
  ['pcscd', '/usr/sbin/pcscd'],
  ['libccid', '/etc/libccid_Info.plist'],
];

/** Where the pinned engine lies on this platform, or `undefined` where no package of it exists. */
export function enginePath(root) {
  const folder = join(
    root,
    'node_modules',
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
  );
  const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(path) ? path : undefined;
}

const stampFile = (root) => join(root, 'node_modules', '.yizhan-set-up');
const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

export function setUpIsDone(root) {
  try {
    return readFileSync(stampFile(root), 'utf8').trim() === lockHash(root);
  } catch {
    return false;
  }
}

const say = (text) => process.stderr.write(`set-up: ${text}\n`);

function run(command, args, options) {
  const result = spawnSync(command, args, { stdio: ['ignore', 2, 2], ...options });
  if (result.error) say(`${command}: ${result.error.message}`);
  return result.status === 0;
}

/**
 * `native: 'ifPossible'` builds what it can and lives without the rest;
 * `native: 'required'` fails when one of the allow-list can't be built.
 */
export async function setUp(root, { native }) {
  if (!setUpIsDone(root)) {
    say('installing packages (npm ci, no install scripts) …');
    if (
      !run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
        cwd: root,
        shell: process.platform === 'win32',
      })
    ) {
      say('npm ci failed. Check that the npm registry can be reached, then run the same command again.');
      return false;
    }
  }
  const built = buildNative(root);
  if (!built && native === 'required') return false;
  writeFileSync(stampFile(root), `${lockHash(root)}\n`);
  return true;
}

function buildNative(root) {
  const engine = enginePath(root);
  let all = true;
  for (const { name, needs } of nativeAllowList) {
    const folder = join(root, 'node_modules', name);
    if (!existsSync(folder)) continue;
    if (existsSync(join(folder, 'build', 'Release', `${name}.node`))) continue;
    const missing = needs.filter((path) => !existsSync(path));
    if (missing.length > 0 || !engine) {
      say(
        `${name} is not built (missing: ${missing.join(', ') || 'pinned engine'}); everything that does not need it works.`,
      );
      all = false;
      continue;
    }
    say(`building ${name} for the pinned engine …`);
    const engineFolder = dirname(dirname(engine));
    const built = run('npm', ['rebuild', name], {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${dirname(engine)}${delimiter}${process.env.PATH}`,
        npm_config_nodedir: engineFolder,
        npm_config_ignore_scripts: 'false',
      },
    });
    if (!built) {
      say(`${name} could not be built; everything that does not need it works.`);
      all = false;
    }
  }
  return all;
}

/** Installs Debian packages for the tests. Answers what is still missing, each with the way to get it. */
export function installTestPackages(packages = testPackages) {
  const missing = () => packages.filter(([, path]) => !existsSync(path)).map(([name]) => name);
  let wanted = missing();
  if (wanted.length === 0) return [];
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) {
    say(`these Debian packages are missing: ${wanted.join(' ')}`);
    say(`as root: apt-get install --no-install-recommends ${wanted.join(' ')}`);
    return wanted;
  }
  say(`installing Debian packages: ${wanted.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], { env });
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], { env });
  wanted = missing();
  if (wanted.length > 0) say(`still missing, their tests will be skipped: ${wanted.join(' ')}`);
  return wanted;
}
