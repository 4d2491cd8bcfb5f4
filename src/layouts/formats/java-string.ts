const longest = 0xffff;

/** A text of plain ASCII as `ObjectOutputStream` writes it: the stream's magic and version, the type, a length, the bytes; `undefined` for one too long for that. */
export function javaString(text: string): Buffer | undefined {
  const bytes = Buffer.from(text);
  if (bytes.length > longest) return undefined;
  const head = Buffer.from("aced0005740000", "hex");
  head.writeUInt16BE(bytes.length, head.length - 2);
  return Buffer.concat([head, bytes]);
}
