/** A GPIO chip on a USB stick, with contacts and lamps. */
import { serveHands } from '../bench-process.ts';
import { Cp2112 } from '../doors/cp2112.ts';

const chip = new Cp2112();

serveHands({
  plugIn: () => chip.plugIn(),
  unplug: () => chip.unplug(),
  contact: (line: number, closed: boolean) => chip.setContact(line, closed),
  lamp: (line: number) => chip.driven(line),
});
