/** Builds dist/ unless it was built from just these inputs. */
export function buildIfStale(root: string): void;
