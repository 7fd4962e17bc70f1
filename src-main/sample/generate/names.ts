// Invented people, so that a reviewer reads names instead of identifiers.

const given =
  'Dana Ravi Ingrid Malik Chiara Tomasz Leila Hannah Diego Priya Jonas Aiko Fatima Owen Marta Sanjay Elif Grace Pavel Noor Lucas Meera Katrin Andre Yusuf Bianca Arjun Freya Kwame Sofia'.split(
    ' ',
  );
const family =
  'Kowalski Menon Brandt Osei Ferrari Novak Haddad Whitfield Salazar Iyer Keller Tanaka Rahman Gallagher Lopes Deshpande Yildiz Thornton Dvorak Aziz Moreau Kulkarni Vogt Baptiste Demir Rossi Chatterjee Nilsen Mensah Petrova Quinn'.split(
    ' ',
  );

/** The n-th name; 30 × 31 names come before one is repeated with a numeral. */
export function nameOf(index: number): string {
  const round = Math.floor(index / (given.length * family.length));
  // The two lengths share no factor, so stepping through both at once meets every pair.
  const name = `${given[index % given.length]} ${family[index % family.length]}`;
  return round === 0 ? name : `${name} ${round + 1}`;
}
