// Ways through the window that the tours share.

export const reviewer = {
  Name: 'Rita Reviewer',
  'Reviewer id': '7f1d3c52-7d64-4c11-9f3a-0d2c8e5b9a10',
  'Email (optional)': 'rita@example.org',
  Passphrase: 'a passphrase for pictures',
  'Repeat passphrase': 'a passphrase for pictures',
};

export function waysThrough(page) {
  const detail = () => page.getByRole('complementary', { name: 'Detail' });
  const go = (name) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
  const goSection = (name) =>
    page
      .getByRole('navigation', { name: /^Sections/ })
      .getByRole('link', { name })
      .click();
  /** The row of this number below the heading. */
  const row = (name, number = 1, role = 'grid') =>
    page.getByRole(role, { name }).getByRole('row').nth(number);
  const unsent = (count) => page.getByRole('banner').getByText(`${count} unsent decision`).waitFor();
  return { page, detail, go, goSection, row, unsent };
}
