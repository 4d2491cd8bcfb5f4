/** When each of many places was first visited by somebody else: an answer for each of n visitors costs one look, not n. */
export class FirstVisits<Place, Visitor> {
  /** The earliest visit of a place, and the earliest by anybody but its visitor. */
  readonly #first = new Map<Place, { at: number; by: Visitor; othersAt: number }>();

  /** Takes a visit in; one at no time (`NaN`) counts as never. */
  add(place: Place, at: number, by: Visitor): void {
    if (Number.isNaN(at)) return;
    const first = this.#first.get(place);
    if (first === undefined) this.#first.set(place, { at, by, othersAt: Infinity });
    else if (first.by === by) first.at = Math.min(first.at, at);
    else if (at >= first.at) first.othersAt = Math.min(first.othersAt, at);
    else this.#first.set(place, { at, by, othersAt: first.at });
  }

  /** When anybody but `visitor` was first at a place; `Infinity` for never. */
  byOthers(place: Place, visitor: Visitor): number {
    const first = this.#first.get(place);
    if (first === undefined) return Infinity;
    return first.by === visitor ? first.othersAt : first.at;
  }
}
