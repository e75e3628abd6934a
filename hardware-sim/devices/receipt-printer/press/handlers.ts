/** Joins the handlers of all command groups; a row without one leaves no trace on paper. */

import { barcodeHandlers } from './barcode-handlers.ts';
import { feedHandlers } from './feed-handlers.ts';
import { graphicsHandlers } from './graphics-handlers.ts';
import { layoutHandlers } from './layout-handlers.ts';
import { pageHandlers } from './page-handlers.ts';
import { pictureHandlers } from './picture-handlers.ts';
import type { Outcome, Press } from './press.ts';
import { styleHandlers } from './style-handlers.ts';
import { symbolHandlers } from './symbol-handlers.ts';

export type Handler = (press: Press, args: Uint8Array) => Outcome;

export const handlers: Readonly<Record<string, Handler | undefined>> = {
  ...styleHandlers,
  ...layoutHandlers,
  ...feedHandlers,
  ...pictureHandlers,
  ...graphicsHandlers,
  ...barcodeHandlers,
  ...symbolHandlers,
  ...pageHandlers,
};
