import { type Letter, letterText } from "../dialogue/downgrade/letter-text.ts";

/**
 * A complaint letter as documents to hand in.
 * @param name without its ending
 */
export async function letterFiles(
  letter: Letter,
  name: string,
): Promise<{ name: string; content: string | Uint8Array }[]> {
  return [
    { name: `${name}.docx`, content: await letterDocx(letter) },
    // Windows' own editor takes a text without a byte order mark for another encoding.
    { name: `${name}.txt`, content: `\uFEFF${letterText(letter)}\n` },
  ];
}

/** A4 in twentieths of a point, with the margins that Chinese office software begins with. */
const PAGE = { width: 11906, height: 16838 };
const MARGIN = { top: 1440, bottom: 1440, left: 1800, right: 1800 };
/** Half points: 18 pt for the title, 12 pt for the rest. */
const TITLE = 36;
const BODY = 24;
/** Known to every Chinese Word; where it is missing, the reader takes its own font for Chinese. */
const FONT = {
  ascii: "Times New Roman",
  hAnsi: "Times New Roman",
  eastAsia: "SimSun",
  cs: "Times New Roman",
};

/** Loaded with the first letter: nothing else needs a word processor's format. */
async function letterDocx(letter: Letter): Promise<Uint8Array> {
  const { AlignmentType, Document, Packer, Paragraph, TextRun } = await import("docx");
  const text = (words: string, more: { bold?: boolean; size?: number } = {}) =>
    new TextRun({ text: words, ...more });
  const paragraph = (words: string) => new Paragraph({ children: [text(words)] });
  const sections = letter.sections.flatMap(({ heading, lines }) => [
    new Paragraph({
      children: [text(heading, { bold: true })],
      spacing: { before: 200 },
      keepNext: true,
    }),
    ...lines.map(paragraph),
  ]);
  const closing = letter.closing.map(
    (line, at) =>
      new Paragraph({
        children: [text(line)],
        alignment: AlignmentType.RIGHT,
        spacing: { before: at === 0 ? 400 : 0 },
      }),
  );
  const document = new Document({
    title: letter.title,
    styles: {
      default: {
        document: {
          run: { font: FONT, size: BODY, language: { value: "zh-CN", eastAsia: "zh-CN" } },
          paragraph: { spacing: { line: 360 } },
        },
      },
    },
    sections: [
      {
        properties: { page: { size: PAGE, margin: MARGIN } },
        children: [
          new Paragraph({
            children: [text(letter.title, { bold: true, size: TITLE })],
            alignment: AlignmentType.CENTER,
            spacing: { after: 300 },
          }),
          paragraph(letter.addressed),
          ...sections,
          ...closing,
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
