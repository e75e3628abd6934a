/**
 * Whether what a device host said is a message at all, and within its bounds.
 *
 * A host runs somebody else's native code: after a wild pointer its memory may
 * say anything. One promise: whatever comes, this answers yes or no and throws
 * nothing.
 */
import { type HostMessage, LONGEST_PAYLOAD } from './host-messages.ts';

const LONGEST_TEXT = 1_000;
const LONGEST_ATR = 64;

export function isHostMessage(value: unknown): value is HostMessage {
  if (!isRecord(value)) return false;
  switch (value['tell']) {
    case 'ready':
      return true;
    case 'media':
      return isNumber(value['handle']) && isMedia(value['media']);
    case 'data':
      return isNumber(value['handle']) && isBytes(value['bytes'], LONGEST_PAYLOAD);
    case 'lost':
      return isNumber(value['handle']) && isText(value['message']);
    case 'slotOpened':
      return isNumber(value['id']) && isText(value['readerName']) && isMedia(value['media']);
    case 'hidOpened':
      return isNumber(value['id']) && isHidDevice(value['device']);
    case 'done':
      return isNumber(value['id']);
    case 'alive':
      return isNumber(value['id']) && isNumber(value['rssBytes']);
    case 'powered':
      return isNumber(value['id']) && isNumber(value['card']) && isBytes(value['atr'], LONGEST_ATR);
    case 'answer':
      return isNumber(value['id']) && isBytes(value['answer'], LONGEST_PAYLOAD);
    case 'failed':
      return isNumber(value['id']) && isText(value['message']) && isText(value['error']);
    default:
      return false;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}

function isBytes(value: unknown, longest: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length <= longest;
}

function isMedia(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return value['kind'] === 'present'
    ? isBytes(value['atr'], LONGEST_ATR)
    : value['kind'] === 'mute' || value['kind'] === 'notPresent';
}

function isHidDevice(value: unknown): boolean {
  return isRecord(value) && isText(value['product']) && isNumber(value['usagePage']) && isNumber(value['usage']);
}
