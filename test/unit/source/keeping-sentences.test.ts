// What connecting would keep: how much, and what is proposed when that is a lot.
import { describe, expect, it } from 'vitest';
import { describeKeeping, proposedFrom, type Kept } from '../../../src-main/source/keeping-sentences.ts';

const kept = (part: Partial<Kept> = {}): Kept => ({
  rows: 1_000_000,
  mirror: { rows: true, fields: null, days: null },
  hasMetadata: true,
  metadataBytes: 40,
  ...part,
});

describe('describeKeeping', () => {
  it('estimates the disk from the events and their metadata', () => {
    expect(describeKeeping(kept())).toEqual(['Keeping them here takes about 100 MB of disk.']);
    expect(describeKeeping(kept({ rows: 15_000_000 }))[0]).toMatch(/about 1\.5 GB of disk\.$/);
    expect(describeKeeping(kept({ mirror: { rows: true, fields: ['ip'], days: null } }))[0]).toMatch(
      /60 MB of disk\.$/,
    );
    expect(describeKeeping(kept({ metadataBytes: null }))[0]).toMatch(
      /60 MB of disk, and the size of their metadata\.$/,
    );
    expect(describeKeeping(kept({ metadataBytes: null, hasMetadata: false }))[0]).toMatch(/60 MB of disk\.$/);
    expect(describeKeeping(kept({ rows: 3 }))[0]).toMatch(/0\.3 kB of disk\.$/);
    expect(describeKeeping(kept({ rows: 0 }))).toEqual([]);
  });

  it('proposes to count only above so many events, and not where that is done already', () => {
    const proposal = /--mirror cells/;
    expect(describeKeeping(kept({ rows: proposedFrom })).join()).not.toMatch(proposal);
    const [, text] = describeKeeping(kept({ rows: proposedFrom + 1 }));
    expect(text).toMatch(/^This table has about 20,000,001 events\. Countersign can leave them there/);
    expect(text).toMatch(proposal);
    expect(text).toMatch(/cannot be evaluated: segregation of duties/);
    const counting = describeKeeping(
      kept({ rows: proposedFrom * 9, mirror: { rows: false, fields: null, days: null } }),
    );
    expect(counting).toEqual([expect.stringMatching(/only counts per quarter hour/)]);
    expect(counting.join()).not.toMatch(proposal);
  });
});
