// The project's own files and what they import, read as text.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export type SourceFile = {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
  readonly lines: number;
};

const importPattern =
  /(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]|import\s*\(\s*['"]([^'"]+)['"]\s*\)|import\s+['"]([^'"]+)['"]/g;

/** All TypeScript files below the given top folders; `path` is relative to the project, with forward slashes. */
export function readSources(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => {
        const absolute = join(entry.parentPath, entry.name);
        const text = readFileSync(absolute, 'utf8');
        return {
          path: relative(root, absolute).replaceAll('\\', '/'),
          text,
          imports: readImports(absolute, text),
          lines: text.split('\n').length - 1,
        };
      }),
  );
}

/** Imports as project paths where they are ours, else as written. */
function readImports(absolute: string, text: string): string[] {
  return [...text.matchAll(importPattern)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    if (name.startsWith('#shared/')) return `src-shared/${name.slice('#shared/'.length)}`;
    if (name.startsWith('.')) return relative(root, resolve(dirname(absolute), name)).replaceAll('\\', '/');
    return name;
  });
}
