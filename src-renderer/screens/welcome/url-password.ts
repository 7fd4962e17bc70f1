// Takes a password out of a connection URL, so that it can be kept where nobody reads it.

const authority = /^(\s*postgres(?:ql)?:\/\/[^:/?#]*):([^/?#]*)@(?=[^/?#@]*(?:[/?#]|\s*$))/;
const parameter = /([?&])password=([^&#]*)(&?)/;

/** The URL without its password, and the password; null when it holds none that could be told apart. */
export function partPassword(url: string): { url: string; password: string } | null {
  const inAuthority = authority.exec(url);
  const [whole = '', before = '', own = ''] = inAuthority ?? [];
  if (own !== '') return { url: `${before}@${url.slice(whole.length)}`, password: decoded(own) };
  const asParameter = /^\s*postgres(?:ql)?:\/\//.test(url) ? parameter.exec(url) : null;
  const [found = '', sign = '', value = '', next = ''] = asParameter ?? [];
  if (asParameter === null || value === '') return null;
  const rest = url.slice(asParameter.index + found.length);
  return {
    url: `${url.slice(0, asParameter.index)}${next === '&' ? sign : ''}${rest}`,
    password: decoded(value),
  };
}

/** What is not percent-encoded was meant to the letter. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
