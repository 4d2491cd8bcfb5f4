import { inspect } from "node:util";
import { expect, it } from "vitest";
import { failure } from "../../src/redis/failure.js";

it("an error never repeats the arguments of a command, in its causes and stacks neither: a foreign session's key opens it", () => {
  const error = new Error("ERR unknown command 'GETRANGE', with args beginning with: 'sess:the-secret' '0' ");
  const shown = failure(error, undefined, "default");
  expect(shown).toMatchObject({ code: "unsupported", message: expect.stringContaining("GETRANGE") });
  expect(inspect(shown, { depth: Infinity })).not.toContain("the-secret");
  const odd = new Error("ERR odd, with args beginning with: 'sess:the-secret'");
  expect(inspect(failure(odd, undefined, "default"))).not.toContain("the-secret");
});
