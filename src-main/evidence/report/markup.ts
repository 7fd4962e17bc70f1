// HTML in which every value is escaped unless it is markup already.

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
// Controls and direction marks could make a value look like another one, or like part of the page.
const invisible = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const showCode = (character: string): string =>
  `⟦U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`;

/** Escapes text for element content and double-quoted attributes; invisible characters are shown by their code. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '').replace(invisible, showCode);
}

export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Markup | string | number | readonly Content[];

function render(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string') return escapeHtml(content);
  if (typeof content === 'number') return String(content);
  return content.map(render).join('');
}

/** Template tag: literal parts are markup, values are escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + render(values[index] ?? '')).join(''));
}

/** Builds an accessible table: caption, column heads with scope, and the first cell of a row as its head. */
export function tableOf(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Content[])[],
): Markup {
  if (rows.length === 0) return html`<p>${caption}: none.</p> `;
  const body = rows.map(
    ([first = '', ...rest]) =>
      html`<tr>
        <th scope="row">${first}</th>
        ${rest.map((cell) => html`<td>${cell}</td>`)}
      </tr> `,
  );
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table> `;
}

/** Builds a list of terms and their values. */
export function termsOf(terms: readonly (readonly [term: string, value: Content])[]): Markup {
  return html`<dl>
    ${terms.map(
      ([term, value]) =>
        html`<dt>${term}</dt>
          <dd>${value}</dd> `,
    )}
  </dl> `;
}

export const instantText = (instant: string | null): string =>
  instant === null ? 'unknown' : `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
