/*
 * Guests for the tests, made on this machine and kept outside of the source tree: `npx tsx tools/guests/main.ts [image|iso]…`
 * prints the path of each.
 */
import { smallImage } from './image';
import { installerIso } from './installer';

const GUESTS: { readonly [name: string]: () => Promise<string> } = {
  image: async () => (await smallImage()).image,
  iso: () => installerIso(),
};

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  for (const name of asked.length > 0 ? asked : Object.keys(GUESTS)) {
    if (!(name in GUESTS)) throw new Error(`no such guest: ${name}; there are ${Object.keys(GUESTS).join(', ')}`);
    console.log(await GUESTS[name]());
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
