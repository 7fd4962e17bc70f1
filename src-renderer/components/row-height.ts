// How high a row of a list is, in pixels, unless the list says otherwise.
import { createContext } from 'react';

export const RowHeight = createContext(32);
