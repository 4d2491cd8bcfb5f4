/** The parameters of `CONFIG GET` that are asked for. None of them is a secret. */
export const parameters = [
  "maxmemory",
  "maxmemory-policy",
  "appendonly",
  "appendfsync",
  "save",
  "port",
  "tls-port",
  "bind",
  "protected-mode",
  "min-replicas-to-write",
  "min-replicas-max-lag",
  "cluster-require-full-coverage",
  "notify-keyspace-events",
  "slowlog-log-slower-than",
] as const;
