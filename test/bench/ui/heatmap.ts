// The heatmap of actors by hour of the week, against the same counts as SVG rectangles.
import type { Browser, Page } from 'playwright-core';
import type { TestPostgres } from '../../support/postgres.ts';
import { figure, memoryFigure, spreadOf, type ScreenFigure } from './figures.ts';
import { rendererBytes } from './memory.ts';
import { goTo } from './start.ts';
import { openYardstick } from './yardstick-page.ts';

const hoursOfWeek = 168;
const framesAtMost = 120;
const usualCell = { cellWidth: 6, rowHeight: 14 };

type Motion = { pan: number[]; zoom: number[]; hover: number[] };
type Drawn = {
  rows: number;
  /** From the click, what the door takes included; and from the answer’s last byte. */
  clickMs: number;
  paintMs: number;
  motion: Motion;
};

/** Ours with as many rows as the screen asks for first, and with all of them. */
export async function drawHeatmap(page: Page, actors: number): Promise<Drawn[]> {
  const first = await drawnAfter(page, await goTo(page, '/heatmap'), 500);
  const drawn = [{ ...first, rows: 500, motion: await motionOf(page) }];
  for (let rows = 1000; rows <= actors; rows += 500) {
    const clickedAt = await page.evaluate(() => {
      const more = [...document.querySelectorAll('main button')].find(
        (button) => button.textContent === 'Show more actors',
      );
      if (!(more instanceof HTMLElement)) throw new Error('Nothing shows more actors.');
      const at = performance.now();
      more.click();
      return at;
    });
    const all = await drawnAfter(page, clickedAt, rows);
    if (rows + 500 > actors) drawn.push({ ...all, rows, motion: await motionOf(page) });
  }
  return drawn;
}

async function drawnAfter(page: Page, clickedAt: number, rows: number) {
  const { paintedAt, answeredAt } = await page.evaluate(async (wanted) => {
    const at = await marks.paintedWhen(
      () =>
        document.querySelector('canvas')?.height === wanted && document.querySelector('canvas')!.width > 1,
    );
    return { paintedAt: at, answeredAt: marks.answered('/heatmap') };
  }, rows);
  return { clickMs: paintedAt - clickedAt, paintMs: paintedAt - answeredAt };
}

/** Scrolled down, zoomed with the keys, and pointed at cell after cell: each frame does one of it. */
async function motionOf(page: Page): Promise<Motion> {
  return page.evaluate(async (count) => {
    const plot = document.querySelector<HTMLElement>('[aria-roledescription="heatmap"]');
    const scroller = plot?.parentElement?.parentElement;
    if (!plot || !scroller) throw new Error('No heatmap is shown.');
    const pan = await marks.frames(() => {
      const isAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
      scroller.scrollTop = isAtEnd ? 0 : scroller.scrollTop + 40;
    }, count);
    const zoom = await marks.frames((frame) => {
      const key = frame % 4 < 2 ? '+' : '-';
      plot.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }, count);
    const box = plot.getBoundingClientRect();
    const hover = await marks.frames((frame) => {
      const at = { clientX: box.left + ((frame * 7) % 900), clientY: Math.max(box.top, 0) + 300 };
      plot.dispatchEvent(new PointerEvent('pointermove', { ...at, bubbles: true }));
    }, count);
    return { pan, zoom, hover };
  }, framesAtMost);
}

/** The same counts, cells and steps, drawn plainly in a browser of its own. */
export async function drawSvg(browser: Browser, counts: readonly (readonly number[])[]) {
  const page = await openYardstick(browser, 'svg-heatmap.ts');
  const paintMs = await page.evaluate((cells) => svgHeatmap.draw(cells), { counts, ...usualCell });
  const motion: Motion = await page.evaluate(
    async (count) => ({
      pan: await svgHeatmap.pan(count),
      zoom: await svgHeatmap.zoom(count),
      hover: await svgHeatmap.hover(count),
    }),
    framesAtMost,
  );
  const bytes = await rendererBytes(browser);
  await page.close();
  return { paintMs, motion, bytes };
}

/** The busiest actors by hour of the week (UTC), counted by PostgreSQL. */
export async function countWeeks(
  postgres: TestPostgres,
  database: string,
  rows: number,
): Promise<number[][]> {
  const cells = await postgres.query<{ row: number; hour: number; events: number }>(
    `SELECT (rank - 1)::int AS row, hour, events FROM (
       SELECT dense_rank() OVER (ORDER BY all_events DESC, actor) AS rank, hour, events FROM (
         SELECT actor_user_id AS actor, (extract(isodow FROM at)::int - 1) * 24 + extract(hour FROM at)::int AS hour,
                count(*)::int AS events, sum(count(*)) OVER (PARTITION BY actor_user_id) AS all_events
           FROM (SELECT actor_user_id, created_at AT TIME ZONE 'UTC' AS at FROM np_auditlog_events) AS local
          GROUP BY 1, 2) AS counted) AS ranked
      WHERE rank <= $1`,
    [rows],
    database,
  );
  const counts = Array.from({ length: rows }, () => Array.from({ length: hoursOfWeek }, () => 0));
  for (const { row, hour, events } of cells) counts[row]![hour] = events;
  return counts;
}

export function heatmapFigures(
  ours: Drawn,
  svg: Awaited<ReturnType<typeof drawSvg>>,
  rendererAfter: number,
): ScreenFigure[] {
  const name = `heatmap ${ours.rows} × ${hoursOfWeek}`;
  return [
    figure(`${name}: from the click to the picture, counted by the door`, ours.clickMs),
    figure(`${name}: from the counts to the picture`, ours.paintMs, svg.paintMs),
    ...(['pan', 'zoom', 'hover'] as const).flatMap((kind) =>
      spreadOf(`${name}: frame while ${motionWords[kind]}`, ours.motion[kind], svg.motion[kind]),
    ),
    memoryFigure(`${name}: renderer`, rendererAfter, svg.bytes),
  ];
}

const motionWords = { pan: 'panning', zoom: 'zooming', hover: 'pointing' };
