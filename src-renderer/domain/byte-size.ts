// Writes sizes of files; without any texts, so that the page that verifies packs can share it.

/** `812 B`, `1.4 MB`; decimal units as file managers show them. */
export function byteSize(bytes: number, language = 'en-GB'): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let size = bytes;
  let step = 0;
  while (size >= 1000 && step < units.length - 1) {
    size /= 1000;
    step += 1;
  }
  const digits = step === 0 ? 0 : 1;
  const amount = size.toLocaleString(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${amount} ${units[step]}`;
}
