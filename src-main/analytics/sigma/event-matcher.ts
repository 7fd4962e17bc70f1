// Evaluates an expression over the events of a history: once per distinct value where values are coded, and only as far as needed.
import type { History, Series } from '../history/history.ts';
import type { Segment } from '../history/segment.ts';
import { fieldTest, type FieldTest } from './field-test.ts';
import { actorValues, fieldValues, isKnownIn, metadataReader, type MetadataReader } from './field-values.ts';
import { needsParsing } from './metadata-prefilter.ts';
import type { Expression, FieldMatch } from './rule.ts';
import { decisionOf, type Decision } from './three-valued.ts';

/** Calls `found` with the index of every event in [from, to) for which the expression holds, ascending. */
export type EventMatcher = (
  segment: Segment,
  from: number,
  to: number,
  found: (index: number) => void,
) => void;

const notAsked = 0;
const no = 1;
const yes = 2;
const depends = 3;

/**
 * Who and what decide most rules, and both are known of a series: so each series that occurs is judged once, and only events
 * of series that leave the answer open are looked at one by one. Where a segment lacks a field an answer depends on, the
 * expression cannot be said to hold.
 */
export function eventMatcher(expression: Expression, history: History): EventMatcher {
  const verdicts = new Uint8Array(history.series.length);
  const ofSeries = decisionOf(expression, whoAndWhat(history));
  const inSegment = segmentDecisions(expression, history);
  return (segment, from, to, found) => {
    const { series } = segment;
    let ofEvent: Decision<number> | null = null;
    for (let index = from; index < to; index += 1) {
      const number = series[index]!;
      let verdict = verdicts[number]!;
      if (verdict === notAsked) {
        const decided = ofSeries(history.series[number]!);
        verdict = decided === null ? depends : decided ? yes : no;
        verdicts[number] = verdict;
      }
      if (verdict === no) continue;
      if (verdict === depends) {
        ofEvent ??= inSegment(segment);
        if (ofEvent(index) !== true) continue;
      }
      found(index);
    }
  };
}

/** Answers what who and what alone can answer, each action and actor tested once a match. */
function whoAndWhat(history: History): (match: FieldMatch) => Decision<Series> {
  return (match) => {
    const { kind } = match.field;
    if (kind === 'column' || kind === 'metadata') return () => null;
    const test = fieldTest(match);
    const answers = new Map<number, boolean>();
    return ({ actor, action }) => {
      const number = kind === 'action' ? action : actor;
      const known = answers.get(number);
      if (known !== undefined) return known;
      const values =
        kind === 'action' ? [history.actions.valueOf(action)] : actorValues(history, actor, kind);
      const answer = test(values);
      answers.set(number, answer);
      return answer;
    };
  };
}

function segmentDecisions(expression: Expression, history: History): (segment: Segment) => Decision<number> {
  const tests = new Map<FieldMatch, FieldTest>();
  const testOf = (match: FieldMatch) => {
    const test = tests.get(match) ?? fieldTest(match);
    tests.set(match, test);
    return test;
  };
  return (segment) => {
    const metadata = metadataReader(segment);
    return decisionOf<number>(expression, (match) => {
      if (!isKnownIn(segment, match.field)) return () => null;
      const test = testOf(match);
      if (match.field.kind === 'column') return oncePerValue(segment.column(match.field.column)!, test);
      const valuesOf = fieldValues(history, segment, match.field, metadata);
      if (match.field.kind === 'metadata') return withoutParsing(match, test, metadata, valuesOf);
      return (index) => test(valuesOf(index));
    });
  };
}

/** The test of a field of metadata, which is parsed only where its text leaves the answer open. */
function withoutParsing(
  match: FieldMatch,
  test: FieldTest,
  metadata: MetadataReader,
  valuesOf: (index: number) => readonly string[],
): (index: number) => boolean {
  const isOpen = needsParsing(match);
  const ofNoValue = test([]);
  return (index) => {
    const text = metadata.textAt(index);
    return text !== null && isOpen(text) ? test(valuesOf(index)) : ofNoValue;
  };
}

function oncePerValue(
  { codes, values }: NonNullable<ReturnType<Segment['column']>>,
  test: FieldTest,
): (index: number) => boolean {
  const verdicts = new Uint8Array(values.length);
  return (index) => {
    const code = codes[index]!;
    if (verdicts[code] === notAsked) {
      const text = values[code]!;
      verdicts[code] = test(text === null ? [] : [text]) ? yes : no;
    }
    return verdicts[code] === yes;
  };
}
