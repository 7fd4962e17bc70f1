// What a reviewer sees: the overview, the queue, findings, the heatmap, actors and events.
import { reviewer } from './window.mjs';

export function reviewTour({ page, detail, go, row, unsent }, { photograph, photographWide }) {
  return { queue, overview, findings, heatmap, actors, events };

  /** A few decisions, so that the pictures show work under way. */
  async function queue() {
    await go('Review queue');
    // Critical items wait for a second person.
    const filter = page.getByRole('searchbox', { name: 'Filter items' });
    await filter.fill('warning');
    await filter.press('Enter');
    await row('Review queue').click();
    await shown();
    for (let count = 1; count <= 5; count += 1) {
      await page.keyboard.press('c');
      if (count === 1) await introduce();
      await page.getByRole('dialog', { name: 'Certify one item' }).waitFor();
      await page.keyboard.type('Matches the change request.');
      await page.keyboard.press('Control+Enter');
      await unsent(count);
      await shown();
    }
    await filter.fill('');
    await filter.press('Enter');
    await shown();
    await photographWide('queue');
    await page.keyboard.press('r');
    await page.getByLabel('Reason').fill('The ticket that should stand behind this grant does not exist.');
    await photograph('reason');
    await page.keyboard.press('Escape');
    await page.getByLabel('Group').selectOption('action');
    await row('Review queue', 1, 'treegrid').click();
    await detail().getByText('Decide together').first().waitFor();
    await photograph('queue-groups');
    await page.getByLabel('Group').selectOption('none');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await photograph('keys');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Commands' }).waitFor();
    await photograph('commands');
    await page.keyboard.press('Escape');
  }

  async function shown() {
    await detail()
      .getByRole('heading', { name: /^Within 24 hours/ })
      .waitFor();
  }

  async function introduce() {
    const who = page.getByRole('dialog', { name: 'Who reviews here?' });
    for (const [label, text] of Object.entries(reviewer))
      await who.getByLabel(label, { exact: true }).fill(text);
    await who.getByRole('button', { name: 'Save reviewer' }).click();
  }

  async function overview() {
    await go('Overview');
    await page.getByRole('region', { name: 'Actors at risk' }).getByRole('listitem').first().waitFor();
    await photographWide('overview');
  }

  /** A story that is open, one of its findings, and what letting it pass would hide. */
  async function findings() {
    await go('Findings');
    await row('Findings', 1, 'treegrid').click();
    await page.keyboard.press('ArrowRight');
    await detail().getByRole('heading', { name: 'What belongs to it, earliest first' }).waitFor();
    await photograph('stories');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('grid', { name: 'Events of the finding' }).waitFor();
    await photographWide('findings');
    await detail().getByRole('region', { name: 'Why not' }).getByRole('button', { name: 'Ask' }).click();
    await detail()
      .getByRole('status', { name: 'Answer' })
      .getByText(/^Listed/)
      .scrollIntoViewIfNeeded();
    await photograph('why-not');
    await page.getByRole('button', { name: 'Let pass' }).first().click();
    await page.getByText(/^It would hide/).waitFor();
    await photograph('exception');
    await page.getByRole('button', { name: 'Cancel' }).click();
  }

  async function heatmap() {
    await go('Heatmap');
    const chart = page.getByRole('button', { name: 'Heatmap of actors by hour of the week' });
    await chart.focus();
    for (const key of ['ArrowRight', ...Array(9).fill('ArrowRight'), 'ArrowDown', 'ArrowDown'])
      await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await row('Events of the cell').waitFor();
    await photograph('heatmap-cell');
    await page.getByRole('button', { name: 'Close the events' }).click();
    await chart.waitFor();
    await photographWide('heatmap');
    await page.getByRole('radio', { name: 'Table' }).press('Space');
    await page.getByRole('grid', { name: 'Heatmap as a table' }).waitFor();
    await photograph('heatmap-table');
    await page.getByRole('radio', { name: 'Heatmap' }).press('Space');
    await page.getByLabel('Compare with an earlier period').press('Space');
    await page.getByRole('button', { name: 'Change of actors by hour of the week' }).waitFor();
    await photograph('heatmap-compare');
    await page.getByRole('button', { name: 'All days' }).click();
    await page.getByRole('radio', { name: 'Days', exact: true }).press('Space');
    await page.getByRole('button', { name: 'Heatmap of days by hour' }).waitFor();
    await photographWide('heatmap-days');
    await page.getByRole('radio', { name: 'Actions', exact: true }).press('Space');
    await page
      .getByRole('button')
      .filter({ has: page.getByRole('figure') })
      .first()
      .waitFor();
    await photographWide('heatmap-actions');
    await page.getByRole('radio', { name: 'Week', exact: true }).press('Space');
  }

  async function actors() {
    await go('Actors');
    await row('Actors').click();
    await detail().getByRole('heading', { name: 'Risk over time' }).waitFor();
    await photographWide('actors');
  }

  async function events() {
    await go('Events');
    await row('Events', 3).click();
    await detail().getByRole('heading', { name: 'Metadata, as recorded' }).waitFor();
    await photographWide('events');
  }
}
