/** Languages, each with its territories, that glibc has with UTF-8 since 2.34. */
const LANGUAGES = [
  'aa DJ ER ET', 'af ZA', 'agr PE', 'ak GH', 'am ET', 'an ES', 'anp IN', 'ar AE BH DZ EG IN IQ JO KW LB LY MA OM QA SA SD SS SY TN YE', 'as IN',
  'ast ES', 'ayc PE', 'az AZ IR', 'be BY', 'bem ZM', 'ber DZ MA', 'bg BG', 'bhb IN', 'bho IN NP', 'bi VU', 'bn BD IN', 'bo CN IN', 'br FR', 'brx IN',
  'bs BA', 'byn ER', 'ca AD ES FR IT', 'ce RU', 'chr US', 'ckb IQ', 'cmn TW', 'crh UA', 'cs CZ', 'csb PL', 'cv RU', 'cy GB', 'da DK',
  'de AT BE CH DE IT LI LU', 'doi IN', 'dsb DE', 'dv MV', 'dz BT', 'el CY GR', 'en AG AU BW CA DK GB HK IE IL IN NG NZ PH SC SG US ZA ZM ZW',
  'es AR BO CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV US UY VE', 'et EE', 'eu ES FR', 'fa IR', 'ff SN', 'fi FI', 'fil PH', 'fo FO',
  'fr BE CA CH FR LU', 'fur IT', 'fy DE NL', 'ga IE', 'gd GB', 'gez ER ET', 'gl ES', 'gu IN', 'gv GB', 'ha NG', 'hak TW', 'he IL', 'hi IN', 'hif FJ',
  'hne IN', 'hr HR', 'hsb DE', 'ht HT', 'hu HU', 'hy AM', 'ia FR', 'id ID', 'ig NG', 'ik CA', 'is IS', 'it CH IT', 'iu CA', 'ja JP', 'ka GE',
  'kab DZ', 'kk KZ', 'kl GL', 'km KH', 'kn IN', 'ko KR', 'kok IN', 'ks IN', 'ku TR', 'kw GB', 'ky KG', 'lb LU', 'lg UG', 'li BE NL', 'lij IT',
  'ln CD', 'lo LA', 'lt LT', 'lv LV', 'lzh TW', 'mag IN', 'mai IN NP', 'mfe MU', 'mg MG', 'mhr RU', 'mi NZ', 'miq NI', 'mjw IN', 'mk MK', 'ml IN',
  'mn MN', 'mni IN', 'mnw MM', 'mr IN', 'ms MY', 'mt MT', 'my MM', 'nan TW', 'nb NO', 'nds DE NL', 'ne NP', 'nhn MX', 'niu NU NZ', 'nl AW BE NL',
  'nn NO', 'nr ZA', 'nso ZA', 'oc FR', 'om ET KE', 'or IN', 'os RU', 'pa IN PK', 'pap AW CW', 'pl PL', 'ps AF', 'pt BR PT', 'quz PE', 'raj IN',
  'rif MA', 'ro RO', 'ru RU UA', 'rw RW', 'sa IN', 'sah RU', 'sat IN', 'sc IT', 'sd IN', 'se NO', 'sgs LT', 'shn MM', 'shs CA', 'si LK', 'sid ET',
  'sk SK', 'sl SI', 'sm WS', 'so DJ ET KE SO', 'sq AL MK', 'sr ME RS', 'ss ZA', 'st ZA', 'sv FI SE', 'sw KE TZ', 'szl PL', 'ta IN LK', 'tcy IN',
  'te IN', 'tg TJ', 'th TH', 'the NP', 'ti ER ET', 'tig ER', 'tk TM', 'tl PH', 'tn ZA', 'to TO', 'tpi PG', 'tr CY TR', 'ts ZA', 'tt RU', 'ug CN',
  'uk UA', 'unm US', 'ur IN PK', 'uz UZ', 've ZA', 'vi VN', 'wa BE', 'wae CH', 'wal ET', 'wo SN', 'xh ZA', 'yi US', 'yo NG', 'yue HK', 'yuw PG',
  'zh CN HK SG TW', 'zu ZA',
];

const TERRITORIES = new Map(LANGUAGES.map((words) => {
  const [language, ...territories] = words.split(' ');
  return [language, territories] as const;
}));

/**
 * The locales that are meant by one: itself, where glibc has it, or else those of the same language.
 * @internal
 */
export function meantLocales(locale: string): string[] {
  const [language] = locale.split('_');
  const locales = (TERRITORIES.get(language) ?? []).map((territory) => `${language}_${territory}`);
  return locales.includes(locale) ? [locale] : locales;
}
