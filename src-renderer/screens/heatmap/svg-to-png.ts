// Turns an SVG document into a PNG picture, with what a browser draws with.

/** Twice the size for print, and less where no canvas is that large. */
const wantedScale = 2;
const largestSide = 16_000;

/** @returns the picture; rejects with a sentence when this browser cannot draw it */
export async function svgToPng(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = await loaded(address);
    const scale = Math.min(wantedScale, largestSide / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    const context = canvas.getContext('2d');
    if (context === null) throw undrawable();
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob === null ? reject(undrawable()) : resolve(blob)), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

function loaded(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.addEventListener('load', () => resolve(image));
    image.addEventListener('error', () => reject(undrawable()));
    image.src = address;
  });
}

const undrawable = () =>
  new Error('This window cannot draw the picture as PNG. Nothing was exported; export it as SVG instead.');
