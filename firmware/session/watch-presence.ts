/**
 * Who is told that somebody stands there: sessions, and the readers that look more often then.
 *
 * One promise: a kiosk without a sensor still wakes its readers by the first touch.
 */
import type { KioskDevices } from '../kiosk-devices.ts';
import type { Clock } from '../ports.ts';
import { cabinetPresence, noPresenceSensor, Presence, type PresenceSensor } from './presence.ts';
import type { SessionScreen } from './session.ts';

export function watchPresence(
  { cabinet, idCardReader }: KioskDevices,
  clock: Clock,
  screen: Pick<SessionScreen, 'onIntent'>,
  sensor: PresenceSensor = cabinet ? cabinetPresence(cabinet) : noPresenceSensor,
): Presence {
  if (idCardReader) {
    sensor.onChanged((word) => {
      if (word === 'here') idCardReader.attend();
    });
    screen.onIntent(() => idCardReader.attend());
  }
  return new Presence(sensor, clock);
}
