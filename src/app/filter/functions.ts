/** What can be called in a filter, as it is written, and what that gives. Methods begin with a dot. */
export const functions: readonly (readonly [call: string, about: string])[] = [
  ['inCidr(ip, "10.0.0.0/8")', "whether an address is in a network, IPv4 or IPv6"],
  [
    're(text, "pattern")',
    "whether a regular expression (RE2) is found in a text, in time that grows with the text alone",
  ],
  ['duration("30m")', "a duration: 90s, 30m, 12h, 7d, 1h30m"],
  ['timestamp("2h ago")', "a time: ISO 8601, or relative to now"],
  ["has(data.key)", "whether there is such a key, and it is not null"],
  ["size(x)", "length of a text, a list or a map"],
  [".contains(t), .startsWith(t), .endsWith(t)", "whether a text has, begins with or ends with another"],
  [".lowerAscii(), .upperAscii(), .trim()", "a text in small letters, in capitals, without blanks around it"],
  [".exists(x, …), .all(x, …)", "whether something holds of one, of every element of a list"],
  [".filter(x, …), .map(x, …)", "the elements of which something holds, something of every element"],
  ["x in list", "whether a list has an element, or a map a key"],
  ["c ? a : b", "a when c holds, otherwise b"],
];

/** What CEL has beside, and is seldom wanted. */
const seldom = [
  "exists_one",
  "indexOf",
  "lastIndexOf",
  "substring",
  "split",
  "join",
  "string",
  "int",
  "double",
  "bool",
  "type",
  "getFullYear",
  "getMonth",
  "getDate",
  "getDayOfWeek",
  "getHours",
  "getMinutes",
  "getSeconds",
];

/** Every name that can be called. */
export const functionNames: readonly string[] = [
  ...functions.flatMap(([call]) => [...call.matchAll(/(\w+)\(/g)].map(([, name = ""]) => name)),
  ...seldom,
];
