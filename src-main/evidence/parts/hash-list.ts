// The hashes of a ledger's entries, one behind the other, as a tree is made from them: 32 bytes an entry.

const hashBytes = 32;

export function hashList() {
  let bytes = new Uint8Array(64 * hashBytes);
  let size = 0;
  return {
    /** @param hash 64 hex digits */
    add: (hash: string): void => {
      if ((size + 1) * hashBytes > bytes.length) {
        const more = new Uint8Array(bytes.length * 2);
        more.set(bytes);
        bytes = more;
      }
      for (let byte = 0; byte < hashBytes; byte += 1)
        bytes[size * hashBytes + byte] = Number.parseInt(hash.slice(2 * byte, 2 * byte + 2), 16);
      size += 1;
    },
    size: () => size,
    bytes: (): Uint8Array => bytes.subarray(0, size * hashBytes),
  };
}
