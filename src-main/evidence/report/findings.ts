// The findings of the report: what stood out, the numbers behind it, and what was made of it.
import { z3EvidenceOf, type Finding } from '#shared/model/finding.ts';
import type { PackContents } from '../pack-contents.ts';
import { stateFact, type Facts } from './facts.ts';
import { html, instantText, tableOf, termsOf, type Markup } from './markup.ts';

function renderFinding(finding: Finding, facts: Facts): Markup {
  const fact = (name: string) => stateFact(facts, `finding-${finding.id}-${name}`);
  return html`<h3>${titleOf(finding)}, ${instantText(finding.start)} (${finding.severity})</h3>
    <p>${finding.explanation}</p>
    ${termsOf([
      ['Events', fact('count')],
      ...numbersOf(finding, fact),
      [
        'Found by',
        `${finding.detector} ${finding.methodVersion}, version ${finding.version}, ${instantText(finding.foundAt)}`,
      ],
      ['Disposition', finding.disposition ?? 'open'],
      ['Note', finding.dispositionNote ?? 'none'],
      [
        'Disposed by',
        finding.disposedBy === null ? 'nobody' : `${finding.disposedBy}, ${instantText(finding.disposedAt)}`,
      ],
      ...suppressionOf(finding),
      ['Finding', html`<code>${finding.id}</code>`],
    ])}`;
}

function suppressionOf({ suppressedBy, blindCheck }: Finding): Term[] {
  if (suppressedBy === null) return [];
  const what = blindCheck ? 'Blind check of exception' : 'Hidden by exception';
  return [[what, html`<code>${suppressedBy}</code>`]];
}

function titleOf({ actorName, actor, entity, action }: Finding): string {
  const who = actorName ?? (actor === '' ? entity.value : actor);
  return action === '' ? who : `${who}: ${action}`;
}

type Term = [name: string, value: Markup | string];

function numbersOf(finding: Finding, fact: (name: string) => Markup): Term[] {
  const z3 = z3EvidenceOf(finding);
  if (z3 === null)
    return [['Score', fact('score')], ['Threshold', fact('threshold')], ...otherNumbers(finding, fact)];
  return [
    ['Score', html`${fact('score')} = (${fact('count')} − ${fact('mean')}) ÷ ${fact('deviationUsed')}`],
    ['Threshold', fact('threshold')],
    ['Standard deviation', html`${fact('sd')}${z3.sdFloorUsed ? ', raised to the floor of the method' : ''}`],
    [
      'Baseline',
      html`${fact('n')} hours from ${instantText(z3.baselineStart)} to ${instantText(z3.baselineEnd)}`,
    ],
    ['Baseline hours with events', fact('activeHours')],
    ['Highest hour of the baseline', fact('highest')],
  ];
}

/** Every other number by the name the method gives it. */
function otherNumbers({ evidence }: Finding, fact: (name: string) => Markup): Term[] {
  return Object.entries(evidence).map(([name, value]) => [
    name,
    typeof value === 'number' && !['count', 'score', 'threshold'].includes(name)
      ? fact(name)
      : wordsOf(value),
  ]);
}

function wordsOf(value: Finding['evidence'][string] | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const countLabels: readonly (readonly [label: string, name: string])[] = [
  ['Findings', 'findings'],
  ['Critical', 'findingsBySeverity-critical'],
  ['High', 'findingsBySeverity-high'],
  ['Medium', 'findingsBySeverity-medium'],
  ['Low', 'findingsBySeverity-low'],
  ['Open', 'findingsByDisposition-open'],
  ['Acknowledged', 'findingsByDisposition-acknowledged'],
  ['False positive', 'findingsByDisposition-false-positive'],
  ['Escalated', 'findingsByDisposition-escalated'],
  ['Suppressed by exceptions', 'suppressed'],
  ['Blind checks of suppressed findings', 'blindChecks'],
  ['Of these escalated', 'blindChecksEscalated'],
  ['Miss rate of the exceptions', 'blindCheckMissRate'],
];

export function renderFindings({ findings }: PackContents, facts: Facts): Markup {
  return html`<h2 id="findings">Findings</h2>
    ${termsOf(countLabels.map(([label, name]) => [label, stateFact(facts, `count-${name}`)]))}${findings.map(
      (finding) => renderFinding(finding, facts),
    )}`;
}

export function renderMethod({ detectors }: PackContents): Markup {
  return html`<h2 id="method">Method</h2>
    <p>
      Each detector is deterministic: the same events give the same findings. A finding keeps the numbers it
      was found with.
    </p>
    ${tableOf(
      'Detectors',
      ['Detector', 'Version', 'Parameters', 'What it does'],
      detectors.map(({ id, version, parameters, description }) => [
        id,
        version,
        Object.entries(parameters)
          .map(([name, value]) => `${name} = ${String(value)}`)
          .join(', '),
        description,
      ]),
    )}`;
}
