import { zonesOfWindows } from './windows-time-zones';

/** Zones that Windows has no name for. */
const WITHOUT_WINDOWS = ['America/Edmonton', 'America/Inuvik', 'America/Vancouver', 'America/Winnipeg', 'Antarctica/Troll'];

/**
 * Names of today, each with those that the IANA database keeps for old programs, after its file `backward`. Debian and Ubuntu do not install the old ones.
 */
const FORMER = [
  'Africa/Asmara Africa/Asmera', 'Africa/Bamako Africa/Timbuktu', 'Africa/Cairo Egypt', 'Africa/Tripoli Libya',
  'America/Adak America/Atka US/Aleutian', 'America/Anchorage US/Alaska', 'America/Argentina/Buenos_Aires America/Buenos_Aires',
  'America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Catamarca', 'America/Argentina/Cordoba America/Cordoba America/Rosario',
  'America/Argentina/Jujuy America/Jujuy', 'America/Argentina/Mendoza America/Mendoza', 'America/Atikokan America/Coral_Harbour',
  'America/Chicago CST6CDT US/Central', 'America/Denver America/Shiprock MST7MDT Navajo US/Mountain', 'America/Detroit US/Michigan',
  'America/Edmonton America/Yellowknife Canada/Mountain', 'America/Halifax Canada/Atlantic', 'America/Havana Cuba',
  'America/Indiana/Indianapolis America/Fort_Wayne America/Indianapolis US/East-Indiana', 'America/Indiana/Knox America/Knox_IN US/Indiana-Starke',
  'America/Iqaluit America/Pangnirtung', 'America/Jamaica Jamaica', 'America/Kentucky/Louisville America/Louisville',
  'America/Los_Angeles PST8PDT US/Pacific', 'America/Manaus Brazil/West', 'America/Mazatlan Mexico/BajaSur', 'America/Mexico_City Mexico/General',
  'America/New_York EST5EDT US/Eastern', 'America/Noronha Brazil/DeNoronha', 'America/Nuuk America/Godthab', 'America/Panama EST',
  'America/Phoenix MST US/Arizona', 'America/Regina Canada/Saskatchewan', 'America/Rio_Branco America/Porto_Acre Brazil/Acre',
  'America/Santiago Chile/Continental', 'America/Sao_Paulo Brazil/East', 'America/St_Johns Canada/Newfoundland', 'America/St_Thomas America/Virgin',
  'America/Tijuana America/Ensenada America/Santa_Isabel Mexico/BajaNorte',
  'America/Toronto America/Montreal America/Nipigon America/Thunder_Bay Canada/Eastern', 'America/Vancouver Canada/Pacific',
  'America/Whitehorse Canada/Yukon', 'America/Winnipeg America/Rainy_River Canada/Central', 'Asia/Ashgabat Asia/Ashkhabad', 'Asia/Dhaka Asia/Dacca',
  'Asia/Ho_Chi_Minh Asia/Saigon', 'Asia/Hong_Kong Hongkong', 'Asia/Jerusalem Asia/Tel_Aviv Israel', 'Asia/Kathmandu Asia/Katmandu',
  'Asia/Kolkata Asia/Calcutta', 'Asia/Macau Asia/Macao', 'Asia/Makassar Asia/Ujung_Pandang', 'Asia/Nicosia Europe/Nicosia', 'Asia/Seoul ROK',
  'Asia/Shanghai Asia/Chongqing Asia/Chungking Asia/Harbin PRC', 'Asia/Singapore Singapore', 'Asia/Taipei ROC', 'Asia/Tehran Iran',
  'Asia/Thimphu Asia/Thimbu', 'Asia/Tokyo Japan', 'Asia/Ulaanbaatar Asia/Choibalsan Asia/Ulan_Bator', 'Asia/Urumqi Asia/Kashgar',
  'Asia/Yangon Asia/Rangoon', 'Atlantic/Faroe Atlantic/Faeroe', 'Atlantic/Reykjavik Iceland', 'Australia/Adelaide Australia/South',
  'Australia/Brisbane Australia/Queensland', 'Australia/Broken_Hill Australia/Yancowinna', 'Australia/Darwin Australia/North',
  'Australia/Hobart Australia/Currie Australia/Tasmania', 'Australia/Lord_Howe Australia/LHI', 'Australia/Melbourne Australia/Victoria',
  'Australia/Perth Australia/West', 'Australia/Sydney Australia/ACT Australia/Canberra Australia/NSW',
  'Etc/GMT Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich GMT GMT+0 GMT-0 GMT0 Greenwich', 'Europe/Athens EET', 'Europe/Berlin Atlantic/Jan_Mayen',
  'Europe/Brussels CET MET', 'Europe/Chisinau Europe/Tiraspol', 'Europe/Dublin Eire', 'Europe/Istanbul Asia/Istanbul Turkey',
  'Europe/Kyiv Europe/Kiev Europe/Uzhgorod Europe/Zaporozhye', 'Europe/Lisbon Portugal WET', 'Europe/London Europe/Belfast GB GB-Eire',
  'Europe/Moscow W-SU', 'Europe/Warsaw Poland', 'Pacific/Auckland Antarctica/South_Pole NZ', 'Pacific/Chatham NZ-CHAT',
  'Pacific/Chuuk Pacific/Truk Pacific/Yap', 'Pacific/Easter Chile/EasterIsland', 'Pacific/Honolulu HST Pacific/Johnston US/Hawaii',
  'Pacific/Kanton Pacific/Enderbury', 'Pacific/Kwajalein Kwajalein', 'Pacific/Pago_Pago Pacific/Samoa US/Samoa', 'Pacific/Pohnpei Pacific/Ponape',
  'UTC Etc/UCT Etc/Universal Etc/Zulu UCT Universal Zulu',
];

const MEANT = new Map([
  ...FORMER.flatMap((words) => {
    const [name, ...former] = words.split(' ');
    return former.map((old) => [old.toLowerCase(), name] as const);
  }),
  ...[...zonesOfWindows(), ...WITHOUT_WINDOWS].map((name) => [name.toLowerCase(), name] as const),
]);

/**
 * The time zone that is meant by a name: itself, where it is one, or else the one that is spelled so, or was called so once.
 * @internal
 */
export function meantTimeZones(name: string): string[] {
  const meant = MEANT.get(name.toLowerCase());
  return meant === undefined ? [] : [meant];
}
