import { parse } from "csv-parse/sync";
import type { ContentFiles } from "./content.ts";
import { error, type Finding, type Position, startOf } from "./findings.ts";
import type { Checked } from "./shape.ts";
import type { CoverageArea } from "./types.ts";

const COVERAGE_FILE = "data/coverage.csv";
const COLUMNS = ["code", "province", "prefecture", "county", "township", "wording"] as const;

const OPTIONS = { info: true, raw: true, relax_column_count: true, skip_empty_lines: true };

/** One record as csv-parse hands it out with `info` and `raw`. */
interface Row {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/** Reads `data/coverage.csv`: the list that every "covered" rests on. */
export function parseCoverage(files: ContentFiles): Checked<readonly CoverageArea[]> {
  const content = files.get(COVERAGE_FILE);
  if (content === undefined)
    return {
      findings: [
        error(startOf(COVERAGE_FILE), "missing-file", `needed: the areas served, as ${COLUMNS.join(",")}`),
      ],
    };
  let rows: readonly Row[];
  try {
    // The library's types leave out what `info` and `raw` change.
    rows = parse(content, OPTIONS) as unknown as Row[];
  } catch (cause) {
    const line = cause instanceof Error && "lines" in cause ? Number(cause.lines) : 1;
    const message = cause instanceof Error ? cause.message : String(cause);
    const at = { file: COVERAGE_FILE, line, column: 1 };
    return { findings: [error(at, "coverage-shape", `not valid CSV: ${message}`)] };
  }

  const [header, ...body] = rows;
  if (header?.record.join() !== COLUMNS.join()) {
    const at = startOf(COVERAGE_FILE);
    return { findings: [error(at, "coverage-shape", `the first line must be ${COLUMNS.join(",")}`)] };
  }
  if (body.length === 0)
    return {
      findings: [error(startOf(COVERAGE_FILE), "coverage-shape", "no area is listed: one line each")],
    };

  const findings: Finding[] = [];
  const firstLines = new Map<string, number>();
  const areas = body.flatMap((row) => {
    const wrong = checkRow(row);
    findings.push(...wrong);
    if (wrong.length > 0) return [];
    const [code = "", province = "", prefecture = "", county = "", township = "", wording = ""] = row.record;
    const at = positionOf(row, 0);
    const first = firstLines.get(code);
    if (first !== undefined)
      findings.push(error(at, "coverage-duplicate-code", `${code} is on line ${first} already: keep one`));
    else firstLines.set(code, at.line);
    return [{ code, province, prefecture, county, township, wording }];
  });
  return { value: areas, findings };
}

function checkRow(row: Row): Finding[] {
  const { record } = row;
  if (record.length !== COLUMNS.length)
    return [shape(row, 0, `${record.length} fields instead of ${COLUMNS.length}: ${COLUMNS.join(",")}`)];
  const [code = "", province, , county, township, wording] = record;
  const untrimmed = record.flatMap((field, i) =>
    field === field.trim() ? [] : [shape(row, i, `"${field}" has spaces around it: remove them`)],
  );
  if (!/^(\d{6}|\d{9})$/u.test(code))
    return [...untrimmed, shape(row, 0, `"${code}" is not a code: 6 digits, or 9 for a township`)];
  const needed = [
    ...(province === "" ? [shape(row, 1, "the province is missing")] : []),
    // 中山市 and the cities of Hainan have townships and no county between.
    ...(code.length === 6 && county === ""
      ? [shape(row, 3, `${code} is a county: its name is missing`)]
      : []),
    ...(code.length === 9 && township === ""
      ? [shape(row, 4, `${code} is a township: its name is missing`)]
      : []),
    ...(code.length === 6 && township !== ""
      ? [shape(row, 0, `${code} is a county's code: a row with a township needs the township's 9 digits`)]
      : []),
    ...(wording === "" ? [shape(row, 5, "the source's own wording is missing")] : []),
  ];
  return [...untrimmed, ...needed];
}

function shape(row: Row, field: number, message: string): Finding {
  return error(positionOf(row, field), "coverage-shape", message);
}

/** Where a field stands. A quoted field may hold commas, so the raw line is walked, not split. */
function positionOf(row: Row, field: number): Position {
  const line = row.raw.trim();
  let index = 0;
  let quoted = false;
  let column = 0;
  for (; column < line.length && index < field; column++) {
    if (line[column] === '"') quoted = !quoted;
    else if (line[column] === "," && !quoted) index++;
  }
  return { file: COVERAGE_FILE, line: row.info.lines, column: column + 1 };
}
