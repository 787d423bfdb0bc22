/** Facts of one kind: what asks for them, and the entries. */
export interface FactTable {
  /** Matches the question, without its subject. */
  readonly asks: RegExp;
  /** Subject in lower case, and what is true of it. */
  readonly facts: Readonly<Record<string, string>>;
}

const CAPITALS: FactTable = {
  asks: /\bcapital\b/i,
  facts: {
    argentina: 'Buenos Aires',
    australia: 'Canberra',
    austria: 'Vienna',
    brazil: 'Brasília',
    canada: 'Ottawa',
    chile: 'Santiago',
    denmark: 'Copenhagen',
    egypt: 'Cairo',
    finland: 'Helsinki',
    france: 'Paris',
    germany: 'Berlin',
    greece: 'Athens',
    iceland: 'Reykjavik',
    india: 'New Delhi',
    ireland: 'Dublin',
    italy: 'Rome',
    japan: 'Tokyo',
    kenya: 'Nairobi',
    mongolia: 'Ulaanbaatar',
    morocco: 'Rabat',
    nepal: 'Kathmandu',
    norway: 'Oslo',
    peru: 'Lima',
    poland: 'Warsaw',
    portugal: 'Lisbon',
    spain: 'Madrid',
    sweden: 'Stockholm',
    thailand: 'Bangkok',
    turkey: 'Ankara',
    vietnam: 'Hanoi',
  },
};

const SYMBOLS: FactTable = {
  asks: /\bsymbol\b/i,
  facts: {
    calcium: 'Ca',
    carbon: 'C',
    copper: 'Cu',
    gold: 'Au',
    helium: 'He',
    hydrogen: 'H',
    iron: 'Fe',
    lead: 'Pb',
    nitrogen: 'N',
    oxygen: 'O',
    potassium: 'K',
    silver: 'Ag',
    sodium: 'Na',
    tin: 'Sn',
    tungsten: 'W',
  },
};

const CURRENCIES: FactTable = {
  asks: /\bcurrency\b/i,
  facts: {
    india: 'rupee',
    japan: 'yen',
    mexico: 'peso',
    poland: 'złoty',
    sweden: 'krona',
    switzerland: 'franc',
    thailand: 'baht',
  },
};

const COUNTS: FactTable = {
  asks: /\bhow many\b/i,
  facts: {
    'days are in a leap year': '366',
    'days does a leap year have': '366',
    'legs does a spider have': '8',
    'legs does an insect have': '6',
    'minutes are in a day': '1440',
    'planets are in the solar system': '8',
    'seconds are in an hour': '3600',
    'sides does a hexagon have': '6',
    'sides does an octagon have': '8',
    'strings does a violin have': '4',
  },
};

const AUTHORS: FactTable = {
  asks: /\bwho (?:wrote|is the author of)|\bauthor of\b/i,
  facts: {
    'don quixote': 'Cervantes',
    faust: 'Goethe',
    hamlet: 'Shakespeare',
    'moby-dick': 'Melville',
    'pride and prejudice': 'Austen',
    'the odyssey': 'Homer',
    'war and peace': 'Tolstoy',
  },
};

const SUPERLATIVES: FactTable = {
  asks: /\b(?:which|what|name)\b/i,
  facts: {
    'deepest ocean': 'Pacific',
    'fastest land animal': 'cheetah',
    'highest mountain': 'Everest',
    'largest mammal': 'blue whale',
    'largest ocean': 'Pacific',
    'largest planet': 'Jupiter',
    'planet closest to the sun': 'Mercury',
    'red planet': 'Mars',
    'smallest prime number': '2',
    'opposite of hot': 'cold',
  },
};

/** Every kind of fact; the first whose question and subject both occur answers. */
export const FACT_TABLES: readonly FactTable[] = [
  CAPITALS,
  SYMBOLS,
  CURRENCIES,
  AUTHORS,
  COUNTS,
  SUPERLATIVES,
];
