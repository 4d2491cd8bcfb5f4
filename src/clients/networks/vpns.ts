/** Networks (ASNs) that VPNs for people come out of. Names as the RIRs had them in June 2026. */
export const vpnNetworks: readonly number[] = [
  // VPN providers by their own name; source: the RIR databases.
  147049, // PacketHub S.A.
  136787, // PacketHub S.A.
  141039, // PacketHub S.A.
  207137, // PacketHub S.A.
  272096, // PACKETHUB S.A.
  62371, // Proton AG
  209103, // Proton AG
  199218, // Proton AG
  208172, // Proton AG
  216025, // Mullvad VPN AB
  397540, // Windscribe
  203619, // IVPN Limited
  208765, // Bullet Proof VPN Ltd
  397282, // Castle VPN
  206092, // F.N.S. HOLDINGS LIMITED
  // Surfshark's, by X4BNet/lists_vpn.
  209854, // Cyberzone S.A.
  // Rented by most of the large VPN providers for their exits, and by few others that browse; sources: the providers' server lists, which give addresses in these, as X4BNet/lists_vpn (Mullvad, PIA, Proton) and qdm12/gluetun have them.
  9009, // M247 Europe SRL
  16247, // M247 UK Ltd
  33970, // M247 Ltd
  42973, // M247 UK Ltd
  51332, // M247 Europe SRL
  60068, // Datacamp Limited
  212238, // Datacamp Limited
  211612, // Datacamp Limited
  62240, // Clouvider Limited
  39351, // 31173 Services AB
  11878, // tzulo, inc.
  46562, // Performive LLC
  137409, // GSL Networks Pty LTD
  205016, // HERN Labs AB
  39832, // Opera Software AS
  136557, // Host Universal Pty Ltd
  23959, // Owl Limited
  43357, // Owl Limited
];
