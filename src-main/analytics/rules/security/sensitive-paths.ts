// Which paths are sensitive, and where an event's path is read.
import type { Segment } from '../../history/segment.ts';
import { matcherOf } from '../glob.ts';
import { readCoded, type Reader } from '../reading.ts';
import { routeTemplate } from '../route-template.ts';

export const defaultSensitivePaths: readonly string[] = [
  '/admin/*',
  '/api/users/*',
  '/api/settings/*',
  '/api/export/*',
  '/api/audit/*',
];

/** 1 for a path that one of the patterns matches; null when the segment has no paths. */
export function sensitivePathIn(segment: Segment, patterns: readonly string[]): Reader | null {
  const matches = matcherOf(patterns);
  return readCoded(segment, 'path', (text) => Number(text !== null && matches(text.replace(/[?#].*$/s, ''))));
}

/** Route of a sensitive path, by its name; null for any other. */
export function sensitiveRouteOf(patterns: readonly string[]): (path: string) => string | null {
  const matches = matcherOf(patterns);
  return (path) => (matches(path.replace(/[?#].*$/s, '')) ? routeTemplate(path) : null);
}
