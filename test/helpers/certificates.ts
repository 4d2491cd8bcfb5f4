import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A certificate and its key, as PEM texts. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

/** An authority that certifies servers and clients. */
export interface Authority extends Certified {
  /** Certifies a new key for these host names and addresses. */
  issue(options: { readonly names?: readonly string[]; readonly until?: Date }): Certified;
}

/** Makes a new authority; X.509 as RFC 5280 has it, with keys of the curve P-256. Nothing but Node is needed. */
export function createAuthority(name: string): Authority {
  const keys = newKeys();
  const from = new Date(Date.now() - 2 * 86_400_000);
  const nextYear = new Date(Date.now() + 365 * 86_400_000);
  const certify = (subject: string, publicKey: KeyObject, until: Date, extensions: readonly Buffer[]) =>
    signed(
      sequence(
        tagged(0xa0, integer(Buffer.from([2]))),
        integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
        ecdsaWithSha256,
        nameOf(name),
        sequence(time(from), time(until)),
        nameOf(subject),
        publicKey.export({ type: "spki", format: "der" }),
        tagged(0xa3, sequence(...extensions)),
      ),
      keys.privateKey,
    );
  return {
    cert: certify(name, keys.publicKey, nextYear, [extension("551d13", sequence(yes), true)]),
    key: pemKey(keys.privateKey),
    issue({ names = [], until = nextYear }) {
      const { publicKey, privateKey } = newKeys();
      const subjects = names.length === 0 ? [] : [extension("551d11", sequence(...names.map(alternativeName)))];
      const usage = extension("551d0f", Buffer.from([3, 2, 7, 0x80]));
      return { cert: certify("peer", publicKey, until, [usage, ...subjects]), key: pemKey(privateKey) };
    },
  };
}

const newKeys = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
const pemKey = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();

// DER: a tag, a length, the content.

function tagged(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]) => tagged(0x30, ...parts);
const integer = (bytes: Buffer) => tagged(0x02, bytes);
const identifier = (hex: string) => tagged(0x06, Buffer.from(hex, "hex"));
const yes = Buffer.from([1, 1, 0xff]);
const ecdsaWithSha256 = sequence(identifier("2a8648ce3d040302"));

function nameOf(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(identifier("550403"), tagged(0x0c, Buffer.from(commonName)))));
}

function time(at: Date): Buffer {
  return tagged(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]|\.\d+Z/g, "")}Z`));
}

function extension(hex: string, value: Buffer, critical = false): Buffer {
  return sequence(identifier(hex), ...(critical ? [yes] : []), tagged(0x04, value));
}

function alternativeName(name: string): Buffer {
  const parts = name.split(".").map(Number);
  const isAddress = parts.length === 4 && parts.every((part) => Number.isInteger(part));
  return isAddress ? tagged(0x87, Buffer.from(parts)) : tagged(0x82, Buffer.from(name));
}

function signed(content: Buffer, key: KeyObject): string {
  const signature = tagged(0x03, Buffer.from([0]), sign("sha256", content, key));
  const der = sequence(content, ecdsaWithSha256, signature).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${(der.match(/.{1,64}/g) ?? []).join("\n")}\n-----END CERTIFICATE-----\n`;
}
