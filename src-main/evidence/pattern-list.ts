// Pattern lists of OpenSSH (ssh_config(5), PATTERNS): comma-separated, * and ?, ! negates.

function matchesPattern(text: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    if (pattern[next] === '*') {
      star = next++;
      retry = at;
    } else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === text[at])) {
      at++;
      next++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++retry;
    } else return false;
  }
  while (pattern[next] === '*') next++;
  return next === pattern.length;
}

/** True when a pattern of the list matches and no negated one does. Case counts; `?` stands for one byte, as in OpenSSH. */
export function matchesPatternList(text: string, list: string): boolean {
  const bytes = (value: string) => Buffer.from(value, 'utf8').toString('latin1');
  let found = false;
  for (const entry of bytes(list).split(',')) {
    const negated = entry.startsWith('!');
    if (!matchesPattern(bytes(text), negated ? entry.slice(1) : entry)) continue;
    if (negated) return false;
    found = true;
  }
  return found;
}
