// Makes characters visible that show nothing themselves and change how the text around them looks or compares.

/** Control and format characters, but for line breaks, tabs, and the joiners that scripts and emoji are written with. */
const invisible = /(?![\t\n\r\u200C\u200D])[\p{Cc}\p{Cf}]/gu;

/** `ad⟨U+200B⟩min`, `paid⟨U+202E⟩ in full`: nobody takes it for another text, and nothing is reordered. */
export function visibleText(text: string): string {
  return text.replaceAll(
    invisible,
    (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
