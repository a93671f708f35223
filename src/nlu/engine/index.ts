export { createClassifier, type ScopedClassification, type TrainedClassifier } from "./classifier.ts";
export {
  type Confusion,
  type Evaluation,
  evaluate,
  type Figures,
  type IntentFigures,
  type Measuring,
} from "./evaluate.ts";
export { type Doubt, findDoubts } from "./folds.ts";
export { OUT_OF_SCOPE } from "./learn.ts";
export { loadModel, saveModel } from "./persist.ts";
export { type Model, trainModel } from "./train.ts";
