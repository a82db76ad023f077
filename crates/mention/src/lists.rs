//! Closed lists of words, each with what it tells. Own work, from the usage of news in English.

use crate::lexis::Marks;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// Verbs that take a person as their subject, in the forms news uses.
const SPEECH: &str = "acknowledged added adds admitted admits agreed agrees announced announces answered answers \
    argued argues asked asks asserted asserts assured assures believes believed claimed claims clarified commented \
    concluded concludes confirmed confirms considers continued declared declares denied denies emphasised emphasized \
    emphasizes explained explains expressed expects hopes hoped insisted insists mentioned mentions met meets noted \
    notes objected observed pointed predicted promised proposed proposes quoted recalled recalls recommended refused \
    rejected remarked reminded replied replies reported responded said says specified spoke speaks stated states \
    stressed stresses suggested suggests supposes talked talks tells thinks thought told tweeted underlined underlines \
    urged urges warned warns wonders writes wrote visited arrived resigned visits congratulated thanked signed ordered";

/// Nouns that end the name of an organisation, or begin it before `of`.
const HEADS: &str = "academy administration agency airlines airways alliance army assembly association authority bank \
    battalion bloc board brigade bureau cabinet center centre chamber church club coalition college commission \
    committee communities company congress consortium conservatory corp corporation council court department \
    directorate duma embassy federation fleet forum foundation front fund group headquarters holding holdings hospital \
    inc institute institution intelligence inspectorate league ltd ministry movement museum newspaper observatory \
    office orchestra organisation organization parliament party patriarchate police post regiment school secretariat \
    senate service society staff studio synod syndicate theater theatre tribunal trust union university";

/// Nouns that name a thing or a place, which may be called after a person, and nouns that make a pair of capitals no
/// name of a person.
const THINGS: &str = "accord act administration affair agreement airport airfield avenue award awards base bay beach \
    bill bridge building canal cape capital castle cathedral catholic catholics cemetery championship championships \
    christian christians city coast constitution county convention crisis cup day days declaration democrat democrats \
    desert district division doctrine east empire embankment estate federation festival foundation games garden gate \
    gates gold grand gulf hall highway hill hills hotel house international island islands lake lane law liberation \
    library line list memorial metro mission monastery mosque mountain mountains news north ocean office open \
    orthodox palace park peninsula plan plaza port prison prix prize province radio railway red region republic \
    resolution ridge river road room sea show south square stadium station strait street summit tower town treaty tv \
    valley victory village war west white world zone prospect boulevard hospital trophy medal order star film series \
    administration government cabinet era regime campaign";

/// Days, months, and what stands like them beside names.
const TIMES: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april june july \
    august september october november december yesterday today tomorrow christmas easter";

/// Peoples and places that are no country: their capital tells nothing of a person.
const PLACES: &str = "moscow petersburg kiev kyiv donetsk donbas donbass lugansk luhansk crimea crimean sevastopol \
    kharkiv kharkov odessa mariupol minsk geneva brussels vienna paris london berlin washington damascus aleppo \
    ankara istanbul beijing tokyo seoul baghdad tehran riyadh europe european africa african asia asian america \
    american western eastern northern southern arab arabs muslim muslims jewish jews kurdish kurds chechen chechnya \
    dagestan tatarstan siberia siberian urals caucasus baltic balkans soviet ussr kurdistan palestine palestinian \
    russians ukrainians americans germans turks syrians chinese gaza jerusalem idlib slavyansk kramatorsk republican republicans democratic \
    democrats democrat hispanics latinos alabama alaska arizona arkansas california carolina colorado connecticut \
    delaware florida hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan \
    minnesota mississippi missouri montana nebraska nevada hampshire jersey mexico york dakota ohio oklahoma oregon \
    pennsylvania tennessee texas utah vermont virginia wisconsin wyoming states kingdom pacific atlantic mediterranean \
    euro internet ulster houston chicago boston novorossiya";

/// Countries with their adjectives: `name adjective …`; a name of two words has a hyphen.
const COUNTRIES: &str = "afghanistan afghan|albania albanian|algeria algerian|argentina argentine|armenia armenian|\
    australia australian|austria austrian|azerbaijan azerbaijani|belarus belarusian belorussian byelorussian|\
    belgium belgian|bosnia bosnian|brazil brazilian|britain british uk u.k united-kingdom|bulgaria bulgarian|\
    canada canadian|china chinese|colombia colombian|croatia croatian|cuba cuban|cyprus cypriot|\
    czechia czech|denmark danish|egypt egyptian|estonia estonian|finland finnish|france french|\
    georgia georgian|germany german|greece greek|hungary hungarian|iceland icelandic|india indian|\
    indonesia indonesian|iran iranian|iraq iraqi|ireland irish|israel israeli|italy italian|japan japanese|\
    jordan jordanian|kazakhstan kazakh|kosovo kosovar|kuwait kuwaiti|kyrgyzstan kyrgyz|latvia latvian|\
    lebanon lebanese|libya libyan|lithuania lithuanian|macedonia macedonian|malaysia malaysian|mexico mexican|\
    moldova moldovan moldavian|mongolia mongolian|montenegro montenegrin|morocco moroccan|netherlands dutch|\
    nigeria nigerian|norway norwegian|pakistan pakistani|poland polish|portugal portuguese|qatar qatari|\
    romania romanian|russia russian rf|scotland scottish|serbia serbian|slovakia slovak|slovenia slovenian|spain spanish|\
    sudan sudanese|sweden swedish|switzerland swiss|syria syrian|tajikistan tajik|thailand thai|\
    tunisia tunisian|turkey turkish|turkmenistan turkmen|ukraine ukrainian|un u.n|us u.s usa|uzbekistan uzbek|\
    venezuela venezuelan|vietnam vietnamese|yemen yemeni|eu european|england english";

