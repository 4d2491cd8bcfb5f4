/**
 * Networks (ASNs) in which servers are rented. Curated by hand: a search for words such as `hosting` finds resellers of
 * access and misses the largest clouds. Names as the RIRs had them in June 2026.
 *
 * Compared with two public lists, X4BNet/lists_vpn (`input/datacenter/ASN.txt`) and brianhama/bad-asn-list: two thirds
 * are in one of them or both. The rest are clouds and hosters by their own name, or have their source at their group.
 */
export const hostingNetworks: readonly number[] = [
  // Large clouds. Sources: the providers' own published ranges and their entries in the RIR databases.
  16509, // Amazon.com, Inc.
  14618, // Amazon.com, Inc.
  8987, // Amazon Data Services Ireland Ltd
  396982, // Google LLC
  8075, // Microsoft Corporation
  31898, // Oracle Corporation
  36351, // IBM Cloud
  45102, // Alibaba (US) Technology Co., Ltd.
  37963, // Hangzhou Alibaba Advertising Co.,Ltd.
  132203, // Shenzhen Tencent Computer Systems Company Limited
  45090, // Shenzhen Tencent Computer Systems Company Limited
  136907, // HUAWEI INTERNATIONAL PTE. LTD.
  55990, // Huawei Cloud Service data center
  23576, // NAVER Cloud Corp.
  200350, // Yandex.Cloud LLC
  // Servers by the hour, month or year; sources: PeeringDB (info_type Content or NSP, with the provider as its organisation) and the RIR databases.
  14061, // DigitalOcean, LLC
  63949, // Akamai Technologies, Inc.
  20473, // The Constant Company, LLC
  16276, // OVH SAS
  35540, // OVH SAS
  24940, // Hetzner Online GmbH
  213230, // Hetzner Online GmbH
  212317, // Hetzner Online GmbH
  215859, // Hetzner Online GmbH
  12876, // Scaleway SAS
  51167, // Contabo GmbH
  40021, // Contabo Inc.
  141995, // Contabo Asia Private Limited
  60781, // LeaseWeb Netherlands B.V.
  28753, // Leaseweb Deutschland GmbH
  30633, // Leaseweb USA, Inc.
  7203, // Leaseweb USA, Inc.
  396362, // Leaseweb USA, Inc.
  16265, // LeaseWeb Network B.V.
  59253, // LEASEWEB SINGAPORE PTE. LTD.
  395954, // Leaseweb USA, Inc.
  133752, // LEASEWEB HONG KONG LIMITED
  27411, // Leaseweb USA, Inc.
  19148, // Leaseweb USA, Inc.
  394380, // Leaseweb USA, Inc.
  393886, // Leaseweb USA, Inc.
  205544, // LEASEWEB UK LIMITED
  8560, // IONOS SE
  54548, // ProfitBricks, Inc.
  6724, // Strato AG
  197540, // netcup GmbH
  31034, // Aruba S.p.A.
  202053, // UpCloud Ltd
  25697, // UpCloud USA Inc
  47583, // Hostinger International Limited
  22612, // Namecheap, Inc.
  26496, // GoDaddy.com, LLC
  398101, // GoDaddy.com, LLC
  26347, // New Dream Network, LLC
  46606, // Unified Layer
  33070, // Rackspace Hosting
  27357, // Rackspace Hosting
  19994, // Rackspace Hosting
  29802, // HIVELOCITY, Inc.
  33182, // HostDime.com, Inc.
  40676, // Psychz Networks
  36352, // HostPapa
  8100, // QuadraNet Enterprises LLC
  53667, // FranTech Solutions
  3842, // InMotion Hosting, Inc.
  21859, // Zenlayer Inc
  199524, // G-Core Labs S.A.
  202422, // G-Core Labs S.A.
  49505, // JSC Selectel
  50340, // JSC Selectel
  9123, // JSC "TIMEWEB"
  197695, // "Domain names registrar REG.RU", Ltd
  198610, // Beget LLC
  48282, // Hosting technology LTD
  216071, // SERVERS TECH FZCO
  50673, // Serverius Holding B.V.
  49981, // WorldStream B.V.
  43350, // NForce Entertainment B.V.
  40509, // Fly.io, Inc.
  36007, // Kamatera, Inc.
  41436, // Kamatera Inc
  57043, // HOSTKEY B.V.
  395839, // HOSTKEY
  138915, // Kaopu Cloud HK Limited
  135377, // UCLOUD INFORMATION TECHNOLOGY (HK) LIMITED
  19318, // Interserver, Inc
  46844, // Sharktech
  9370, // SAKURA Internet Inc.
  7684, // SAKURA Internet Inc.
  9371, // SAKURA Internet Inc.
  54825, // Packet Host, Inc.
  16125, // UAB Cherry Servers
  54290, // HostPapa
  55293, // A2 Hosting, Inc.
  20278, // Nexeon Technologies, Inc.
  55286, // B2 Net Solutions Inc.
  29066, // velia.net Internetdienste GmbH
  24961, // WIIT AG
  20773, // Host Europe GmbH
  8972, // Host Europe GmbH
  12586, // GHOSTnet GmbH
  30823, // aurologic GmbH
  44066, // firstcolo GmbH
  47447, // 23M GmbH
  42708, // GleSYS AB
  50304, // Blix Solutions AS
  34989, // ServeTheWorld AS
  61098, // Akenes SA
  53589, // PlanetHoster
  34549, // meerfarbig GmbH & Co. KG
  62282, // UAB Delska Lithuania
  56630, // Melbikomas UAB
  42831, // UK Dedicated Servers Limited
  25369, // Hydra Communications Ltd
  35913, // DediPath
  32181, // GigeNET
  59711, // HZ Hosting Ltd
  206264, // Amarutu Technology Ltd
  200651, // FlokiNET ehf
  62005, // BlueVPS OU
  9312, // xTom Hong Kong Limited
  142002, // Scloud Pte Ltd
  64050, // BGP Network Limited
  25820, // IT7 Networks Inc
  906, // DMIT Cloud Services
  396073, // Majestic Hosting Solutions, LLC
  49544, // i3D.net B.V
  64286, // LogicWeb Inc.
  7979, // Servers.com, Inc.
  32244, // Liquid Web, L.L.C
  32097, // WholeSale Internet, Inc.
  25780, // HugeServer Networks, LLC
  53755, // Input Output Flood LLC
  46261, // QuickPacket, LLC
  63473, // HostHatch, LLC
  22611, // InMotion Hosting, Inc.
  54641, // InMotion Hosting, Inc.
  3223, // Voxility LLP
  7489, // HostUS
  200019, // ALEXHOST SRL
  // Servers of VPNs too, by the addresses that qdm12/gluetun and X4BNet/lists_vpn have of five services.
  206804, // EstNOC OU
  396356, // Latitude.sh
  30058, // FDCservers.net
  20860, // IOMART CLOUD SERVICES LIMITED
  32489, // Amanah Tech Inc.
  61272, // Informacines sistemos ir technologijos, UAB
  37153, // Xneelo (Pty) Ltd
  51765, // Oy Crea Nova Hosting Solution Ltd
  13213, // UK-2 Limited
  56655, // Gigahost AS
  394256, // Tech Futures Interactive Inc.
  39798, // MivoCloud SRL
  3214, // xTom GmbH
  3258, // xTom Japan Corporation
  4785, // xTom Limited
  6233, // xTom
  45839, // Shinjiru Technology Sdn Bhd
  50979, // GREEN FLOID LLC
  136258, // BrainStorm Network, Inc
  46475, // Limestone Networks, Inc.
  53850, // GorillaServers, Inc.
  63023, // GTHost
  51430, // AltusHost B.V.
  45671, // Servers Australia Pty. Ltd
  // Known for asking little of their customers; sources: abuse reports that name them, such as those of Spamhaus (ASN-DROP) and CERTs.
  44477, // AS44477
  210644, // AEZA INTERNATIONAL LTD
  216246, // Aeza Group LLC
  202425, // IP Volume inc
  48090, // TECHOFF SRV LIMITED
  51396, // Pfcloud UG (haftungsbeschrankt)
  47890, // UNMANAGED LTD
  210558, // 1337 Services GmbH
  51852, // Private Layer INC
  204957, // GREEN FLOID LLC
  60404, // The Infrastructure Group B.V.
  398343, // Baxet Group Inc.
  // Rented to those who sell proxies, and to VPNs; source for HostRoyale: addresses of PIA and Proton in X4BNet/lists_vpn.
  64267, // Sprious LLC
  18779, // EGIHosting
  207990, // HostRoyale Technologies Pvt Ltd
  203020, // HostRoyale Technologies Pvt Ltd
  17561, // Larus Limited
  // Tor exits, run by associations for nothing else; source: the Tor Project's relay search by AS.
  60729, // Stiftung Erneuerbare Freiheit
  62744, // Quintex Alliance Consulting
  396507, // Emerald Onion
  205100, // F3 Netze e.V.
  4224, // The Calyx Institute
  198093, // Foreningen for digitala fri- och rattigheter
];
