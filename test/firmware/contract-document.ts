/** One of our OpenAPI documents, asked whether an exchange fits it. The check itself is zod's reading of JSON Schema. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Exchange } from './parties-http.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document is read as it lies
type Document = any;

export function contract(name: 'hospital' | 'payment') {
  const file = new URL(`../../docs/interfaces/${name}.openapi.yaml`, import.meta.url);
  const document: Document = parse(readFileSync(file, 'utf8'));
  const operations = Object.entries<Document>(document.paths).flatMap(([path, item]) =>
    ['get', 'post'].filter((method) => item[method]).map((method) => ({ path, method, operation: item[method] })),
  );
  return { document, operations, faultIn: (exchange: Exchange) => faultIn(document, operations, exchange) };
}

/** What of the exchange the document does not foresee; `undefined` when it fits. */
function faultIn(
  document: Document,
  operations: readonly { path: string; method: string; operation: Document }[],
  exchange: Exchange,
): string | undefined {
  const found = operations.find(
    ({ path, method }) =>
      method.toUpperCase() === exchange.method &&
      new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(exchange.path),
  );
  if (!found) return 'no such operation';
  const { operation } = found;
  if (operation.requestBody) {
    const fault = misfit(document, operation.requestBody.content['application/json'].schema, exchange.asked);
    if (fault) return `request: ${fault}`;
  } else if (exchange.asked !== undefined) return 'a body where none belongs';
  const response = resolve(document, operation.responses[String(exchange.status)]);
  if (!response) return `no answer ${exchange.status}`;
  const fault = misfit(document, response.content['application/json'].schema, exchange.answered);
  return fault && `answer: ${fault}`;
}

function resolve(document: Document, node: Document): Document {
  const pointer: string | undefined = node?.$ref;
  if (pointer === undefined) return node;
  return pointer
    .split('/')
    .slice(1)
    .reduce((place: Document, name) => place[name], document);
}

function misfit(document: Document, schema: Document, value: unknown): string | undefined {
  const result = compiled(document, schema).safeParse(value);
  return result.success ? undefined : z.prettifyError(result.error);
}

const known = new Map<string, z.ZodType>();

/** Turning a whole document into checks takes a while, so each place of it is turned once. */
function compiled(document: Document, schema: Document): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  const found = known.get(text);
  if (found) return found;
  const made = z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
  known.set(text, made);
  return made;
}
