import { SAID } from "./features.ts";
import { type Course, type LinearModel, margins, trainLinear } from "./linear.ts";
import { EPOCHS, logChances, type Net, trainNet } from "./net.ts";
import { partOfRows, type Rows } from "./rows.ts";
import type { SvmRoom } from "./svm.ts";
import { partOf, type SparseVector } from "./vocabulary.ts";

/**
 * What judges a text: a linear model, and where examples aren't too many some small nets beside it (of what is said:
 * pairs slow them and teach them nothing).
 */
export interface Committee {
  readonly linear: LinearModel;
  readonly nets: readonly Net[];
  /** What the nets' mean ln P(class) counts beside the linear margin. */
  readonly netsWeight: number;
}

export interface Judgement {
  /** Of each class. */
  readonly scores: Float64Array;
  /** Of each class by the linear model alone. */
  readonly linear: Float64Array;
}

const MOST_NETS = 8;
/** Share of them that a trial has: it's thrown away. */
const TRIED = 1 / 4;
/** Readings of examples in training all nets together: what makes nets costly is many examples. */
const MOST_READINGS = 110_000;
/** What the nets count where classes have one example each; less as they have more: few are what nets are better with. */
const NETS_WEIGHT = 1.5;
const MOST_NETS_WEIGHT = 0.6;

/** How many nets so many examples are given: eight up to 2,750, two up to 11,000, none above. */
function netsFor(examples: number): number {
  const affordable = Math.floor(MOST_READINGS / (examples * EPOCHS));
  return affordable < 2 ? 0 : Math.min(MOST_NETS, affordable);
}

export function trainCommittee(
  room: SvmRoom,
  rows: Rows,
  labels: ArrayLike<number>,
  learning: readonly number[],
  how: Course,
): Committee {
  const linear = trainLinear(room, rows, labels, learning, how);
  const meant = netsFor(rows.lengths.length);
  const trained = how.begin === "trial" ? Math.ceil(TRIED * meant) : meant;
  const features = linear.scales.length - 1;
  const taught = trained > 0 ? [partOfRows(rows, learning, SAID)] : [];
  const own = Uint16Array.from(learning, (i) => labels[i] ?? 0);
  const perClass = rows.lengths.length / room.classes;
  return {
    linear,
    netsWeight: Math.min(MOST_NETS_WEIGHT, NETS_WEIGHT / Math.sqrt(perClass)),
    nets: taught.flatMap((said) =>
      Array.from({ length: trained }, (_, n) => trainNet(said, own, room.classes, features, n + 1)),
    ),
  };
}

export function judge({ linear, nets, netsWeight }: Committee, vector: SparseVector): Judgement {
  const alone = margins(linear, vector);
  const scores = alone.slice();
  const said = partOf(vector, SAID);
  for (const net of nets) {
    const chances = logChances(net, said);
    for (let c = 0; c < scores.length; c++)
      scores[c] = (scores[c] as number) + (netsWeight / nets.length) * (chances[c] as number);
  }
  return { scores, linear: alone };
}
