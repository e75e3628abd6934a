/**
 * Debian's own packages for the guest, unpacked beside the repository and not installed.
 *
 * One promise: a folder's name holds the hash of the package it came from, so a
 * folder that is there is whole and is that package; nothing on this machine
 * changes but the cache folder.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface UnpackedPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/** A thing that this machine lacks: the run is a named gap and not a pass. */
export class GuestMissing extends Error {
  override readonly name = 'GuestMissing';
}

export function cacheFolder(): string {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'yizhan-kernel-guest');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Package lists of one architecture: the machine's own, or private ones that leave it as it is. */
export interface PackageLists {
  /** Goes before the words of `apt-get` and `apt-cache`. */
  readonly options: readonly string[];
}

export const OWN_LISTS: PackageLists = { options: [] };

/** Lists of another architecture in the cache folder; reads them anew when they are not there. */
export function foreignLists(architecture: string): PackageLists {
  const state = join(cacheFolder(), `lists-${architecture}`);
  const options = [
    ['APT::Architecture', architecture],
    ['APT::Architectures', architecture],
    ['Dir::State::lists', join(state, 'lists')],
    ['Dir::Cache', join(state, 'cache')],
    ['Dir::State::status', join(state, 'status')],
    ['APT::Sandbox::User', 'root'],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  if (!existsSync(join(state, 'ready'))) {
    for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(state, part), { recursive: true });
    ran('touch', [join(state, 'status')]);
    ran('apt-get', [...options, 'update', '-qq']);
    ran('touch', [join(state, 'ready')]);
  }
  return { options };
}

/** The kernel's package that Debian's `linux-image-…` of today names, e.g. `linux-image-6.1.0-56-amd64`. */
export function kernelPackageName(lists: PackageLists, architecture: string): string {
  const name = /^Depends: (linux-image-\S+)/m.exec(aboutPackages([`linux-image-${architecture}`], lists))?.[1];
  if (!name) throw new GuestMissing(`apt knows no kernel for ${architecture}: run "apt-get update"`);
  return name;
}

/** Answers each package by its name, fetched and unpacked when it is not there yet. */
export function unpackedPackages<Name extends string>(
  names: readonly Name[],
  lists = OWN_LISTS,
): Readonly<Record<Name, UnpackedPackage>> {
  const about = aboutPackages(names, lists).split(/\n\n/);
  const field = (record: string, key: string): string => new RegExp(`^${key}: (.*)$`, 'm').exec(record)?.[1] ?? '';
  const all = names.map((name): [Name, UnpackedPackage] => {
    const record = about.find((one) => field(one, 'Package') === name) ?? '';
    const [version, sha256] = [field(record, 'Version'), field(record, 'SHA256')];
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new GuestMissing(`apt does not know the package ${name}`);
    const folder = join(cacheFolder(), `${name}_${field(record, 'Architecture')}_${sha256.slice(0, 16)}`);
    if (!existsSync(folder)) fetchPackage(`${name}=${version}`, sha256, folder, lists);
    return [name, { name, version, folder }];
  });
  return Object.fromEntries(all) as Record<Name, UnpackedPackage>;
}

function aboutPackages(names: readonly string[], lists: PackageLists): string {
  return ran('apt-cache', [...lists.options, 'show', '--no-all-versions', ...names]).stdout;
}

function fetchPackage(wanted: string, sha256: string, folder: string, lists: PackageLists): void {
  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    ran('apt-get', [...lists.options, '-o', 'APT::Sandbox::User=root', 'download', '-qq', wanted], work);
    const archive = readdirSync(work).find((file) => file.endsWith('.deb'));
    if (!archive) throw new GuestMissing(`${wanted} could not be downloaded`);
    const bytes = readFileSync(join(work, archive));
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
      throw new GuestMissing(`${wanted} has another hash than apt's list says`);
    }
    ran('dpkg', ['-x', archive, 'root'], work);
    renameSync(join(work, 'root'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @throws GuestMissing with what the program said */
export function ran(program: string, words: readonly string[], cwd?: string): SpawnSyncReturns<string> {
  const result = spawnSync(program, words, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.status === 0) return result;
  const said = result.error?.message ?? result.stderr.trim().split('\n').slice(-2).join(' ');
  throw new GuestMissing(`${program} ${words.slice(-2).join(' ')}: ${said}`);
}
