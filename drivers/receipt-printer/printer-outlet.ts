/**
 * What stands at a printer's mouth besides a gap: a presenter that holds the slip out, or a sensor that sees it.
 *
 * Data only. One promise: beside each byte stands the document that it was read in.
 * What these words mean to a patient: `mediaPresented`, `mediaTaken`, `mediaRetracted` (XFS4IoT Printer).
 */

export type PrinterOutlet =
  /** Cuts, holds the slip out, sees it, and can draw it back into the machine. */
  | {
      readonly kind: 'presenter';
      /** Cut what was printed and hold it out. */
      readonly present: readonly number[];
      /** Draw what is held out into the machine. */
      readonly retract: readonly number[];
      /** Cut what hangs at the head and draw it into the machine. */
      readonly cutOff: readonly number[];
    }
  /** Lets the slip lie in front of a sensor; what lies there nobody but a person can take away. */
  | { readonly kind: 'takenSensor' };

/** `ESC d 4`: not every one of them feeds the last line past the knife by itself; too much is blank paper. */
const FEED = [0x1b, 0x64, 0x04];

/**
 * The kiosk family of Custom (VKP80, KPM) and the printers that took over its commands.
 *
 * `ESC i` full cut, `GS e 3 n` present n steps, `GS e 2` retract, `DLE EOT 20` full status: "ESC/POS", Pyramid
 * Technologies (Reliance), chapters Paper Movement and Reliance Status; the same numbers stand in Custom's KPM 210/216
 * manual (Ejector commands, page 3-94) and KPM300 command reference (full status). 12 steps (`0C`) is Pyramid's own
 * example, 84 mm there. **A step differs by maker** (7 mm Pyramid, 0.625 mm KPM 210): set it up on the machine.
 * Retracting must be switched on in the printer's set-up; a printer where it is not leaves the slip where it is.
 */
export const customPresenter: PrinterOutlet = {
  kind: 'presenter',
  present: [...FEED, 0x1b, 0x69, 0x1d, 0x65, 0x03, 0x0c],
  retract: [0x1d, 0x65, 0x02],
  cutOff: [...FEED, 0x1b, 0x69, 0x1d, 0x65, 0x02],
};

/**
 * Epson's sensor in front of the cutter (TM-L90 and TM-P60 with Peeler): `DLE EOT 8 3`, "ESC/POS Command Reference",
 * DLE EOT, Peeler status: bit 5 off = paper present in the detector.
 */
export const epsonTakenSensor: PrinterOutlet = { kind: 'takenSensor' };

/** `DLE EOT 8 3` */
export const PEELER_QUESTION = [0x10, 0x04, 0x08, 0x03] as const;
/** `DLE EOT 20` */
export const FULL_STATUS_QUESTION = [0x10, 0x04, 0x14] as const;
