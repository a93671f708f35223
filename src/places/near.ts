import type { Gazetteer } from "./gazetteer.ts";
import { kmBetween } from "./km.ts";
import type { CentreRow, Nearby, NearUnit, Point } from "./types.ts";

/** Units this much farther than the nearest may still be where somebody is: a centre says nothing of borders. */
const MARGIN_KM = 40;
const OFFERED_AT_MOST = 3;
/** Farther from every centre than the largest counties reach: at sea, or in a desert. */
const OUTSIDE_KM = 150;

/**
 * Which units a point on the map may lie in. Only likely: of the towns known to it, 78 in 100 are nearest to the
 * centre of their own county, and 96 have it among the nearest three, so the customer is asked.
 */
export function createNear(
  centres: readonly CentreRow[],
  gazetteer: Pick<Gazetteer, "name" | "status">,
): (point: Point) => Nearby {
  return (point) => {
    const nearest = centres
      .map((centre) => ({ ...centre, km: kmBetween(point, centre) }))
      .sort((a, b) => a.km - b.km);
    const [first] = nearest;
    if (first === undefined || first.how === "abroad" || first.km > OUTSIDE_KM) return { kind: "outside" };
    const units: NearUnit[] = [];
    let listed: NearUnit | undefined;
    for (const { code, how, km } of nearest) {
      const isAbout = km <= first.km + MARGIN_KM;
      if (!isAbout && listed !== undefined) break;
      // An unlisted township of a city without counties stands for the city.
      const name = gazetteer.name(code) ?? gazetteer.name(`${code.slice(0, 4)}00`);
      if (how === "abroad" || name === undefined || units.some((unit) => unit.code === name.code)) continue;
      const unit: NearUnit = { ...name, km, status: gazetteer.status(name.code) };
      const isListed = unit.status !== "not_listed";
      if (isListed) listed ??= unit;
      if (isAbout && (units.length === 0 || isListed)) units.push(unit);
    }
    const offered = units.slice(0, OFFERED_AT_MOST);
    const isAnyListed = offered.some(({ status }) => status !== "not_listed");
    return isAnyListed ? { kind: "around", units: offered } : { kind: "far", units: offered, listed };
  };
}
