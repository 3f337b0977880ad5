/** A layout as X names it, which is how the installers of Ubuntu and Debian do. */
interface XkbLayout {
  readonly layout: string;
  readonly variant?: string;
}

/** Layouts that the console and X call by different names. The rest is the same up to the first hyphen. */
const LAYOUTS: { readonly [name: string]: XkbLayout } = {
  'be-oss': { layout: 'be', variant: 'oss' },
  'br-nodeadkeys': { layout: 'br', variant: 'nodeadkeys' },
  'cf': { layout: 'ca' },
  'croat': { layout: 'hr' },
  'cz-qwerty': { layout: 'cz', variant: 'qwerty' },
  'de-latin1-nodeadkeys': { layout: 'de', variant: 'nodeadkeys' },
  'de-nodeadkeys': { layout: 'de', variant: 'nodeadkeys' },
  'dvorak': { layout: 'us', variant: 'dvorak' },
  'es-dvorak': { layout: 'es', variant: 'dvorak' },
  'fr-bepo': { layout: 'fr', variant: 'bepo' },
  'fr-latin9': { layout: 'fr', variant: 'latin9' },
  'ko': { layout: 'kr' },
  'la-latin1': { layout: 'latam' },
  'ro-std': { layout: 'ro', variant: 'std' },
  'sg': { layout: 'ch', variant: 'de_nodeadkeys' },
  'sg-latin1': { layout: 'ch', variant: 'de_nodeadkeys' },
  'slovene': { layout: 'si' },
  'sr-cy': { layout: 'rs' },
  'sr-latin': { layout: 'rs', variant: 'latin' },
  'sv-latin1': { layout: 'se' },
  'trq': { layout: 'tr' },
  'uk': { layout: 'gb' },
  'us-acentos': { layout: 'us', variant: 'intl' },
};

/**
 * The layout for X of one for the console.
 * @internal
 */
export function xkbLayout(console: string): XkbLayout {
  return Object.hasOwn(LAYOUTS, console) ? LAYOUTS[console] : { layout: console.split('-')[0] };
}
