/** The built page: quick, whole, and with nothing from outside in it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltPage, buildKioskPage } from '../../kiosk-ui/build.ts';

let cache: string;
let page: BuiltPage;

beforeAll(async () => {
  cache = mkdtempSync(join(tmpdir(), 'yizhan-build-'));
  page = await buildKioskPage(cache);
}, 30_000);
afterAll(() => rmSync(cache, { recursive: true, force: true }));

function filesNamed(ending: RegExp): { readonly name: string; readonly text: string }[] {
  return readdirSync(page.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => ({ name, text: readFileSync(join(page.folder, name), 'utf8') }));
}

describe('the built page', () => {
  test('is built once for the same sources, and leaves nothing unfinished behind', async () => {
    expect(page.built).toBe(true);
    expect(await buildKioskPage(cache)).toEqual({ folder: page.folder, built: false });
    expect(readdirSync(cache)).toHaveLength(1);
  });

  test('[SZ-300] holds no inline script or style and names no other host', () => {
    const [index] = filesNamed(/\.html$/);
    expect(index?.text).toMatch(/<script type="module"[^>]* src="\.\/assets\//);
    expect(index?.text).not.toMatch(/<script(?![^>]*src=)|<style|style=|\son\w+=/);
    const hosts = filesNamed(/\.(html|js|css)$/).flatMap(({ name, text }) =>
      [...text.matchAll(/(?:https?:)?\/\/[\w-]+\.[\w.-]+/g)]
        // The name of the SVG and MathML languages is an address that nobody opens.
        .filter(([url]) => !url.includes('www.w3.org'))
        .map(([url]) => `${name}: ${url}`),
    );
    expect(hosts).toEqual([]);
    expect(filesNamed(/\.css$/).filter(({ text }) => text.includes('data:'))).toEqual([]);
  });

  test('brings its own letters in two weights', () => {
    expect(filesNamed(/\.otf$/).map(({ name }) => name.replace(/-[\w-]{8}\.otf$/, ''))).toEqual([
      join('assets', 'NotoSansHans-Bold'),
      join('assets', 'NotoSansHans-Regular'),
    ]);
  });

  test('can say it is starting before any script has run', () => {
    expect(filesNamed(/\.html$/)[0]?.text).toMatch(/正在启动[\s\S]*Starting/);
  });
});
