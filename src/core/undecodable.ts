/** Why a record cannot be decoded that its application encrypts: nothing is wrong with it, and nothing in it can be judged. */
export const encryptedReason = "encrypted";
