/**
 * The form of guides and notices in a region profile.
 *
 * One promise: a text that carries a digest is, to the byte, the text of whoever published it.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { TICKET_OFFICES } from '../hospital/queue-tickets.ts';
import { GUIDE_TOPICS, type GuideText } from './profile.ts';

export const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/));
/** One step a paragraph, at most so many characters (Y1-5); English words are longer than Chinese ones. */
const paragraphs = (most: number) =>
  z.readonly(
    z.array(z.string().check(z.trim(), z.minLength(1), z.maxLength(most))).check(z.minLength(1), z.maxLength(6)),
  );
const guide = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9]{1,30}$/)),
  title: z.strictObject({
    zh: z.string().check(z.minLength(1), z.maxLength(16)),
    en: z.string().check(z.minLength(1), z.maxLength(36)),
  }),
  text: z.strictObject({ zh: paragraphs(120), en: paragraphs(240) }),
  topic: z.exactOptional(z.enum(GUIDE_TOPICS)),
  source: z.exactOptional(z.strictObject({ zh: text, en: text })),
  digest: z.exactOptional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  window: z.exactOptional(z.enum(TICKET_OFFICES)),
  updatedOn: day,
  from: z.exactOptional(day),
  until: z.exactOptional(day),
});
export const guides = z.readonly(
  z
    .array(
      guide.check(
        z.refine((one) => one.digest === undefined || one.digest === guideDigest(one), {
          path: ['digest'],
          error: 'is not the digest of this text',
        }),
      ),
    )
    .check(z.maxLength(40)),
);

/** What a guide's publisher counts over the very words: SHA-256 of title and paragraphs in Chinese, a line each. */
export function guideDigest({ title, text: { zh } }: Pick<GuideText, 'title' | 'text'>): string {
  return createHash('sha256')
    .update([title.zh, ...zh].join('\n'))
    .digest('hex');
}
