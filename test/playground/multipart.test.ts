import { expect, test } from "vitest";
import { parseMultipart } from "../../src/playground/http/multipart.ts";

const body = (...lines: string[]) => Buffer.from(lines.join("\r\n"));

test("fields and files, in the strict and in grammY's spelling", () => {
  const parts = parseMultipart(
    body(
      "--xx",
      'Content-Disposition: form-data; name="caption"',
      "",
      "协议",
      "--xx",
      'content-disposition:form-data;name="f";filename=a b.txt',
      "content-type:application/octet-stream",
      "",
      "1\r\n\r\n--x2",
      "--xx--",
    ),
    'multipart/form-data; boundary="xx"',
  );
  expect(parts?.map(({ name, filename, bytes }) => [name, filename, bytes.toString()])).toEqual([
    ["caption", null, "协议"],
    ["f", "a b.txt", "1\r\n\r\n--x2"],
  ]);
});

test.each([
  ["no boundary", "--xx--", "multipart/form-data"],
  [
    "cut short",
    '--xx\r\ncontent-disposition:form-data;name="a"\r\n\r\nb',
    "multipart/form-data; boundary=xx",
  ],
  ["a part without a name", "--xx\r\nx: y\r\n\r\nb\r\n--xx--", "multipart/form-data; boundary=xx"],
])("%s is refused", (_, text, type) => {
  expect(parseMultipart(Buffer.from(text), type)).toBeNull();
});
