/** A layout as X names it, which is how the installers of Ubuntu and Debian do. */
export interface XkbLayout {
  readonly layout: string;
  readonly variant?: string;
}

/**
 * Layouts of X, with the variant in brackets, and the names that the consoles of all systems have for each: those of the package `kbd` since 2.4,
 * mostly after `kbd-model-map` of systemd. `ca` and `cz` are not here: they are other layouts on AlmaLinux and Rocky than on Arch Linux and NixOS.
 */
const CONSOLES: { readonly [xkb: string]: string } = {
  'be': 'be-latin1',
  'bg': 'bg_bds-utf8',
  'bg(phonetic)': 'bg_pho-utf8',
  'br': 'br-abnt2 br-abnt br-latin1-abnt2',
  'by': 'by',
  'ca': 'cf',
  'ch': 'de_CH-latin1',
  'ch(de_nodeadkeys)': 'sg sg-latin1',
  'ch(fr)': 'fr_CH fr_CH-latin1',
  'cz': 'cz-us-qwertz',
  'cz(qwerty)': 'cz-lat2',
  'de': 'de de-latin1',
  'de(neo)': 'neo',
  'de(nodeadkeys)': 'de-latin1-nodeadkeys',
  'dk': 'dk dk-latin1',
  'ee': 'et',
  'ee(nodeadkeys)': 'et-nodeadkeys',
  'es': 'es',
  'es(dvorak)': 'dvorak-es',
  'fi': 'fi',
  'fr': 'fr fr-latin1 fr-pc azerty',
  'fr(bepo)': 'fr-bepo',
  'fr(dvorak)': 'dvorak-fr',
  'fr(latin9)': 'fr-latin9',
  'gb': 'uk',
  'gb(dvorak)': 'dvorak-uk',
  'gb(dvorakukp)': 'dvorak-ukp',
  'gr': 'gr',
  'hr': 'croat',
  'hu': 'hu',
  'hu(qwerty)': 'hu101',
  'ie': 'ie',
  'il': 'il',
  'is': 'is-latin1',
  'it': 'it it2 it-ibm',
  'jp': 'jp106',
  'kg': 'kyrgyz',
  'kz': 'kazakh',
  'latam': 'la-latin1',
  'latam(dvorak)': 'dvorak-la',
  'lt': 'lt lt.baltic lt.l4',
  'lv(apostrophe)': 'lv',
  'lv(tilde)': 'lv-tilde',
  'mk': 'mk mk-utf',
  'nl': 'nl nl2',
  'no': 'no no-latin1',
  'no(dvorak)': 'dvorak-no',
  'pl': 'pl pl1 pl2',
  'pt': 'pt pt-latin1 pt-latin9',
  'ro': 'ro',
  'ro(std)': 'ro_std',
  'rs': 'sr-cy',
  'rs(latin)': 'sr-latin',
  'ru': 'ru',
  'se': 'sv-latin1',
  'si': 'slovene',
  'sk': 'sk-qwertz',
  'sk(qwerty)': 'sk-qwerty',
  'tj': 'tj_alt-UTF8',
  'tr': 'trq',
  'tr(f)': 'trf',
  'ua': 'ua-utf ua',
  'us': 'us',
  'us(dvorak)': 'dvorak',
  'us(dvorak-l)': 'dvorak-l',
  'us(dvorak-r)': 'dvorak-r',
  'us(dvp)': 'dvorak-programmer',
  'us(intl)': 'us-acentos',
};

const BY_CONSOLE = new Map(Object.entries(CONSOLES).flatMap(([xkb, names]) => names.split(' ').map((name) => [name, xkb] as const)));

/**
 * The layout for X of one for the console, with the variant in brackets. One that is not known is taken for a layout of X and a variant.
 * @internal
 */
export function xkbName(console: string): string {
  return BY_CONSOLE.get(console) ?? console.replace(/^([^-]+)-(.+)$/, '$1($2)');
}

/**
 * The layout for X of one for the console.
 * @internal
 */
export function xkbLayout(console: string): XkbLayout {
  const [layout, variant] = xkbName(console).split(/[()]/);
  return variant === undefined ? { layout } : { layout, variant };
}

/**
 * The layouts that are meant by a name: itself, where all consoles have it, or else what X calls so, or those that begin alike.
 * @internal
 */
export function meantKeyboardLayouts(name: string): string[] {
  if (BY_CONSOLE.has(name)) return [name];
  const lower = name.toLowerCase();
  const xkb = xkbName(lower);
  const same = Object.hasOwn(CONSOLES, xkb) ? CONSOLES[xkb].split(' ') : [];
  const begin = /^[a-z]{2}/.exec(lower)?.[0];
  return same.length > 0 ? same : [...BY_CONSOLE.keys()].filter((known) => begin !== undefined && known.startsWith(begin));
}
