// Who plays a part in an incident. Everybody plays at most one, so that one incident never explains another.
import type { Person, Role } from './people.ts';

export class Cast {
  readonly #free: Person[];

  constructor(people: readonly Person[]) {
    // Somebody on leave or on nights would make an incident strange in a second way.
    this.#free = people.filter((person) => person.shift === 'day' && person.leave === null);
  }

  /** The first free person of this role, who is then taken; null when there is none. */
  take(role: Role, accepts: (person: Person) => boolean = () => true): Person | null {
    const index = this.#free.findIndex((person) => person.role === role && accepts(person));
    return index === -1 ? null : (this.#free.splice(index, 1)[0] ?? null);
  }
}
