// Counts and names what people decided about themselves, as far as the aliases in the ledger show it.

const mostNamed = 20;

type Verb = 'decided' | 'judged';
const nouns: Readonly<Record<Verb, string>> = { decided: 'item', judged: 'finding' };

export function ownActions() {
  const named: string[] = [];
  let count = 0;
  const were = () => (count === 1 ? 'was' : 'were');
  const things = (verb: Verb) => `${count} ${nouns[verb]}${count === 1 ? '' : 's'}`;
  const words = (verb: Verb): string => {
    const more = count - named.length;
    const people = `the person ${count === 1 ? 'it is' : 'they are'} about`;
    return `${things(verb)} ${were()} ${verb} by ${people}, as an alias in the ledger shows: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
  };
  return {
    /** @param what was decided, and by whom */
    add: (what: string): void => {
      count += 1;
      if (named.length < mostNamed) named.push(what);
    },
    /** The end of a sentence. Who states an alias later makes what they decided before an own action, and it stays decided. */
    sentence: (verb: Verb): string => (count === 0 ? `nobody ${verb} about themselves.` : words(verb)),
    /** Tells the same, when there is anything to tell. */
    reserve: (verb: Verb, tell: (sentence: string) => void): void => {
      if (count > 0) tell(words(verb));
    },
  };
}
