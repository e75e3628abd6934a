/**
 * Reads what the second screen's page sent: exactly one message of its contract, with exactly its fields, or `undefined`.
 */
import type { FromBoard } from '../../drivers/queue-display/board-pages.ts';
import { MAX_MESSAGE_LENGTH } from './read-from-page.ts';

const VIEW = /^brd_\d{1,15}$/;
const CLIP = /^clp_\d{1,15}$/;

export function readFromBoard(text: string): FromBoard | undefined {
  if (text.length > MAX_MESSAGE_LENGTH) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const fields = new Map<string, unknown>(Object.entries(json));
  const { viewId, clip, heard } = Object.fromEntries(fields);
  switch (fields.get('type')) {
    case 'drawn':
      return fields.size === 2 && typeof viewId === 'string' && VIEW.test(viewId)
        ? { type: 'drawn', viewId }
        : undefined;
    case 'spoken': {
      const whole = fields.size === 3 && typeof clip === 'string' && CLIP.test(clip) && typeof heard === 'boolean';
      return whole ? { type: 'spoken', clip, heard } : undefined;
    }
    default:
      return undefined;
  }
}
