// Names the preload and the main process agree on.

/** The page posts this text to its own window with one MessagePort; the preload passes the port on. */
export const connectChannel = 'countersign:connect';
export const revealPackChannel = 'countersign:reveal-pack';
export const revealExportChannel = 'countersign:reveal-export';
/** The program tells its page which address to show. */
export const showPlaceChannel = 'countersign:show-place';
