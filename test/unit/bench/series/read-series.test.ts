import { describe, expect, test } from 'vitest';
import { Problem } from '../../../../src-shared/model/problem.ts';
import { readSeries } from '../../../bench/series/read-series.ts';

const second = Date.UTC(2014, 3, 1) / 1000;

describe('a file', () => {
  test('in the benchmark’s format', () => {
    const series = readSeries('timestamp,value\n2014-04-01 00:00:00,20.0\n2014-04-01 00:05:00,-3e2\n');
    expect([...series.seconds]).toEqual([second, second + 300]);
    expect([...series.values]).toEqual([20, -300]);
    expect(series.timestamps).toEqual(['2014-04-01 00:00:00', '2014-04-01 00:05:00']);
    expect(series.valueTexts).toEqual(['20.0', '-3e2']);
    expect(series.notes).toEqual([]);
  });

  test('with a byte order mark, CRLF, quotes, other columns and blank lines', () => {
    const series = readSeries(
      '\uFEFF"Host, name","Value","Timestamp"\r\n"a ""b"", c","1.5","2014-04-01T00:00:00Z"\r\n\r\nd,2,2014-04-01 02:00:01.5+02:00\r\n',
    );
    expect([...series.values]).toEqual([1.5, 2]);
    expect([...series.seconds]).toEqual([second, second + 1.5]);
  });

  test('without a header', () => {
    expect([...readSeries('2014-04-01 00:00:00,7').values]).toEqual([7]);
  });

  test('with lines out of order and times that repeat', () => {
    const { values, notes } = readSeries(
      'timestamp,value\n2014-04-01 02:00:00,3\n2014-04-01 01:00:00,1\n2014-04-01 01:00:00,2\n',
    );
    expect([...values]).toEqual([1, 2, 3]);
    expect(notes).toEqual([
      '1 line out of order; results are sorted by time.',
      '1 line with the time of the one before; each is judged, in the order of lines.',
    ]);
  });

  test('with values and times that are none', () => {
    const bad = ['x,1', '2014-02-30 00:00:00,1', '2014-04-01 00:00:00,', '2014-04-01 00:00:00,NaN'];
    const worse = ['2014-04-01 00:00:00,Infinity', '2014-04-01 00:00:00,1e999', '2014-04-01 00:00:00', 'x'];
    const { values, notes } = readSeries(
      ['timestamp,value', ...bad, '2014-04-01 00:00:00,9', ...worse].join('\n'),
    );
    expect([...values]).toEqual([9]);
    expect(notes).toEqual([
      '8 lines without a readable time or a finite value left out, the first is line 2.',
    ]);
  });
});

test('what cannot be judged is a problem, in a sentence', () => {
  const sentenceOf = (text: string) => {
    try {
      readSeries(text);
    } catch (error) {
      if (error instanceof Problem) return error.message;
    }
    return null;
  };
  expect(sentenceOf('')).toBe('The file is empty.');
  expect(sentenceOf('\n \n')).toBe('The file is empty.');
  expect(sentenceOf('timestamp,value\n')).toBe('The file has no line with a time and a finite value.');
  expect(sentenceOf('a,b\n1,2\n')).toBe('The first line names no columns “timestamp” and “value”.');
});
