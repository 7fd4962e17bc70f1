// Sentences and detector needs, where no database is required to tell right from wrong.
import { describe, expect, it } from 'vitest';
import { mappedFields } from '#shared/model/connection.ts';
import { disabledDetectors } from '../../../src-main/source/detector-needs.ts';
import { acceptedTypes, isUsable } from '../../../src-main/source/field-types.ts';
import { counted, duration } from '../../../src-main/source/inspection-sentences.ts';

describe('counted and duration', () => {
  it('speak plain English', () => {
    expect([counted(0, 'event'), counted(1, 'event'), counted(1_234_567, 'event')]).toEqual([
      '0 events',
      '1 event',
      '1,234,567 events',
    ]);
    expect([1000, -250, 119_000, 180_000, 7_200_000, 90_000_000].map(duration)).toEqual([
      '1 second',
      '0.3 seconds',
      '119 seconds',
      '3 minutes',
      '2 hours',
      '25 hours',
    ]);
  });
});

describe('disabledDetectors', () => {
  it('names each detector with the fields it lacks', () => {
    expect(disabledDetectors([])).toEqual([]);
    expect(disabledDetectors(['severity', 'ip'])).toEqual([{ detector: 'first-network', needs: ['ip'] }]);
    expect(disabledDetectors(['action', 'actor'])).toEqual([
      { detector: 'z3', needs: ['actor', 'action'] },
      { detector: 'first-network', needs: ['actor'] },
    ]);
  });
});

describe('isUsable', () => {
  const column = (baseType: string) => ({
    name: 'c',
    type: baseType,
    baseType,
    maximumLength: null,
    canSelect: true,
    canUpdate: false,
  });

  it('takes a JSON key only from JSON, and never for id or time', () => {
    for (const field of mappedFields) {
      const fits = field !== 'id' && field !== 'createdAt';
      expect(isUsable(field, { column: 'c', jsonKey: 'k' }, column('jsonb'))).toBe(fits);
      expect(isUsable(field, { column: 'c', jsonKey: 'k' }, column('text'))).toBe(false);
    }
  });

  it('takes JSON as a whole only for metadata, and no date for a time', () => {
    for (const field of mappedFields)
      expect(acceptedTypes(field).includes('jsonb')).toBe(field === 'metadata');
    expect(isUsable('createdAt', { column: 'c' }, column('date'))).toBe(false);
    expect(isUsable('createdAt', { column: 'c' }, column('timestamp'))).toBe(true);
    expect(isUsable('ip', { column: 'c' }, column('bytea'))).toBe(false);
  });
});
