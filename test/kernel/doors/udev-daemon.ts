/**
 * Debian's own udevd in the guest: without it no program is told of a device that comes or goes.
 *
 * From the unpacked package; the guest's memory is all it can change.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { NoSuchDoor } from '../case-run.ts';

const UDEVADM = '/udev/bin/udevadm';

/** Starts it and lets it look at what is there already. */
export function startUdev(): void {
  if (!existsSync(UDEVADM)) throw new NoSuchDoor('udev is not unpacked into the guest');
  // An earlier case may have started it.
  if (!existsSync('/run/udev/control')) {
    mkdirSync('/run/udev', { recursive: true });
    // Its own rules make the stable names below /dev/serial and /dev/v4l.
    symlinkSync('/udev/lib/udev/rules.d', '/run/udev/rules.d');
    spawn(UDEVADM, [], { argv0: 'systemd-udevd', stdio: 'ignore', detached: true }).unref();
    for (let tries = 0; tries < 400 && !existsSync('/run/udev/control'); tries += 1) spawnSync('sleep', ['0.05']);
  }
  spawnSync(UDEVADM, ['trigger', '--action=add', '--subsystem-match=usb'], { stdio: 'ignore' });
  spawnSync(UDEVADM, ['settle', '--timeout=20'], { stdio: 'ignore' });
}
