// Reads files chosen by the person into the form the verifier takes.

/** A pack travels as base64 in one call, which the workstation caps; this leaves room for the encoding. */
export const largestPackBytes = 70_000_000;

/** The bytes as base64, read by the browser itself because a pack may be tens of megabytes. */
export function readAsBase64(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      resolve(address.slice(address.indexOf(',') + 1));
    });
    reader.addEventListener('error', () =>
      reject(new Error('The file could not be read. It may have been moved or its permissions changed.')),
    );
    reader.readAsDataURL(file);
  });
}
