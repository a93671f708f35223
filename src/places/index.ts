export { PLACES_FILES, type PlacesFile, parsePlacesData } from "./data.ts";
export { createPlaces, type PlacesTools } from "./places.ts";
export type * from "./types.ts";
