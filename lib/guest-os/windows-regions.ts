import { xkbName } from './keyboard-layouts';
import { windowsTimeZone } from './windows-time-zones';

/** Languages that Windows has settings for, each with its regions. */
const REGIONS = [
  'af ZA', 'am ET', 'ar AE BH DZ EG IQ JO KW LB LY MA OM QA SA SY TN YE', 'as IN', 'be BY', 'bg BG', 'bn BD IN', 'br FR', 'ca ES', 'co FR',
  'cs CZ', 'cy GB', 'da DK', 'de AT CH DE LI LU', 'el GR', 'en AU BZ CA GB HK IE IN JM MY NZ PH SG TT US ZA ZW',
  'es AR BO CL CO CR DO EC ES GT HN MX NI PA PE PR PY SV US UY VE', 'et EE', 'eu ES', 'fa IR', 'fi FI', 'fil PH', 'fo FO',
  'fr BE CA CH FR LU MC', 'fy NL', 'ga IE', 'gd GB', 'gl ES', 'gsw FR', 'gu IN', 'he IL', 'hi IN', 'hr BA HR', 'hu HU', 'hy AM', 'id ID',
  'ig NG', 'is IS', 'it CH IT', 'ja JP', 'ka GE', 'kk KZ', 'kl GL', 'km KH', 'kn IN', 'ko KR', 'kok IN', 'ky KG', 'lb LU', 'lo LA',
  'lt LT', 'lv LV', 'mi NZ', 'mk MK', 'ml IN', 'mn MN', 'mr IN', 'ms BN MY', 'mt MT', 'nb NO', 'ne NP', 'nl BE NL', 'nn NO', 'nso ZA',
  'oc FR', 'or IN', 'pa IN', 'pl PL', 'ps AF', 'pt BR PT', 'rm CH', 'ro RO', 'ru RU', 'rw RW', 'sa IN', 'sah RU', 'se FI NO SE', 'si LK',
  'sk SK', 'sl SI', 'sq AL', 'sv FI SE', 'sw KE', 'ta IN', 'te IN', 'th TH', 'tk TM', 'tn ZA', 'tr TR', 'tt RU', 'ug CN', 'uk UA', 'ur PK',
  'vi VN', 'wo SN', 'xh ZA', 'yo NG', 'zh CN HK MO SG TW', 'zu ZA',
];

/** What Windows writes with the script between language and region. */
const WITH_SCRIPT: { readonly [locale: string]: string } = {
  az_AZ: 'az-Latn-AZ', bs_BA: 'bs-Latn-BA', sr_BA: 'sr-Cyrl-BA', sr_ME: 'sr-Latn-ME', sr_RS: 'sr-Cyrl-RS', uz_UZ: 'uz-Latn-UZ', no_NO: 'nb-NO',
};

/** The keyboards of Windows: language and layout, by the layouts of X, with the variant in brackets. */
const KEYBOARDS: { readonly [input: string]: string } = {
  '0409:00000409': 'us',
  '0409:00020409': 'us(intl)',
  '0409:00010409': 'us(dvorak)',
  '0409:00030409': 'us(dvorak-l)',
  '0409:00040409': 'us(dvorak-r)',
  '0809:00000809': 'gb',
  '1809:00001809': 'ie',
  '0407:00000407': 'de de(nodeadkeys)',
  '0c07:00000407': 'at',
  '0807:00000807': 'ch ch(de_nodeadkeys)',
  '100c:0000100c': 'ch(fr)',
  '040c:0000040c': 'fr fr(latin9)',
  '080c:0000080c': 'be',
  '0c0c:00001009': 'ca',
  '0413:00000413': 'nl',
  '040a:0000040a': 'es',
  '080a:0000080a': 'latam',
  '0816:00000816': 'pt',
  '0416:00010416': 'br',
  '0410:00000410': 'it',
  '0406:00000406': 'dk',
  '0414:00000414': 'no',
  '041d:0000041d': 'se',
  '040b:0000040b': 'fi',
  '040f:0000040f': 'is',
  '0415:00000415': 'pl',
  '0405:00000405': 'cz',
  '0405:00010405': 'cz(qwerty)',
  '041b:0000041b': 'sk',
  '041b:0001041b': 'sk(qwerty)',
  '040e:0000040e': 'hu',
  '040e:0001040e': 'hu(qwerty)',
  '0418:00010418': 'ro(std)',
  '0418:00020418': 'ro',
  '0424:00000424': 'si',
  '041a:0000041a': 'hr',
  '0419:00000419': 'ru',
  '0422:00020422': 'ua',
  '0402:00030402': 'bg',
  '0408:00000408': 'gr',
  '041f:0000041f': 'tr',
  '041f:0001041f': 'tr(f)',
  '040d:0000040d': 'il',
  '0425:00000425': 'ee',
  '0426:00010426': 'lv lv(apostrophe)',
  '0427:00010427': 'lt',
};

const LOCALES = new Map([
  ...REGIONS.flatMap((words) => {
    const [language, ...regions] = words.split(' ');
    return regions.map((region) => [`${language}_${region}`, `${language}-${region}`] as const);
  }),
  ...Object.entries(WITH_SCRIPT),
]);

const BY_LAYOUT = new Map(Object.entries(KEYBOARDS).flatMap(([input, layouts]) => layouts.split(' ').map((layout) => [layout, input] as const)));

/** What Windows calls the settings of a place. */
export interface WindowsRegion {
  /** Language and region, such as `de-AT`. */
  readonly locale: string;
  /** Language and layout of the keyboard, such as `0407:00000407`. */
  readonly inputLocale: string;
  /** Time zone, such as `W. Europe Standard Time`. */
  readonly timeZone: string;
}

/** What Windows calls a locale of POSIX, a layout of a Linux console and a time zone of IANA; undefined is what it does not know. */
export function windowsRegion(locale: string, keyboardLayout: string, timeZone: string): Partial<WindowsRegion> {
  return { locale: LOCALES.get(locale), inputLocale: BY_LAYOUT.get(xkbName(keyboardLayout)), timeZone: windowsTimeZone(timeZone) };
}
