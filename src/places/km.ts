import type { Point } from "./types.ts";

const EARTH_RADIUS_KM = 6371;

/** Great-circle distance (haversine). */
export function kmBetween(a: Point, b: Point): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const across = Math.sin(rad(b.latitude - a.latitude) / 2) ** 2;
  const along = Math.sin(rad(b.longitude - a.longitude) / 2) ** 2;
  const half = across + Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * along;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(half));
}
