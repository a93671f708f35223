/**
 * The systems compared, behind one shape: `train(examples)` gives `rank(text)`, which gives
 * `[{ intent, score }]`, best first. All with their own defaults but what a comment says.
 */

const HAN = /\p{Script=Han}/u;
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
/** Peers that split at spaces see a Chinese sentence as one word: they get it segmented. */
const spaced = (text) =>
  HAN.test(text)
    ? Array.from(segmenter.segment(text), (part) => part.segment.trim())
        .filter(Boolean)
        .join(" ")
    : text;

async function zhida(examples) {
  const { createClassifier, trainModel } = await import("../../dist/nlu/engine/index.js");
  const classifier = createClassifier(trainModel(examples));
  return {
    threshold: classifier.threshold,
    rank(text) {
      const { ranked, scope, inScope } = classifier.classify(text);
      return {
        ranked: ranked.slice(0, 3).map(({ intent, confidence }) => ({ intent, score: confidence })),
        scope,
        inScope,
      };
    },
  };
}

async function nlpjs(examples) {
  const { NlpManager } = await import("node-nlp").then((module) => module.default ?? module);
  const language = examples.some(({ text }) => HAN.test(text)) ? "zh" : "en";
  const manager = new NlpManager({
    languages: [language],
    forceNER: false,
    autoSave: false,
    nlu: { log: false },
  });
  for (const { text, intent } of examples) manager.addDocument(language, spaced(text), intent);
  await manager.train();
  return {
    async rank(text) {
      const { classifications } = await manager.process(language, spaced(text));
      return { ranked: classifications.slice(0, 3).map(({ intent, score }) => ({ intent, score })) };
    },
  };
}

async function fasttext(examples) {
  const { getFastTextClass, getFastTextModule } = await import("fasttext.wasm.js");
  const FastText = await getFastTextClass({ getFastTextModule });
  const clean = (text) =>
    spaced(text.toLowerCase())
      .replace(/([.,!?'"()])/g, " $1 ")
      .replace(/\s+/g, " ");
  const names = [...new Set(examples.map(({ intent }) => intent))];
  const numberOf = new Map(names.map((name, i) => [name, i]));
  const lines = examples
    .map(({ text, intent }) => `__label__${numberOf.get(intent)} ${clean(text)}`)
    .join("\n");
  const trainer = new FastText();
  // The defaults (5 epochs, rate 0.1, single words) give next to nothing on sets this small, and without
  // "softmax" this build crashes.
  const url = `data:text/plain;base64,${Buffer.from(lines).toString("base64")}`;
  const model = await trainer.trainSupervised(
    url,
    { lr: 0.5, epoch: 50, wordNgrams: 2, minn: 2, maxn: 5, dim: 50, bucket: 50_000, loss: "softmax" },
    () => {},
  );
  return {
    rank(text) {
      const found = model.predict(clean(text), 3, 0);
      const ranked = [];
      for (let i = 0; i < found.size(); i++) {
        const [score, label] = found.get(i);
        ranked.push({ intent: names[Number(label.replace("__label__", ""))], score });
      }
      return { ranked };
    },
  };
}

async function natural(examples) {
  const { default: library } = await import("natural");
  const chinese = examples.some(({ text }) => HAN.test(text));
  const classifier = new library.BayesClassifier();
  // Its stemmer knows no Chinese and drops it: given words are taken as they are.
  const input = (text) => (chinese ? spaced(text).split(" ") : text);
  for (const { text, intent } of examples) classifier.addDocument(input(text), intent);
  classifier.train();
  return {
    rank(text) {
      const found = classifier.getClassifications(input(text));
      const total = found.reduce((sum, { value }) => sum + value, 0) || 1;
      return {
        ranked: found.slice(0, 3).map(({ label, value }) => ({ intent: label, score: value / total })),
      };
    },
  };
}

async function fuse(examples) {
  const { default: Fuse } = await import("fuse.js");
  const index = new Fuse(examples, { keys: ["text"], includeScore: true });
  return {
    rank(text) {
      const ranked = [];
      for (const { item, score } of index.search(text.slice(0, 200), { limit: 30 })) {
        if (ranked.every(({ intent }) => intent !== item.intent))
          ranked.push({ intent: item.intent, score: 1 - score });
      }
      return { ranked: ranked.slice(0, 3) };
    },
  };
}

/** `rows`: at most so many test rows, evenly spread, where a system takes minutes for all. */
export const SYSTEMS = {
  zhida: { train: zhida },
  "nlp.js": { train: nlpjs, package: "node-nlp" },
  fastText: { train: fasttext, package: "fasttext.wasm.js" },
  natural: { train: natural, package: "natural" },
  "fuse.js": { train: fuse, package: "fuse.js", rows: 60 },
};

export const SETS = {
  clinc150: ["clinc150/train.jsonl", "clinc150/test.jsonl"],
  banking77: ["banking77/train.jsonl", "banking77/test.jsonl"],
  "banking77-10": ["banking77/train_10.jsonl", "banking77/test.jsonl"],
  "smp2017-zh": ["smp2017-zh/train.jsonl", "smp2017-zh/test.jsonl"],
  "hint3-curekart": ["hint3-curekart/train.jsonl", "hint3-curekart/test.jsonl"],
};
