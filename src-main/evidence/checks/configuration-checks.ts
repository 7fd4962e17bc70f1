// Checks that changes and exceptions are listed as the ledger records them: each, to the letter, and none besides.
import { canonicalJson } from '../entry-hash.ts';
import { findingsPart, ledgerPart } from '../pack-contents.ts';
import {
  changeTypesOf,
  configurationLineOf,
  configurationPart,
  type ConfigurationLine,
} from '../parts/configuration-part.ts';
import { collectExceptions, exceptionsPart, type ExceptionRequest } from '../parts/exceptions-part.ts';
import type { ReviewWindow } from '../parts/review-window.ts';
import { absentText } from './absent-part.ts';
import { failCheck } from './check.ts';
import { take, type Watcher } from './watcher.ts';

type Has = (name: string) => boolean;

/**
 * Holds the changes of the ledger until their file comes; there are few.
 * @param reportFormat as the statement has it
 */
export function watchConfiguration(
  has: Has,
  window: ReviewWindow,
  reportFormat: number | undefined,
): Watcher {
  const types = changeTypesOf(reportFormat);
  const expected: ConfigurationLine[] = [];
  let lines = 0;
  return {
    name: 'configuration',
    takes: [
      take(ledgerPart, (line) => {
        const found = configurationLineOf(line, window, types);
        if (found !== null) expected.push(found);
      }),
      take(configurationPart, (line, number) => {
        lines = number;
        const recorded = expected[number - 1];
        if (recorded === undefined || canonicalJson(recorded) !== canonicalJson(line))
          failCheck('tampered', `configuration.jsonl, line ${number}, is not what the ledger says.`);
      }),
    ],
    end: () => {
      if (!has(configurationPart.name)) return absentText(configurationPart.name);
      if (lines < expected.length)
        failCheck('tampered', 'configuration.jsonl leaves out changes that the ledger records.');
      const left =
        reportFormat === undefined
          ? 'none of the kinds that packs of its version list is left out; changes of reviewers, keys, names shown and erasures are in the ledger only.'
          : 'none is left out.';
      return `${lines} ${lines === 1 ? 'change' : 'changes'} to the configuration, each as its ledger entry records it; ${left}`;
    },
  };
}

export function watchExceptions(has: Has, request: ExceptionRequest): Watcher {
  const collector = collectExceptions(request);
  let expected: readonly string[] | null = null;
  let lines = 0;
  const wanted = (): readonly string[] => (expected ??= collector.lines().map((line) => canonicalJson(line)));
  return {
    name: 'exceptions',
    takes: [
      take(ledgerPart, collector.addEntry),
      take(findingsPart, collector.addFinding),
      take(exceptionsPart, (line, number) => {
        lines = number;
        if (wanted()[number - 1] !== canonicalJson(line))
          failCheck(
            'tampered',
            `exceptions.jsonl, line ${number}, is not what the ledger and the findings say.`,
          );
      }),
    ],
    end: () => {
      if (!has(exceptionsPart.name)) return absentText(exceptionsPart.name);
      if (lines < wanted().length)
        failCheck('tampered', 'exceptions.jsonl leaves out exceptions that the ledger grants.');
      return `${lines} ${lines === 1 ? 'exception' : 'exceptions'}, each backed by the ledger; what they hide was counted again.`;
    },
  };
}
