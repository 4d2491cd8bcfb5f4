import { type Place, someCarrier, someHome, someOffice } from "./networks.js";
import type { Random } from "./random.js";
import { type Device, someDesktop, somePhone } from "./user-agents.js";

/** Somebody with an account. */
export interface Person {
  readonly user: string;
  readonly home: Place;
  readonly carrier: Place;
  readonly office: Place | undefined;
  readonly desktop: Device;
  readonly phone: Device;
}

const given = `ada amina anders anna astrid bao bjørn camille carlos chidi chloe daniel elena emil eva farah felix finn
freja gabriel hana hanna helena hugo ibrahim ida ingrid isla ivan jakub jan jonas josé julia kaito karin kofi lars laura
leila lena liam linnea lucas luis magnus maja maria marta mateo mia miguel mila nadia nina noah nora ola olivia omar oscar
paula per petra priya rafael rosa sami sara sofia stefan sven tariq thea tomas tuva viktor yara yusuf zoë`.split(/\s+/);

const family =
  `aas ahmed andersen bakke berg bianchi dahl diaz dubois eide eriksen fischer garcia haugen hansen holm ito
jensen johansen kaya khan kim kovacs kristensen larsen laurent lee lie lind lopez lund martin meyer moen moreau müller
nguyen nilsen novak okafor olsen ortega patel petersen pham popescu ricci rossi santos sato schmidt silva singh solberg
strand suzuki svensson tanaka torres vik virtanen wagner weber wang yilmaz zhang`.split(/\s+/);

/** So many people, each with an account name of their own, and a dozen workplaces among them. */
export function somePeople(random: Random, count: number): readonly Person[] {
  const offices = Array.from({ length: 12 }, () => someOffice(random));
  const people = new Map<string, Person>();
  while (people.size < count) {
    const user = `${given[random.whole(0, given.length - 1)]}.${family[random.whole(0, family.length - 1)]}`;
    if (people.has(user)) continue;
    people.set(user, {
      user,
      home: someHome(random),
      carrier: someCarrier(random),
      office: random.chance(0.35) ? offices[random.whole(0, offices.length - 1)] : undefined,
      desktop: someDesktop(random),
      phone: somePhone(random),
    });
  }
  return [...people.values()];
}
