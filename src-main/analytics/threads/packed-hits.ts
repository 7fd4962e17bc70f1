// Takes hits from one thread to another: both have the same segments, by their numbers in the file.
import { Problem } from '#shared/model/problem.ts';
import type { MirroredHistory } from '../../store/cache/resident.ts';
import type { Hit } from '../detector.ts';
import type { Segment } from '../history/segment.ts';
import type { PackedHits } from './judge-protocol.ts';

export function packHits({ infos, segments: all }: MirroredHistory, found: readonly Hit[]): PackedHits {
  const numbers = new Map<Segment, number>(all.map((segment, place) => [segment, infos[place]!.id]));
  const total = found.reduce((sum, { events }) => sum + events.length, 0);
  const ends = new Uint32Array(found.length);
  const segments = new Float64Array(total);
  const places = new Uint32Array(total);
  let end = 0;
  const hits = found.map(({ events, ...hit }, at) => {
    for (const { segment, index } of events) {
      segments[end] = numbers.get(segment)!;
      places[end] = index;
      end += 1;
    }
    ends[at] = end;
    return hit;
  });
  return { hits, ends, segments, places };
}

/** @throws Problem `conflict` when the file no longer has what was judged */
export function unpackHits(history: MirroredHistory, { hits, ends, segments, places }: PackedHits): Hit[] {
  const byNumber = new Map(history.infos.map(({ id }, place) => [id, history.segments[place]!]));
  const segmentOf = (number: number): Segment => {
    const found = byNumber.get(number);
    if (found) return found;
    throw new Problem('conflict', 'The local copy of the events changed while it was being judged.', {
      next: 'Refresh again.',
    });
  };
  return hits.map((hit, at) => {
    const start = at === 0 ? 0 : ends[at - 1]!;
    const events = Array.from({ length: ends[at]! - start }, (_, place) => ({
      segment: segmentOf(segments[start + place]!),
      index: places[start + place]!,
    }));
    return { ...hit, events };
  });
}
