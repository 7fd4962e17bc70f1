// Rules of the renderer's house: screens stay apart, D3 stays in the charts, no markup is ever injected.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../src-renderer', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(tsx?|html)$/.test(path))
  .map((path) => ({ path: path.replaceAll(sep, '/'), text: readFileSync(join(root, path), 'utf8') }));

const imports = files.flatMap(({ path, text }) =>
  [...text.matchAll(/from '([^']+)'/g)].map(([, name = '']) => ({ path, name })),
);

function offenders(area: string, isForbidden: (name: string) => boolean): string[] {
  return imports
    .filter(({ path, name }) => path.startsWith(`${area}/`) && isForbidden(name))
    .map(({ path, name }) => `${path} → ${name}`);
}

describe('the renderer', () => {
  it('is found at all', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(imports.length).toBeGreaterThan(400);
  });

  it('keeps screens from importing each other or the frame around them', () => {
    const screenOf = (path: string) => /^screens\/[\w-]+\//.exec(path)?.[0] ?? '';
    const leaving = imports.filter(({ path, name }) => {
      const target = name.startsWith('.') ? posix.join(posix.dirname(path), name) : '';
      return screenOf(path) !== '' && /^(screens|app)\//.test(target) && !target.startsWith(screenOf(path));
    });
    expect(leaving.map(({ path, name }) => `${path} → ${name}`)).toEqual([]);
  });

  it('keeps its components free of the domain', () => {
    expect(
      offenders('components', (name) => /^(\.\.\/(domain|screens|app|state)\/|#shared)/.test(name)),
    ).toEqual([]);
  });

  it('leaves D3 to the charts, as maths only', () => {
    const withD3 = imports.filter(({ name }) => name.startsWith('d3-'));
    expect(withD3.filter(({ path }) => !/^charts\/[\w-]+\.ts$/.test(path))).toEqual([]);
    expect(withD3.filter(({ name }) => name === 'd3-selection')).toEqual([]);
  });

  it('never injects markup, styles or handlers as text', () => {
    const injecting = files.filter(({ text }) =>
      /dangerouslySetInnerHTML|innerHTML|<style|\son\w+="/.test(text),
    );
    expect(injecting.map(({ path }) => path)).toEqual([]);
  });
});
