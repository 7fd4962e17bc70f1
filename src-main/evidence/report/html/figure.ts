// A figure as inline SVG with its words beside it.
import { assertNever } from '#shared/model/problem.ts';
import type { Figure, Shape } from '../document-model.ts';
import { html, type Markup } from '../markup.ts';

/** Two decimals are finer than any paper. */
const points = (value: number): string => String(Number(value.toFixed(2)));

function renderShape(shape: Shape): Markup {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, fill, stroke } = shape;
      const looks = `fill-${fill ?? 'none'} stroke-${stroke ?? 'none'}`;
      return html`<rect
        class="${looks}"
        x="${points(x)}"
        y="${points(y)}"
        width="${points(width)}"
        height="${points(height)}"
      />`;
    }
    case 'line': {
      const { from, to, stroke, width, isDashed } = shape;
      const looks = `stroke-${stroke}${isDashed ? ' dashed' : ''}`;
      return html`<line
        class="${looks}"
        stroke-width="${width}"
        x1="${points(from[0])}"
        y1="${points(from[1])}"
        x2="${points(to[0])}"
        y2="${points(to[1])}"
      />`;
    }
    case 'path':
      return html`<path class="fill-${shape.fill}" d="${shape.d}" />`;
    case 'text': {
      const { x, y, size, anchor, tone, isStrong, text } = shape;
      const looks = `fill-${tone}${isStrong ? ' heavy' : ''}`;
      return html`<text
        class="${looks}"
        x="${points(x)}"
        y="${points(y)}"
        font-size="${size}"
        text-anchor="${anchor}"
        >${text}</text
      >`;
    }
    default:
      return assertNever(shape);
  }
}

/** @param id unique in the page. */
export function renderFigure({ title, description, width, height, shapes }: Figure, id: string): Markup {
  return html`<figure>
    <svg
      role="img"
      aria-labelledby="${id}-title"
      aria-describedby="${id}-words"
      viewBox="0 0 ${points(width)} ${points(height)}"
      width="${points(width)}"
      height="${points(height)}"
    >
      <title id="${id}-title">${title}</title>
      ${shapes.map(renderShape)}
    </svg>
    <figcaption><strong>${title}.</strong> <span id="${id}-words">${description}</span></figcaption>
  </figure> `;
}
