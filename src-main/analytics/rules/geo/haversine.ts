// Distance over ground between two points.
import type { Location } from './geo-lookup.ts';

/** Mean radius of the earth. */
export const earthRadiusKm = 6371;

type Point = Pick<Location, 'latitude' | 'longitude'>;

/** Great-circle distance in kilometres by the haversine formula (R. W. Sinnott, 1984), on a sphere of {@link earthRadiusKm}. */
export function distanceKm(from: Point, to: Point): number {
  const latitude = radians(to.latitude - from.latitude);
  const longitude = radians(to.longitude - from.longitude);
  const a =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(longitude / 2) ** 2;
  // Rounding may push a past 1 for opposite points.
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(Math.min(1, a)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
