// The bytes of a file or picture in the form calls carry them.

/** The bytes as base64, read by the browser itself because there may be tens of megabytes. */
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
