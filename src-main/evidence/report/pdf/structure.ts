// The tags of the PDF, for screen readers: what is a heading, a cell, a figure, and what is only there for the eye.

import { setAttributes } from './inside-pdfkit.ts';

export type Element = PDFKit.PDFStructureElement;

/** Options pdfkit takes and its types leave out. */
type ElementOptions = PDFKit.Mixins.StructureElementOptions & {
  readonly scope?: 'Column' | 'Row';
  /** Left, top, right, bottom from the upper left corner of the page, in points. */
  readonly bbox?: readonly [number, number, number, number];
  readonly placement?: 'Block';
};

/** Adds an element below another; what is added to it later is drawn at once. */
export function addElement(
  pdf: PDFKit.PDFDocument,
  parent: Element,
  type: string,
  options: ElementOptions = {},
): Element {
  const element = pdf.struct(type, options);
  parent.add(element);
  return element;
}

/** Adds a list; its labels are bullets, or words. */
export function addList(pdf: PDFKit.PDFDocument, parent: Element): Element {
  const element = pdf.struct('L');
  setAttributes(element, { O: 'List', ListNumbering: 'Disc' });
  parent.add(element);
  return element;
}

/** Draws what a screen reader passes over. Not to be used while an element is being drawn. */
export function drawArtifact(pdf: PDFKit.PDFDocument, type: 'Layout' | 'Pagination', draw: () => void): void {
  pdf.markContent('Artifact', { type });
  draw();
  pdf.endMarkedContent();
}
