// Runs inside a page: a heatmap as D3’s examples draw one, an SVG rectangle for every cell.
import { scaleBand, scaleSequentialLog } from 'd3-scale';

export type SvgCells = {
  /** Events by row and column: `counts[row][column]`. */
  counts: readonly (readonly number[])[];
  cellWidth: number;
  rowHeight: number;
};

export type SvgHeatmap = {
  /** Draws and answers milliseconds until it was painted. */
  draw: (cells: SvgCells) => Promise<number>;
  /** One frame each: scrolled on, zoomed by a transform, another cell framed. */
  pan: (count: number) => Promise<number[]>;
  zoom: (count: number) => Promise<number[]>;
  hover: (count: number) => Promise<number[]>;
};

declare global {
  // A property of the page, not of this process.
  var svgHeatmap: SvgHeatmap;
}

const namespace = 'http://www.w3.org/2000/svg';
const labelWidth = 200;

function draw({ counts, cellWidth, rowHeight }: SvgCells): void {
  const columns = counts[0]?.length ?? 0;
  const [width, height] = [columns * cellWidth, counts.length * rowHeight];
  const x = scaleBand<number>([0, width]).domain(Array.from({ length: columns }, (_, column) => column));
  const y = scaleBand<number>([0, height]).domain(counts.map((_, row) => row));
  const most = counts.reduce((high, row) => Math.max(high, ...row), 1);
  const colour = scaleSequentialLog([1, most + 1], (share: number) => `hsl(210 60% ${95 - 70 * share}%)`);
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('width', String(labelWidth + width));
  svg.setAttribute('height', String(height));
  const group = svg.appendChild(document.createElementNS(namespace, 'g'));
  for (const [row, line] of counts.entries()) {
    const label = group.appendChild(document.createElementNS(namespace, 'text'));
    label.setAttribute('y', String((y(row) ?? 0) + rowHeight - 3));
    label.textContent = `actor ${row}`;
    for (const [column, count] of line.entries()) {
      const cell = group.appendChild(document.createElementNS(namespace, 'rect'));
      cell.setAttribute('x', String(labelWidth + (x(column) ?? 0)));
      cell.setAttribute('y', String(y(row) ?? 0));
      cell.setAttribute('width', String(x.bandwidth()));
      cell.setAttribute('height', String(y.bandwidth()));
      cell.setAttribute('fill', count === 0 ? 'white' : colour(count + 1));
    }
  }
  const scroller = document.createElement('div');
  scroller.style.cssText = 'height: 640px; overflow: auto; font: 11px sans-serif';
  scroller.append(svg);
  document.body.replaceChildren(scroller);
}

function part(selector: string): Element {
  const found = document.querySelector(selector);
  if (found === null) throw new Error(`Nothing is drawn: ${selector}`);
  return found;
}

globalThis.svgHeatmap = {
  draw: async (cells) => {
    const from = performance.now();
    draw(cells);
    return (await marks.paintedWhen(() => document.querySelector('rect') !== null)) - from;
  },
  pan: async (count) => {
    const scroller = part('div');
    return marks.frames(() => {
      const isAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
      scroller.scrollTop = isAtEnd ? 0 : scroller.scrollTop + 40;
    }, count);
  },
  zoom: async (count) => {
    const group = part('g');
    return marks.frames((frame) => {
      group.setAttribute('transform', `scale(${1 + 0.2 * Math.abs((frame % 10) - 5)})`);
    }, count);
  },
  hover: async (count) => {
    const cells = [...document.querySelectorAll('rect')];
    let framed: Element | undefined;
    return marks.frames((frame) => {
      framed?.removeAttribute('stroke');
      framed = cells[(frame * 170) % cells.length];
      framed?.setAttribute('stroke', 'black');
    }, count);
  },
};