/// Given names of women that do not end in -a.
const WOMEN: &str = "hillary angela condoleezza margaret elizabeth karen susan nancy mary marine theresa jane anne ann \
    julie michelle nicole catherine katherine christine caroline carol alice joan ruth rachel kate jennifer ursula \
    annegret segolene brigitte sophie marie isabelle charlotte emily judith deborah kim ellen helen wendy janet sharon \
    lubov lyubov liubov nathalie dominique agnes ashton amy jill heather beth chloe zoe";

/// Men's given names in -a.
const MEN: &str = "nikita ilya ilia illia luka foma kuzma danila savva mykola mikola sasha misha joshua mustafa musa isa ezra abdulla";

/// Western forms among the spellings of given names that Russian ones are translated by.
const WESTERN: &str = "alexander andrew anthony antony basil catherine katherine constantine cyril daniel dennis elizabeth \
    eugene eugenia george gregory helen helena irene jacob joseph josef julia leo leonard lydia marc mark mary michael \
    nicholas nicolas nathalie paul peter petra philip philipp philippe romain serge simon sophia stefan staffan steffan \
    stephan theodore timothy victor victoria";

/// Chinese family names that stand before the given one and are no given names elsewhere.
const CHINESE: &str =
    "xi li hu wen deng mao jiang zhang wang liu chen yang zhao zhou wu xu sun zhu gao lin luo";

/// Korean ones; a hyphen in the given name tells.
const KOREAN: &str = "kim park lee moon ban choi cho roh yun yoon chung kang";

/// Verbs that stand before their subject when someone is quoted: `…, said Peskov`.
const INVERTED: &str = "said says added adds noted notes explained explains stressed stresses emphasized emphasised \
    recalled recalls concluded concludes continued stated states wrote writes commented remarked argued insisted \
    declared admitted clarified announced promised warned believes thinks considers assured";

/// Offices and titles besides those of the evidence; some are also family names.
const TITLES: &str = "justice baroness baron prince princess pope archbishop bishop metropolitan sheikh imam ayatollah \
    emir sultan lieutenant colonel captain sergeant admiral marshal major detective sheriff midfielder goalkeeper \
    forward defender goaltender singer actor actress rapper activist blogger businessman billionaire entrepreneur \
    candidate nominee congressman congresswoman councilman lawmaker oppositionist militiaman scientist co-founder \
    colleague oligarch";

fn set(
    cell: &'static OnceLock<FxHashSet<&'static str>>,
    words: &'static str,
) -> &'static FxHashSet<&'static str> {
    cell.get_or_init(|| words.split_whitespace().collect())
}

/// What the lists say of a word in lower case: verbs, titles, heads, things, days, places and connectors.
pub(crate) fn tells(norm: &str) -> Marks {
    static TABLE: OnceLock<FxHashMap<&'static str, Marks>> = OnceLock::new();
    let marks = TABLE.get_or_init(table).get(norm).copied().unwrap_or_default();
    let is_country = || norm.ends_with('.') && country(norm).is_some();
    marks.with(Marks::PLACE, is_country())
}

fn table() -> FxHashMap<&'static str, Marks> {
    let countries = COUNTRIES.split('|').flat_map(str::split_whitespace).map(|w| (w, Marks::PLACE));
    let lists = [
        (SPEECH, Marks::SPEECH),
        (INVERTED, Marks::INVERTED),
        (TITLES, Marks::OFFICE),
        (HEADS, Marks::HEAD),
        (THINGS, Marks::THING),
        (TIMES, Marks::TIME),
        (PLACES, Marks::PLACE),
        ("of the for and on", Marks::CONNECTOR),
    ];
    let listed =
        lists.into_iter().flat_map(|(words, marks)| words.split_whitespace().map(move |w| (w, marks)));
    let mut table: FxHashMap<&'static str, Marks> = FxHashMap::default();
    for (word, marks) in listed.chain(countries) {
        let slot = table.entry(word).or_default();
        *slot = slot.or(marks);
    }
    table
}

/// True for a Western form of a given name: `michael`.
pub(crate) fn is_western(norm: &str) -> bool {
    static SET: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    set(&SET, WESTERN).contains(norm)
}

/// True for a Chinese family name.
pub(crate) fn is_chinese_family(norm: &str) -> bool {
    static SET: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    set(&SET, CHINESE).contains(norm)
}

/// True for a Korean family name.
pub(crate) fn is_korean_family(norm: &str) -> bool {
    static SET: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    set(&SET, KOREAN).contains(norm)
}

/// The country of a name or an adjective in lower case.
pub(crate) fn country(norm: &str) -> Option<&'static str> {
    static MAP: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    let map = MAP.get_or_init(|| {
        let forms = |line: &'static str| {
            let name = line.split_whitespace().next().unwrap_or(line);
            line.split_whitespace().map(move |form| (form, name))
        };
        COUNTRIES.split('|').flat_map(forms).collect()
    });
    map.get(norm.strip_suffix('.').unwrap_or(norm)).copied()
}

/// Whether a given name in lower case is a woman's; none when it does not tell.
pub(crate) fn is_woman(given: &str) -> Option<bool> {
    static WOMEN_SET: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    static MEN_SET: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    if given.len() < 3 {
        return None;
    }
    let by_ending = given.ends_with('a') && !set(&MEN_SET, MEN).contains(given);
    Some(by_ending || set(&WOMEN_SET, WOMEN).contains(given))
}
