import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  type YAMLParseError,
} from "yaml";
import { error, type Finding, type Position } from "./findings.ts";

type Path = readonly PropertyKey[];

/** A parsed YAML file that still knows where each of its values stands. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** Where the value at a path begins; for a path that doesn't exist, its nearest ancestor. */
  readonly at: (path: Path) => Position;
  /** Where the key of a map entry begins. */
  readonly keyAt: (path: Path) => Position;
  /** Where the n-th character of a text stands: exact in a `|` block, elsewhere where the text begins. */
  readonly within: (path: Path, index: number) => Position;
}

/** Parses one YAML file. Without a `yaml`, the findings say why. */
export function readYaml(
  file: string,
  text: string,
): { readonly yaml?: YamlFile; readonly findings: readonly Finding[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const findings = syntaxFindings(document, position);
  if (findings.length > 0) return { findings };

  const locate = (path: Path, which: "key" | "value"): Position => position(offsetOf(document, path, which));
  const source = text.split("\n");
  const yaml: YamlFile = {
    file,
    value: document.toJS(),
    at: (path) => locate(path, "value"),
    keyAt: (path) => locate(path, "key"),
    within: (path, index) => {
      const begin = locate(path, "value");
      const node = document.getIn(path, true);
      if (!isScalar(node) || node.type !== Scalar.BLOCK_LITERAL) return begin;
      const before = String(node.value).slice(0, index).split("\n");
      const line = begin.line + before.length;
      const indent = source[begin.line]?.search(/\S/u) ?? 0;
      return { file, line, column: indent + (before.at(-1) ?? "").length + 1 };
    },
  };
  return { yaml, findings };
}

function syntaxFindings(document: Document, position: (offset: number) => Position): Finding[] {
  const repeated = document.errors.filter((e) => e.code === "DUPLICATE_KEY");
  // After the first syntax error the parser guesses, and what it reports next is mostly its own confusion.
  const broken = document.errors.filter((e) => e.code !== "DUPLICATE_KEY").slice(0, 1);
  return [
    ...repeated.map((e) =>
      error(position(e.pos[0]), "duplicate-key", "this key stands twice in one map: keep one of them"),
    ),
    ...broken.map((e) =>
      error(position(e.pos[0]), "yaml-syntax", `not valid YAML: ${e.message}${adviceFor(e.code)}`),
    ),
  ];
}

/** The library names the grammar; most authors only forgot quotes. */
function adviceFor(code: YAMLParseError["code"]): string {
  switch (code) {
    case "BLOCK_AS_IMPLICIT_KEY":
    case "MULTILINE_IMPLICIT_KEY":
      return '. A text that holds ": " must be in quotes';
    case "TAB_AS_INDENT":
      return ". Indent with spaces";
    default:
      return "";
  }
}

function offsetOf(document: Document, path: Path, which: "key" | "value"): number {
  let node: unknown = document.contents;
  let offset = startOfNode(node) ?? 0;
  for (const [depth, segment] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isSeq(node)) {
      node = node.items[Number(segment)];
    } else if (isMap(node)) {
      const pair = node.items.find((item) => keyName(item.key) === String(segment));
      if (pair === undefined) return offset;
      const wantsKey = which === "key" && depth === path.length - 1;
      if (wantsKey || startOfNode(pair.value) === undefined) return startOfNode(pair.key) ?? offset;
      node = pair.value;
    } else {
      return offset;
    }
    offset = startOfNode(node) ?? offset;
  }
  return offset;
}

function keyName(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function startOfNode(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
