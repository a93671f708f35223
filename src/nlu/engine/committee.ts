import { SAID } from "./features.ts";
import { type Begin, type LinearModel, margins, trainLinear } from "./linear.ts";
import { logChances, type Net, trainNet } from "./net.ts";
import { partOfRows, type Rows } from "./rows.ts";
import type { SvmRoom } from "./svm.ts";
import { partOf, type SparseVector } from "./vocabulary.ts";

/** What judges a text: a linear model, and where examples are few some small nets beside it (of what is said: pairs slow them and teach them nothing). */
export interface Committee {
  readonly linear: LinearModel;
  readonly nets: readonly Net[];
  /** What the nets' mean ln P(class) counts beside the linear margin. */
  readonly netsWeight: number;
}

export interface Judgement {
  /** Of each class, for ranking. */
  readonly scores: Float64Array;
  /** Of each class by the linear model alone, which knows better what it has never seen. */
  readonly linear: Float64Array;
}

const NET_EPOCHS = 10;
const MOST_NETS = 5;
/** Examples read in training all nets together: what makes nets worth while is few examples, what makes them costly is many. */
const NET_BUDGET = 40_000;
const WEIGHT_A_NET = 0.1;

/** How many nets so many examples are given: five up to 800, none above 2,000, where one alone brings nothing. */
function netsFor(examples: number): number {
  const affordable = Math.floor(NET_BUDGET / (examples * NET_EPOCHS));
  return affordable < 2 ? 0 : Math.min(MOST_NETS, affordable);
}

/** A trial has one net at most, which counts as much as all would: it can't wait for all. */
export function trainCommittee(
  room: SvmRoom,
  rows: Rows,
  labels: ArrayLike<number>,
  learning: readonly number[],
  begin: Begin,
): Committee {
  const linear = trainLinear(room, rows, labels, learning, begin);
  const meant = netsFor(rows.lengths.length);
  const trained = begin === "trial" ? Math.min(1, meant) : meant;
  const features = linear.scales.length - 1;
  const taught = trained > 0 ? [partOfRows(rows, learning, SAID)] : [];
  const own = Uint16Array.from(learning, (i) => labels[i] ?? 0);
  return {
    linear,
    nets: taught.flatMap((said) =>
      Array.from({ length: trained }, (_, n) =>
        trainNet(said, own, room.classes, features, NET_EPOCHS, n + 1),
      ),
    ),
    netsWeight: WEIGHT_A_NET * meant,
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
