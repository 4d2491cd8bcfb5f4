/** A reply of Redis before it is decoded. */
export type Reply = string | number | null | Reply[];

/** A command's name and arguments. */
export type Command = readonly [name: string, ...args: (string | number)[]];

/** A command whose arguments may be bytes. */
export type BytesCommand = readonly [name: string, ...args: (string | number | Buffer)[]];

/** A reply in which every string is its bytes. */
export type BytesReply = Buffer | number | null | BytesReply[];
