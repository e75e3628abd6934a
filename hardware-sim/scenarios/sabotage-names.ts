/** The names of all sabotages, so that scenario files can be checked without loading them. */
export const sabotageNames = [
  'printerLosesBytes',
  'codesDieAtOnce',
  'consentNeverDue',
  'accountLeftAlone',
  'centreAgrees',
  'paperComesBack',
  'settledTwice',
  'diskForgets',
  'chargedTwice',
  'readerGoesAway',
  'hospitalUploads',
  'worldStaysCalm',
  'cardStaysOut',
  'guidesUnsigned',
  'clockStaysRight',
  'cabinetStaysWell',
] as const;

export type SabotageName = (typeof sabotageNames)[number];
