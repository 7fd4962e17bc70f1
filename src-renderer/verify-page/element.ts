// Makes elements from texts; a text never becomes markup.
import { visibleText } from '../components/visible-text.ts';

type Content = Node | string;
type Attributes = Readonly<Record<string, string>>;

/** An element with its attributes and contents; characters that would hide or reorder text are shown by their codes. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes,
  ...contents: readonly Content[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...contents.map((content) => (typeof content === 'string' ? visibleText(content) : content)));
  return made;
}

/** A part of the page that is always there. */
export function part<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`The page has no ${id}.`);
}
