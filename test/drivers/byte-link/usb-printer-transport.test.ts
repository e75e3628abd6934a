import { describe, expect, test } from 'vitest';
import { openUsbPrinterLink } from '../../../drivers/byte-link/usb-printer-transport.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';

describe('a byte link to a USB printer', () => {
  const forever = new AbortController().signal;

  test('a printer that is not plugged in is LinkLostError', async () => {
    await expect(openUsbPrinterLink('f055:0001', forever, systemClock)).rejects.toBeInstanceOf(LinkLostError);
  });

  test('an address that is no pair of ids is our own mistake', async () => {
    await expect(openUsbPrinterLink('the printer', forever, systemClock)).rejects.toBeInstanceOf(TypeError);
  });
});
