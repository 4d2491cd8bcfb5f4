import { SessctlError } from "../core/errors.js";
import { applyChange, type ChangeControl, type Order } from "./change.js";
import { type Desk, recorded, type Recorded } from "./recorded.js";

/**
 * Brings the end of exactly these sessions forward to `endsAt` (ms since 1970), and leaves a trail of it; those that end
 * sooner stay as they are. Throws `unsupported` when the layout cannot.
 */
export async function expire(
  desk: Desk,
  order: Order & { readonly endsAt: number },
  control?: ChangeControl,
): Promise<Recorded> {
  const { directory } = desk;
  if (directory.capabilities.expire === "none") {
    throw new SessctlError("unsupported", `the end of a session cannot be set in the layout ${directory.layout}`, {
      hint: "Revoke the sessions instead.",
    });
  }
  return recorded(desk, { deed: "expire", ...order }, () =>
    applyChange(order.ids, (batch) => directory.expire(batch, order.endsAt, order), control),
  );
}
