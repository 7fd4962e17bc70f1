// One name for all the paths of a route: /users/17 and /users/18 are both /users/{id}.

const isIdentifier = [
  /^\d+$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^[0-9a-f]{16,}$/i,
  // Long mixtures of letters and digits are tokens; words of a route have no digits in their middle.
  /^(?=.*\d)(?=.*[a-z])[a-z0-9_-]{20,}$/i,
];

/** The path without its query, with every part that looks like an identifier as {id}, and no slash at its end. */
export function routeTemplate(path: string): string {
  const parts = path.replace(/[?#].*$/s, '').split('/');
  const named = parts.map((part) => (isIdentifier.some((pattern) => pattern.test(part)) ? '{id}' : part));
  const template = named.join('/');
  return template.length > 1 ? template.replace(/\/+$/, '') || '/' : template;
}
