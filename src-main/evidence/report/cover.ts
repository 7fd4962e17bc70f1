// First pages of the report: what this is, who says so, and what population it speaks about.
import type { PackContents } from '../pack-contents.ts';
import type { PackPredicate } from '../statement.ts';
import { stateFact, type Facts } from './facts.ts';
import { html, instantText, tableOf, termsOf, type Content, type Markup } from './markup.ts';

const periodText = ({ from, to }: PackPredicate['period']): string =>
  `${from === null ? 'from the first event' : instantText(from)} – ${to === null ? 'to the last event' : instantText(to)}`;

function sourceTerms(source: PackPredicate['source']): [string, Content][] {
  if (source === null) return [['Source', 'not connected to an audit database']];
  return [
    ['Audit database', source.database],
    ['Server', source.server ?? 'unknown'],
    ['Table', source.table],
    ['Read as role', source.user],
    ['Source account', source.sourceAccount ?? 'not restricted to one'],
  ];
}

export function renderCover(predicate: PackPredicate): Markup {
  const { reviewer, preparer } = predicate;
  return html`<header>
      <h1>Review of privileged actions and unusual activity</h1>
      <p>Evidence pack <code>${predicate.packId}</code></p>
    </header>
    <p class="notice">
      This page is a view. What counts is the data beside it and the signature over both; VERIFY.txt says how
      to check them. Nothing on this page proves who signed.
    </p>
    ${termsOf([
      ['Period', periodText(predicate.period)],
      ['Made', instantText(predicate.generatedAt)],
      ['Judged as of', predicate.asOf === null ? 'the time it was made' : instantText(predicate.asOf)],
      ['Time zone of the workspace', `${predicate.zone} (all times on this page are UTC)`],
      ...sourceTerms(predicate.source),
      [
        'Reviewer',
        `${reviewer.name} (${reviewer.id}${reviewer.email === null ? '' : `, ${reviewer.email}`})`,
      ],
      ['Says it is signed by', `${preparer.identity}, key ${preparer.fingerprint}`],
      ['Made with', `${predicate.tool.name} ${predicate.tool.version}`],
      ['SHA-256 of the previous pack', predicate.previousPackSha256 ?? 'none; this is the first pack'],
    ])}`;
}

/** An event that was only counted has no id, and is known to the quarter hour. */
function boundText(bound: PackContents['ipe']['first']): string {
  if (bound === null) return 'none';
  const at = instantText(bound.at);
  return bound.id === '' ? `in the quarter hour from ${at}` : `${at}, ${bound.id}`;
}

const completenessTexts = {
  complete: 'Complete: two independent counts agree.',
  incomplete: 'INCOMPLETE: do not rely on this population as the whole.',
  unknown: 'UNKNOWN: completeness could not be checked.',
} as const;

export function renderPopulation({ ipe }: PackContents, facts: Facts): Markup {
  const fact = (name: string) => stateFact(facts, name);
  return html`<h2 id="population">Population</h2>
    <p><strong>${completenessTexts[ipe.completeness]}</strong> ${ipe.completenessReason}</p>
    ${termsOf([
      ['Review items', fact('count-population')],
      ['Audit events in the mirror', fact('ipe-rows')],
      ['Audit events counted by the database', fact('ipe-serverRows')],
      ['First event', boundText(ipe.first)],
      ['Last event', boundText(ipe.last)],
      ['Read from database', ipe.database ?? 'unknown'],
      ['Read as role', ipe.role ?? 'unknown'],
      ['Clock of the server', instantText(ipe.serverTime)],
      ['SHA-256 of the mirrored events', html`<code>${ipe.populationSha256}</code>`],
    ])}
    <h3>How it was obtained</h3>
    <pre>${ipe.query}</pre>
    ${tableOf(
      'Parameters of the query',
      ['Parameter', 'Value'],
      ipe.parameters.map(({ name, value }) => [name, value ?? 'not set']),
    )}
    <p>Restrictions: ${ipe.filters.length === 0 ? 'none.' : ''}</p>
    ${
      ipe.filters.length === 0
        ? ''
        : html`<ul>
            ${ipe.filters.map((filter) => html`<li>${filter}</li>`)}
          </ul> `
    }${tableOf(
      'Events a day (UTC)',
      ['Day', 'In the mirror', 'Counted by the database'],
      ipe.days.map(({ day }) => [day, fact(`day-${day}-mirrored`), fact(`day-${day}-server`)]),
    )}`;
}
