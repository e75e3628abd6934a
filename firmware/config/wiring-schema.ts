/**
 * How a device is wired, for site files: which pin of a board is what, and how a HID device packs its stream.
 *
 * One promise: a plan that could not work is refused here, with the place and what is wrong, before a board is touched.
 */
import * as z from 'zod/mini';
import { checkPinPlan, type PinPlan, PinPlanError } from '../../drivers/cabinet/pin-plan.ts';

const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const level = z.enum(['high', 'low']);
const pin = whole(0, 127);

/** HID 1.11: ids are one byte; no full-speed report is longer than 64 bytes, high-speed ones are up to 1,024. */
export const reportsSchema = z
  .strictObject({
    inputId: whole(0, 255),
    outputId: whole(0, 255),
    reportBytes: whole(2, 1_024),
    lengthAt: whole(0, 1_023),
    lengthBytes: z.union([z.literal(1), z.literal(2)]),
    littleEndian: z.exactOptional(z.boolean()),
    dataAt: whole(1, 1_023),
    padding: z.exactOptional(whole(0, 255)),
  })
  .check(
    z.refine(({ lengthAt, lengthBytes, dataAt }) => lengthAt + lengthBytes <= dataAt, {
      path: ['dataAt'],
      error: 'the data begin after the length',
    }),
    z.refine(({ dataAt, reportBytes }) => dataAt < reportBytes, {
      path: ['dataAt'],
      error: 'there is no room for data in a report',
    }),
  );

const input = z.strictObject({
  senses: z.enum([
    ...(['door', 'tamper', 'tilt', 'presence', 'callButton', 'headset', 'maintenanceKey', 'supervisorKey'] as const),
    ...(['upsOnBattery', 'upsLow'] as const),
    ...(['previousKey', 'nextKey', 'okKey', 'backKey', 'repeatKey'] as const),
  ]),
  door: z.exactOptional(z.string()),
  pin,
  active: level,
  pullUp: z.boolean(),
  debounceMs: whole(0, 5_000),
  atOnce: z.exactOptional(z.boolean()),
});
const lamp = z.exactOptional(z.strictObject({ pin, active: level }));

/** The cabinet's pin plan; what is wrong with it as a whole is said in `checkPinPlan`'s words. */
export const pinPlanSchema = z
  .strictObject({
    inputs: z.array(input),
    lights: z.record(z.string(), z.strictObject({ red: lamp, green: lamp, blue: lamp })),
    relays: z.record(z.string(), z.strictObject({ pin, active: level, atStart: z.enum(['closed', 'open']) })),
  })
  .check((context) => {
    const wrong = faultOf(context.value);
    if (wrong !== undefined) context.issues.push({ code: 'custom', message: wrong, input: context.value, path: [] });
  });

function faultOf(plan: PinPlan): string | undefined {
  try {
    checkPinPlan(plan);
    return undefined;
  } catch (error) {
    if (error instanceof PinPlanError) return error.message;
    throw error;
  }
}
