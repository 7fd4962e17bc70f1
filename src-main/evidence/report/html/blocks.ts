// The blocks of a report as HTML.
import { assertNever } from '#shared/model/problem.ts';
import type { Block, FactList, Inline, Phrase, Table } from '../document-model.ts';
import { elementOf } from '../facts.ts';
import { html, Markup } from '../markup.ts';
import { renderFigure } from './figure.ts';

const lineBreak = new Markup('<br />');

/** Line feeds become breaks. */
const linesOf = (text: string): (Markup | string)[] =>
  text.split('\n').flatMap((part, index) => (index === 0 ? [part] : [lineBreak, part]));

function renderInline(inline: Inline): Markup {
  if (typeof inline === 'string') return html`${linesOf(inline)}`;
  switch (inline.kind) {
    case 'given':
      return html`<bdi>${linesOf(inline.text)}</bdi>`;
    case 'code':
      return html`<code>${inline.text}</code>`;
    case 'strong':
      return html`<strong>${inline.text}</strong>`;
    case 'fact':
      return new Markup(elementOf(inline.name, inline));
    default:
      return assertNever(inline);
  }
}

export const renderPhrase = (phrase: Phrase): Markup => html`${phrase.map(renderInline)}`;

function renderFacts({ terms }: FactList): Markup {
  return html`<dl>
    ${terms.map(
      ([term, value]) =>
        html`<dt>${term}</dt>
          <dd>${renderPhrase(value)}</dd> `,
    )}
  </dl> `;
}

function renderTable({ caption, columns, rows }: Table): Markup {
  const whole = columns.reduce((sum, { weight }) => sum + weight, 0);
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <colgroup>
      ${columns.map(({ weight }) => html`<col width="${((100 * weight) / whole).toFixed(1)}%" />`)}
    </colgroup>
    <thead>
      <tr>
        ${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([first = [], ...rest]) =>
          html`<tr>
            <th scope="row">${renderPhrase(first)}</th>
            ${rest.map((cell) => html`<td>${renderPhrase(cell)}</td>`)}
          </tr> `,
      )}
    </tbody>
  </table> `;
}

/** @param id unique in the page, for what a block has to refer to inside of itself. */
export function renderBlock(block: Block, id: string): Markup {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${renderPhrase(block.phrase)}</p> `;
    case 'note':
      return html`<p class="notice">${renderPhrase(block.phrase)}</p> `;
    case 'heading':
      return html`<h3>${renderPhrase(block.phrase)}</h3> `;
    case 'list':
      return html`<ul>
        ${block.items.map((item) => html`<li>${renderPhrase(item)}</li> `)}
      </ul> `;
    case 'verbatim':
      return html`<pre>${block.text}</pre> `;
    case 'facts':
      return renderFacts(block);
    case 'table':
      return renderTable(block);
    case 'figure':
      return renderFigure(block, id);
    default:
      return assertNever(block);
  }
}
