/**
 * The addresses that calls of the sample come from. The story is made up; the addresses are chosen only for the
 * country that address tables give for their network, and say nothing about who uses them.
 */

/** An address and the country that it lies in, '' for one that lies in none (private networks). */
export interface Place {
  address: string;
  country: string;
}

/** The countries of the staff; calls from any other country are what geo-outside looks for. */
export const HOME_COUNTRIES: readonly string[] = ['India', 'United States'];

export const PLACES = {
  /** Where the staff sits. */
  seattleOffice: { address: '50.217.60.10', country: 'United States' },
  seattleHome: { address: '2601:602:8a00:51c0::2f', country: 'United States' },
  bengaluruOffice: { address: '122.166.248.20', country: 'India' },
  bengaluruPhone: { address: '2409:4071:4d8e:1::10', country: 'India' },
  /** A hotel, during a conference. */
  hotel: { address: '84.128.7.9', country: 'Germany' },
  /** Where the machines sit: gateways of the VPCs, and private addresses seen through an endpoint. */
  gatewayEast: { address: '54.211.20.31', country: 'United States' },
  gatewayWest: { address: '52.40.101.17', country: 'United States' },
  gatewaySouth: { address: '13.232.17.90', country: 'India' },
  insideEast: { address: '10.20.4.17', country: '' },
  jenkins: { address: '18.204.33.7', country: 'United States' },
  runnerOne: { address: '20.55.213.10', country: 'United States' },
  runnerTwo: { address: '4.227.115.20', country: 'United States' },
  monitoring: { address: '34.205.10.3', country: 'United States' },
  /** Where the intruder comes from: a rented server, a VPN, a second server. */
  rentedServer: { address: '185.107.56.47', country: 'Netherlands' },
  vpnExit: { address: '146.70.38.112', country: 'Romania' },
  copyServer: { address: '2a00:7c80:0:1a2::17', country: 'Netherlands' },
} as const satisfies Record<string, Place>;

const COUNTRY = new Map<string, string>(Object.values(PLACES).map((place) => [place.address, place.country]));

/** Whether an address lies in a country, and not in one of ours. Names of services lie in none. */
export function isAbroad(address: string): boolean {
  const country = COUNTRY.get(address) ?? '';
  return country !== '' && !HOME_COUNTRIES.includes(country);
}
