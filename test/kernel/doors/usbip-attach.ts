/**
 * Puts the cable of the bench's USB device into the guest's virtual host controller.
 *
 * Debian's own `usbip` tool does it; from then on the kernel holds the line, and
 * the device behaves like any other on a bus.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { BUS_ID } from './usbip-server.ts';

/** @throws Error with the tool's own words */
export function attachUsb(): Promise<void> {
  mkdirSync('/run/vhci_hcd', { recursive: true });
  return new Promise((resolve, reject) => {
    const tool = spawn('usbip', ['attach', '-r', '127.0.0.1', '-b', BUS_ID], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    tool.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    tool.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    tool.on('error', reject);
    tool.on('close', (status) => (status === 0 ? resolve() : reject(new Error(`usbip attach: ${said.trim()}`))));
  });
}
