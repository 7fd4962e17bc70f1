// The findings of the report: what stood out, the numbers behind it, and what was made of it.
import type { Finding } from '#shared/model/finding.ts';
import type { PackContents } from '../pack-contents.ts';
import { stateFact, type Facts } from './facts.ts';
import { html, instantText, tableOf, termsOf, type Markup } from './markup.ts';

function renderFinding(finding: Finding, facts: Facts): Markup {
  const fact = (name: string) => stateFact(facts, `finding-${finding.id}-${name}`);
  const { evidence } = finding;
  return html`<h3>
      ${finding.actorName ?? finding.actor}: ${finding.action}, ${instantText(finding.start)}
      (${finding.severity})
    </h3>
    <p>${finding.explanation}</p>
    ${termsOf([
      ['Events in this hour', fact('count')],
      ['Score', html`${fact('score')} = (${fact('count')} − ${fact('mean')}) ÷ ${fact('deviationUsed')}`],
      ['Threshold', fact('threshold')],
      [
        'Standard deviation',
        html`${fact('sd')}${evidence.sdFloorUsed ? ', raised to the floor of the method' : ''}`,
      ],
      [
        'Baseline',
        html`${fact('n')} hours from ${instantText(evidence.baselineStart)} to
        ${instantText(evidence.baselineEnd)}`,
      ],
      [
        'Found by',
        `${finding.detector} ${evidence.methodVersion}, version ${finding.version}, ${instantText(finding.foundAt)}`,
      ],
      ['Disposition', finding.disposition ?? 'open'],
      ['Note', finding.dispositionNote ?? 'none'],
      [
        'Disposed by',
        finding.disposedBy === null ? 'nobody' : `${finding.disposedBy}, ${instantText(finding.disposedAt)}`,
      ],
      ['Finding', html`<code>${finding.id}</code>`],
    ])}`;
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
