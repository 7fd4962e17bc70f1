// A figure as vectors, with its words as alternative text.
import { assertNever } from '#shared/model/problem.ts';
import type { Figure, Phrase, Shape } from '../document-model.ts';
import {
  bottom,
  contentWidth,
  ensure,
  greys,
  left,
  linesOf,
  setText,
  type Flow,
  type TextStyle,
} from './flow.ts';
import { addElement, type Element } from './structure.ts';

const captionStyle: TextStyle = { size: 8, leading: 10.6, face: 'body' };

function drawText({ pdf, setter }: Flow, shape: Extract<Shape, { kind: 'text' }>): void {
  const face = shape.isStrong ? 'bold' : 'body';
  const text = setter.printable(shape.text, face);
  const width = setter.widthOf(text, face, shape.size);
  const x = shape.x - { start: 0, middle: width / 2, end: width }[shape.anchor];
  pdf
    .font(face)
    .fontSize(shape.size)
    .fillColor(greys[shape.tone])
    .text(text, x, shape.y, { lineBreak: false, baseline: 'alphabetic' });
}

function drawShape(flow: Flow, shape: Shape): void {
  const { pdf } = flow;
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, fill, stroke } = shape;
      if (fill !== null) pdf.rect(x, y, width, height).fill(greys[fill]);
      if (stroke !== null) pdf.rect(x, y, width, height).lineWidth(0.5).stroke(greys[stroke]);
      return;
    }
    case 'line': {
      pdf.lineWidth(shape.width);
      if (shape.isDashed) pdf.dash(3, { space: 2 });
      pdf
        .moveTo(...shape.from)
        .lineTo(...shape.to)
        .stroke(greys[shape.stroke]);
      if (shape.isDashed) pdf.undash();
      return;
    }
    case 'path':
      pdf.path(shape.d).fill(greys[shape.fill]);
      return;
    case 'text':
      return drawText(flow, shape);
    default:
      return assertNever(shape);
  }
}

const captionOf = ({ title, description }: Figure): Phrase => [
  { kind: 'strong', text: `${title}. ` },
  description,
];

/** With its caption, in points. */
export const figureHeight = (flow: Flow, figure: Figure): number =>
  Math.min(1, contentWidth / figure.width) * figure.height +
  3 +
  linesOf(flow, captionOf(figure), captionStyle, contentWidth).length * captionStyle.leading;

export function setFigure(flow: Flow, parent: Element, figure: Figure): void {
  const { pdf, setter } = flow;
  const { title, description, width, height, shapes } = figure;
  ensure(flow, figureHeight(flow, figure));
  const scale = Math.min(1, contentWidth / width, (bottom - flow.y) / height);
  const element = addElement(pdf, parent, 'Figure', {
    alt: setter.printable(`${title}. ${description}`, 'body'),
    bbox: [left, flow.y, left + width * scale, flow.y + height * scale],
    placement: 'Block',
  });
  element.add(() => {
    pdf.save();
    pdf.translate(left, flow.y).scale(scale);
    for (const shape of shapes) drawShape(flow, shape);
    pdf.restore();
  });
  element.end();
  flow.y += height * scale + 3;
  const caption = addElement(pdf, parent, 'P');
  setText(flow, caption, captionOf(figure), captionStyle);
  flow.y += 7;
}
