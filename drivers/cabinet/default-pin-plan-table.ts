/**
 * The pin plan of a cabinet that names no other: an Arduino Mega 2560 (or any
 * board with 54 digital pins) with StandardFirmata.
 *
 * Alarm contacts (doors, tamper, tilt) are closed to ground at rest and read with
 * the board's pull-up, so a cut wire is an alarm. Buttons and sockets close to
 * ground when used. Relays and lamps are driven high through a transistor.
 */
import type { PinPlan } from './pin-plan.ts';

export const DEFAULT_PIN_PLAN: PinPlan = {
  inputs: [
    { senses: 'door', door: 'service', pin: 22, active: 'high', pullUp: true, debounceMs: 50 },
    { senses: 'door', door: 'paper', pin: 23, active: 'high', pullUp: true, debounceMs: 50 },
    { senses: 'tamper', pin: 24, active: 'high', pullUp: true, debounceMs: 200, atOnce: true },
    { senses: 'tilt', pin: 25, active: 'high', pullUp: true, debounceMs: 1_000, atOnce: true },
    // Infrared sensors drop out for some tenths of a second when a person turns.
    { senses: 'presence', pin: 26, active: 'high', pullUp: false, debounceMs: 300 },
    { senses: 'callButton', pin: 27, active: 'low', pullUp: true, debounceMs: 20 },
    { senses: 'headset', pin: 28, active: 'low', pullUp: true, debounceMs: 100 },
    { senses: 'maintenanceKey', pin: 29, active: 'low', pullUp: true, debounceMs: 50 },
    { senses: 'supervisorKey', pin: 30, active: 'low', pullUp: true, debounceMs: 50 },
    // The dry contacts of the UPS's relay card.
    { senses: 'upsOnBattery', pin: 31, active: 'low', pullUp: true, debounceMs: 200 },
    { senses: 'upsLow', pin: 32, active: 'low', pullUp: true, debounceMs: 200 },
    { senses: 'previousKey', pin: 33, active: 'low', pullUp: true, debounceMs: 20 },
    { senses: 'nextKey', pin: 34, active: 'low', pullUp: true, debounceMs: 20 },
    { senses: 'okKey', pin: 35, active: 'low', pullUp: true, debounceMs: 20 },
    { senses: 'backKey', pin: 38, active: 'low', pullUp: true, debounceMs: 20 },
    { senses: 'repeatKey', pin: 39, active: 'low', pullUp: true, debounceMs: 20 },
  ],
  lights: {
    cardReader: { green: { pin: 40, active: 'high' }, red: { pin: 41, active: 'high' } },
    scanner: { green: { pin: 42, active: 'high' }, red: { pin: 43, active: 'high' } },
    receiptPrinter: { green: { pin: 44, active: 'high' }, red: { pin: 45, active: 'high' } },
    idCardReader: { green: { pin: 46, active: 'high' }, red: { pin: 47, active: 'high' } },
    pinPad: { green: { pin: 48, active: 'high' }, red: { pin: 49, active: 'high' } },
    statusInService: {
      red: { pin: 5, active: 'high' },
      green: { pin: 6, active: 'high' },
      blue: { pin: 7, active: 'high' },
    },
  },
  relays: {
    printerPower: { pin: 36, active: 'high', atStart: 'closed' },
    audibleAlarm: { pin: 37, active: 'high', atStart: 'open' },
  },
};
