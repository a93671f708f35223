export { PLACES_FILES, type PlacesFile, parsePlacesData } from "./data.ts";
export { createCoverageImporter, type ImportedCoverage, type UnresolvedItem } from "./import.ts";
export { createPlaces, type PlacesTools } from "./places.ts";
export type * from "./types.ts";
