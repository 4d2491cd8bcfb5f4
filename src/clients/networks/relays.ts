/** Networks (ASNs) that stand between many browsers and the sites they use. Names as the RIRs had them in June 2026. */
export const relayNetworks: readonly number[] = [
  // iCloud Private Relay; source: Apple, https://mask-api.icloud.com/egress-ip-ranges.csv. Cloudflare and Fastly are its partners, and WARP comes out of the first too.
  13335, // Cloudflare, Inc.
  209242, // Cloudflare London, LLC
  36183, // Akamai Technologies, Inc.
  54113, // Fastly, Inc.
  714, // Apple Inc.
  6185, // Apple Inc.
  // CDNs, which stand before a site whose application takes their address for the client; source: each one's published ranges.
  20940, // Akamai International B.V.
  16625, // Akamai Technologies, Inc.
  12222, // Akamai Technologies, Inc.
  32787, // Akamai Technologies, Inc.
  19551, // Incapsula Inc
  200325, // BUNNYWAY, informacijske storitve d.o.o.
  15133, // Edgecast Inc.
  // Browsers and phones that are sent through Google: data saver, prefetch proxies, translate.
  15169, // Google LLC
  19527, // Google LLC
  // Security gateways that whole companies browse through; source: the providers' published egress ranges.
  22616, // ZSCALER, INC.
  62044, // Zscaler Switzerland GmbH
  53444, // ZSCALER, INC.
  53813, // ZSCALER, INC.
  62907, // ZSCALER, INC.
  55256, // Netskope Inc
  36692, // Cisco OpenDNS, LLC
  54538, // PALO ALTO NETWORKS
  44444, // Forcepoint UK Limited
  13448, // Forcepoint LLC
];
