/** The paths of the machine-needs table are found on a real machine as they are written there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { thisMachine } from '../../bin/machine-look.ts';

function folderWith(...files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-look-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

test('a star stands for anything within one name, also of a folder on the way', () => {
  const folder = folderWith('x86_64-linux-gnu/libudev.so.1', 'arm-linux-gnueabihf/libudev.so.1', 'other/libudev.so.1');
  expect(thisMachine.find(`${folder}/*-linux-gnu*/libudev.so.1`)).toEqual([
    `${folder}/arm-linux-gnueabihf/libudev.so.1`,
    `${folder}/x86_64-linux-gnu/libudev.so.1`,
  ]);
  expect(thisMachine.find(`${folder}/*/libusb-1.0.so.0`)).toEqual([]);
  expect(thisMachine.find(`${folder}/nowhere/tty*`)).toEqual([]);
});

test('a path without a star, and one of the project’s own, are found as they are', () => {
  const folder = folderWith('hidraw0', 'hidraw');
  expect(thisMachine.find(`${folder}/hidraw0`)).toEqual([`${folder}/hidraw0`]);
  expect(thisMachine.find(`${folder}/hidraw*`)).toHaveLength(2);
  expect(thisMachine.find('bin/machine-look.ts')).toHaveLength(1);
});
