// report.html: one self-contained page without script, made from nothing but the data of the pack.
import { createHash } from 'node:crypto';
import type { Digests } from '../manifest.ts';
import type { PackContents } from '../pack-contents.ts';
import type { PackPredicate } from '../statement.ts';
import { renderCover, renderPopulation } from './cover.ts';
import { renderDecisions, renderNumbers } from './decisions.ts';
import { factsOf } from './facts.ts';
import { renderFindings, renderMethod } from './findings.ts';
import { html, Markup, tableOf } from './markup.ts';
import { style } from './style.ts';

const chapters: readonly (readonly [id: string, title: string])[] = [
  ['numbers', 'In numbers'],
  ['population', 'Population'],
  ['decisions', 'Decisions'],
  ['undecided', 'Items without a decision'],
  ['conflicts', 'Conflicts'],
  ['findings', 'Findings'],
  ['method', 'Method'],
  ['limits', 'Limits of this evidence'],
  ['hashes', 'Hashes'],
];

const contentPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

// Built here as one piece: the policy allows exactly these bytes, and a formatter must not add to them.
const styleElement = new Markup(`<style>${style}</style>`);

function renderClose(predicate: PackPredicate, digests: Digests): Markup {
  return html`<h2 id="limits">Limits of this evidence</h2>
    <ul>
      ${predicate.limits.map((limit) => html`<li>${limit}</li> `)}
    </ul>
    <h2 id="hashes">Hashes</h2>
    ${tableOf(
      'SHA-256 of the data this page was made from',
      ['File', 'SHA-256'],
      [...digests].map(([name, digest]) => [name, html`<code>${digest}</code>`]),
    )}`;
}

/**
 * Renders the report.
 * @param digests of the data files, for the chapter of hashes.
 */
export function renderReport(contents: PackContents, predicate: PackPredicate, digests: Digests): string {
  const facts = factsOf(contents, predicate.counts);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Evidence pack ${predicate.packId}</title>
        ${styleElement}
      </head>
      <body>
        <main>
          ${renderCover(predicate)}
          <nav aria-label="Contents">
            <ol>
              ${chapters.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
            </ol>
          </nav>
          ${renderNumbers(facts)}${renderPopulation(contents, facts)}${renderDecisions(contents, facts)}${renderFindings(contents, facts)}${renderMethod(contents)}${renderClose(predicate, digests)}
        </main>
      </body>
    </html> `;
  return page.text;
}

const knownElements = new Set(
  'html head meta title style body main header nav h1 h2 h3 p ol ul li a dl dt dd table caption thead tbody tr th td code pre strong data'.split(
    ' ',
  ),
);

/** Elements of a page that no report of ours has: scripts, frames, pictures, forms. */
export function foreignElements(page: string): string[] {
  const names = new Set<string>();
  for (const [, name = ''] of page.replace(/^<!doctype html>/, '').matchAll(/<\/?([^\s>/]*)/g))
    names.add(name);
  return [...names].filter((name) => !knownElements.has(name));
}
