/** Filters as they are wanted in earnest, and what each asks for. */
export const examples: readonly (readonly [filter: string, asks: string])[] = [
  ['user == "alice"', "one user's, found by the index"],
  ['user in ["alice", "bob"] && idle > duration("30m")', "two users', without a request for half an hour"],
  ['user == "" && age > duration("1d")', "anonymous sessions older than a day"],
  ['inCidr(ip, "10.0.0.0/8") || inCidr(ip, "2001:db8::/32")', "last seen from one of two networks"],
  ['!(level == "aal2") && "net" in flags', "without a second factor, and used from another network than before"],
  ['re(userAgent, "(?i)curl|python|go-http")', "of programs rather than browsers"],
  ['authenticatedAt < timestamp("7d ago")', "signed in more than a week ago"],
  [
    'createdAt >= timestamp("2026-03-01T09:00:00Z") && createdAt < timestamp("2026-03-01T10:00:00Z")',
    "begun in one hour",
  ],
  ['left < duration("10m") && sightingCount > 3', "about to end, and seen with more than three clients"],
  ['has(data.cart) && data.cart.exists(item, item.sku == "B-12")', "with one article in the cart"],
  ['user.endsWith("@example.com") && size > 4096', "of one domain, with a large record"],
];
