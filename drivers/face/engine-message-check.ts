/**
 * Whether what the face engine's child said is a message at all, and within its bounds.
 *
 * It runs other people's native code over pictures that anybody may hold up: its
 * memory may say anything. One promise: a figure that is no number never gets to
 * a comparison, where it would be neither too small nor too large.
 */
import type { EngineMessage } from './engine-messages.ts';

const LONGEST_TEXT = 200;
const MOST_FACES = 10_000;

const FIGURES = [
  'score',
  'heightPx',
  'eyeDistancePx',
  'yawDegrees',
  'rollDegrees',
  'secondFaceShare',
  'meanLuma',
  'clippedShare',
  'sharpness',
] as const;

export function isEngineMessage(value: unknown): value is EngineMessage {
  if (!isRecord(value)) return false;
  switch (value['tell']) {
    case 'ready':
      return isText(value['manifest']);
    case 'unfit':
      return isText(value['why']);
    case 'examined':
      return (
        isId(value['id']) && isReading(value['reading']) && (value['template'] === undefined || isId(value['template']))
      );
    case 'compared':
      return isId(value['id']) && isFigure(value['cosine']) && Math.abs(value['cosine']) <= 1.001;
    case 'done':
      return isId(value['id']);
    case 'alive':
      return isId(value['id']) && isId(value['rssBytes']) && isLook(value['look']);
    case 'failed':
      return isId(value['id']) && ['unreadable', 'noSuchTemplate', 'broken'].includes(value['why'] as string);
    default:
      return false;
  }
}

function isLook(value: unknown): boolean {
  return value === undefined || (isRecord(value) && isId(value['id']) && isFigure(value['processorMs']));
}

function isReading(value: unknown): boolean {
  if (!isRecord(value) || !isId(value['faces']) || value['faces'] > MOST_FACES) return false;
  const largest = value['largest'];
  if (largest === undefined) return value['faces'] === 0;
  if (!isRecord(largest) || value['faces'] === 0) return false;
  const { live } = largest;
  return FIGURES.every((name) => isFigure(largest[name])) && (live === undefined || isFigure(live));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isFigure(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}
