// report.html: one self-contained page without script, readable on a screen and on paper.
import { sha256Hex } from '../../digest.ts';
import type { ReportDocument, Section } from '../document-model.ts';
import { editionMark } from '../edition.ts';
import { html, Markup } from '../markup.ts';
import { renderBlock } from './blocks.ts';
import { style } from './style.ts';

/** Base64 of hex digits; without a buffer, because browsers make this page as well. */
const base64Of = (hex: string): string =>
  btoa(hex.replaceAll(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))));

const contentPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${base64Of(sha256Hex(style))}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

// Built here as one piece: the policy allows exactly these bytes, and a formatter must not add to them.
const styleElement = new Markup(`<style>${style}</style>`);

const renderSection = ({ id, title, blocks }: Section, number: number): Markup =>
  html`<section aria-labelledby="${id}">
    <h2 id="${id}">${number} ${title}</h2>
    ${blocks.map((block, index) => renderBlock(block, `${id}-${index + 1}`))}
  </section> `;

/** Renders the page. The same document gives the same bytes. */
export function renderReportHtml(document: ReportDocument): string {
  const { edition, title, packId, language, cover, sections } = document;
  return html`<!doctype html>
    <html lang="${language}" ${new Markup(editionMark(edition))}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – evidence pack ${packId}</title>
        ${styleElement}
      </head>
      <body>
        <main>
          <header>
            <h1>${title}</h1>
            <p>Evidence pack <code>${packId}</code></p>
          </header>
          ${cover.map((block, index) => renderBlock(block, `cover-${index + 1}`))}
          <nav aria-label="Contents">
            <ol>
              ${sections.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li> `)}
            </ol>
          </nav>
          ${sections.map((section, index) => renderSection(section, index + 1))}
        </main>
      </body>
    </html> `.text;
}
