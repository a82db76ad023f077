//! Languages: of whole documents, of sentences where there is doubt, and stems that follow them.

use decalque_text::{Lang, Vocabulary};
use decalque_tokenize::{Stemmer, foreign_terms, language, layout, sentence_languages, terms};
use proptest::prelude::*;

/// One paragraph of news a language, in the words of the authors.
#[rustfmt::skip]
const PARAGRAPHS: &[(&str, &str)] = &[
    ("en", "The government said on Tuesday that the new bridge over the river would open in the autumn, two years later than planned. Engineers had found cracks in one of the piers, and the repairs took the whole summer."),
    ("en", "Shares fell. Oil rose. Traders waited for news from the central bank, which had kept everybody guessing since spring, while analysts in London doubled their forecasts."),
    ("ru", "Правительство сообщило во вторник, что новый мост через реку откроется осенью, на два года позже срока. Инженеры нашли трещины в одной из опор, и ремонт занял всё лето."),
    ("ru", "Матч завершился со счётом 3:1. Тренер признался, что команда готовилась к игре всего неделю, но остался доволен защитой и вратарём."),
    ("ru", "Компания Google представила в Москве новый сервис. По словам директора Джона Смита, он поможет жителям города быстрее находить нужный автобус."),
    ("uk", "Уряд повідомив у вівторок, що новий міст через річку відкриють восени, на два роки пізніше, ніж планували. Інженери знайшли тріщини в одній з опор, і ремонт тривав усе літо."),
    ("uk", "Матч завершився з рахунком 3:1. Тренер зізнався, що команда готувалася до гри лише тиждень, але залишився задоволений захистом і воротарем."),
    ("be", "Урад паведаміў у аўторак, што новы мост праз раку адкрыецца ўвосень, на два гады пазней, чым планавалася. Інжынеры знайшлі расколіны ў адной з апор, і рамонт заняў усё лета."),
    ("bg", "Правителството съобщи във вторник, че новият мост над реката ще бъде открит през есента, две години по-късно от плана. Инженерите са намерили пукнатини в една от опорите и ремонтът е продължил цяло лято."),
    ("sr", "Влада је у уторак саопштила да ће нови мост преко реке бити отворен на јесен, две године касније него што је планирано. Инжењери су нашли пукотине на једном стубу, па је поправка трајала цело лето."),
    ("mk", "Владата во вторникот соопшти дека новиот мост преку реката ќе се отвори наесен, две години подоцна од планираното. Инженерите нашле пукнатини на еден од столбовите, па поправката траела цело лето."),
    ("de", "Die Regierung teilte am Dienstag mit, dass die neue Brücke über den Fluss im Herbst eröffnet wird, zwei Jahre später als geplant. Ingenieure hatten Risse in einem der Pfeiler gefunden, und die Reparatur dauerte den ganzen Sommer."),
    ("fr", "Le gouvernement a annoncé mardi que le nouveau pont sur la rivière ouvrirait à l’automne, deux ans plus tard que prévu. Des ingénieurs avaient trouvé des fissures dans l’un des piliers, et les travaux ont duré tout l’été."),
    ("es", "El gobierno anunció el martes que el nuevo puente sobre el río se abrirá en otoño, dos años más tarde de lo previsto. Los ingenieros encontraron grietas en uno de los pilares y la reparación duró todo el verano."),
    ("it", "Il governo ha annunciato martedì che il nuovo ponte sul fiume aprirà in autunno, due anni più tardi del previsto. Gli ingegneri avevano trovato delle crepe in uno dei piloni e i lavori sono durati tutta l’estate."),
    ("pt", "O governo anunciou na terça-feira que a nova ponte sobre o rio será aberta no outono, dois anos mais tarde do que o previsto. Os engenheiros encontraram fissuras num dos pilares e a reparação durou todo o verão."),
    ("nl", "De regering maakte dinsdag bekend dat de nieuwe brug over de rivier in het najaar opengaat, twee jaar later dan gepland. Ingenieurs hadden scheuren gevonden in een van de pijlers en het herstel duurde de hele zomer."),
    ("pl", "Rząd poinformował we wtorek, że nowy most przez rzekę zostanie otwarty jesienią, dwa lata później, niż planowano. Inżynierowie znaleźli pęknięcia w jednym z filarów i naprawa trwała całe lato."),
    ("cs", "Vláda v úterý oznámila, že nový most přes řeku se otevře na podzim, o dva roky později, než se plánovalo. Inženýři našli trhliny v jednom z pilířů a oprava trvala celé léto."),
    ("sk", "Vláda v utorok oznámila, že nový most cez rieku otvoria na jeseň, o dva roky neskôr, než sa plánovalo. Inžinieri našli trhliny v jednom z pilierov a oprava trvala celé leto."),
    ("ro", "Guvernul a anunțat marți că noul pod peste râu va fi deschis la toamnă, cu doi ani mai târziu decât se plănuise. Inginerii au găsit crăpături într-unul dintre piloni, iar reparația a durat toată vara."),
    ("hu", "A kormány kedden közölte, hogy az új híd ősszel nyílik meg a folyó fölött, két évvel később a tervezettnél. A mérnökök repedéseket találtak az egyik pilléren, és a javítás egész nyáron tartott."),
    ("sv", "Regeringen meddelade på tisdagen att den nya bron över älven öppnar i höst, två år senare än planerat. Ingenjörer hade hittat sprickor i en av pelarna och reparationen tog hela sommaren."),
    ("da", "Regeringen oplyste tirsdag, at den nye bro over floden åbner til efteråret, to år senere end planlagt. Ingeniører havde fundet revner i en af pillerne, og reparationen varede hele sommeren."),
    ("nb", "Regjeringen opplyste tirsdag at den nye broen over elven åpner til høsten, to år senere enn planlagt. Ingeniører hadde funnet sprekker i en av pilarene, og reparasjonen tok hele sommeren."),
    ("fi", "Hallitus kertoi tiistaina, että uusi silta joen yli avataan syksyllä, kaksi vuotta suunniteltua myöhemmin. Insinöörit olivat löytäneet halkeamia yhdestä pilarista, ja korjaus kesti koko kesän."),
    ("et", "Valitsus teatas teisipäeval, et uus sild üle jõe avatakse sügisel, kaks aastat plaanitust hiljem. Insenerid leidsid ühest sambast praod ja remont kestis terve suve."),
    ("lv", "Valdība otrdien paziņoja, ka jaunais tilts pār upi tiks atklāts rudenī, divus gadus vēlāk, nekā plānots. Inženieri vienā no balstiem atrada plaisas, un remonts ilga visu vasaru."),
    ("lt", "Vyriausybė antradienį pranešė, kad naujas tiltas per upę bus atidarytas rudenį, dvejais metais vėliau, nei planuota. Inžinieriai viename iš stulpų rado įtrūkimų, ir remontas truko visą vasarą."),
    ("tr", "Hükümet salı günü, nehrin üzerindeki yeni köprünün planlanandan iki yıl sonra, sonbaharda açılacağını duyurdu. Mühendisler ayaklardan birinde çatlaklar bulmuştu ve onarım bütün yaz sürdü."),
    ("el", "Η κυβέρνηση ανακοίνωσε την Τρίτη ότι η νέα γέφυρα πάνω από το ποτάμι θα ανοίξει το φθινόπωρο, δύο χρόνια αργότερα από το προγραμματισμένο."),
    ("ka", "მთავრობამ სამშაბათს განაცხადა, რომ მდინარეზე ახალი ხიდი შემოდგომაზე გაიხსნება."),
    ("he", "הממשלה הודיעה ביום שלישי כי הגשר החדש מעל הנהר ייפתח בסתיו, שנתיים מאוחר מהמתוכנן."),
    ("ar", "أعلنت الحكومة يوم الثلاثاء أن الجسر الجديد فوق النهر سيفتح في الخريف بعد عامين من الموعد المقرر."),
    ("zh", "政府星期二宣布，河上的新桥将于秋季开通，比原计划晚两年。工程师在一个桥墩上发现了裂缝。"),
    ("und", ""),
    ("und", "ok"),
    ("und", "12:30 — 5%"),
    ("und", "+1 212 555 0100, 3:1, 45.7, 2016-02-25"),
    ("und", "http://example.org/a/b/c?d=e"),
    ("und", "Xqzt vbrk wplm xqzt jjkk vvww qqxx zzpp."),
];

#[test]
fn whole_documents() {
    for (want, text) in PARAGRAPHS {
        let (lang, sure) = language(text);
        assert_eq!(lang.tag(), *want, "{text} ({sure})");
        // Longer documents are as their paragraphs.
        assert_eq!(language(&format!("{text}\n\n").repeat(20)).0.tag(), *want, "{text}");
    }
}

/// The paragraph of a language.
fn news(lang: &str) -> &'static str {
    PARAGRAPHS.iter().find(|(l, _)| *l == lang).map_or("", |(_, text)| text)
}

/// The languages of the sentences, each once where neighbours share one; empty where all are the document's.
fn check(text: &str, want: &str) {
    let langs = sentence_languages(text, &layout(text), language(text));
    let mut tags: Vec<&str> = langs.iter().map(|l| l.tag()).collect();
    tags.dedup();
    assert_eq!(tags.join(" "), want, "{text} {:?}", language(text));
}

#[test]
fn sentences_are_in_the_documents_language_where_nothing_speaks_against_it() {
    for (lang, text) in PARAGRAPHS.iter().filter(|(lang, _)| *lang != "und") {
        check(text, "");
        assert_ne!(*lang, "und");
    }
    check(
        "The paper “Правда” wrote of café owners, Çelik and the Łódź fair; the minister of Ελλάδα was there.",
        "",
    );
    check(&format!("{} 3:1! 😀", news("en")), "");
    check("", "");
}

#[test]
fn paragraphs_in_another_script_have_their_own_language() {
    let (en, ru, uk) = (news("en"), news("ru"), news("uk"));
    check(&format!("{en}\n\n{ru}\n\n{en}\n\n{en}"), "en ru en");
    check(&format!("{en}\n\n{uk}\n\n{en}\n\n{en}"), "en uk en");
    check(&format!("{en}\n\n{}\n\n{en}\n\n{en}", news("el")), "en el en");
    check(&format!("{en}\n\n{}\n\n{en}\n\n{en}", news("zh")), "en zh en");
    check(&format!("{ru}\n\n{en}\n\n{ru}\n\n{ru}"), "ru en ru");
    check(&format!("{ru}\n\n{}\n\n{ru}\n\n{ru}", news("de")), "ru de ru");
    // In one paragraph, and too short to tell.
    check(&format!("{en} {ru} {en} {en}"), "en ru en");
    check(&format!("{en} «Нет». {en}"), "en und en");
}

#[test]
fn documents_in_doubt_are_judged_by_paragraph() {
    let text = |lang: &str| format!("{}\n\nXqzt vbrk wplm.\n\n", news(lang));
    let doubtful = |text: &str| {
        let langs = sentence_languages(text, &layout(text), (Lang::UND, 0.0));
        let mut tags: Vec<_> = langs.iter().map(|l| l.tag()).collect();
        tags.dedup();
        tags.join(" ")
    };
    assert_eq!(doubtful(&(text("en") + &text("fr") + &text("ru"))), "en und fr und ru und");
    assert_eq!(doubtful("Xqzt vbrk wplm."), "");
    let mixed = format!("{}\n\n{}", news("fr"), news("en"));
    let langs = sentence_languages(&mixed, &layout(&mixed), (Lang::EN, 0.5));
    assert_eq!(langs.iter().map(|l| l.tag()).collect::<Vec<_>>(), ["fr", "fr", "en", "en"]);
}

#[test]
fn stems_follow_the_language_of_the_sentence() {
    let text = "The towns voted. Города голосовали.\n\nLes villes votaient.";
    let (layout, mut words) = (layout(text), Vocabulary::default());
    let mut ids = terms(text, &layout, &Stemmer::new(Lang::EN), &mut words);
    let before: Vec<_> = ids.iter().map(|&id| words.word(id).stem.to_owned()).collect();
    foreign_terms(text, &layout, (Lang::EN, &[]), &mut ids, &mut words);
    assert_eq!(ids.iter().map(|&id| words.word(id).stem).collect::<Vec<_>>(), before);
    let langs = [Lang::EN, Lang::RU, Lang::new("fr")];
    foreign_terms(text, &layout, (Lang::EN, &langs), &mut ids, &mut words);
    let stems: Vec<_> = ids.iter().map(|&id| words.word(id).stem).collect();
    assert_eq!(stems.join(" "), "the town vote . город голосова . le vill vot .");
    let surfaces: Vec<_> = ids.iter().map(|&id| words.word(id).surface).collect();
    assert_eq!(surfaces.join(" "), "The towns voted . Города голосовали . Les villes votaient .");
}

#[test]
fn every_stemmer_is_of_its_language() {
    let check = |tag: &'static str, word: &str, stem: &str| {
        assert_eq!(Stemmer::new(Lang::new(tag)).form(word).stem, stem, "{tag} {word}");
    };
    check("en", "Nations", "nation");
    check("ru", "переговоров", "переговор");
    check("de", "Verhandlungen", "verhandl");
    check("fr", "négociations", "négoci");
    check("es", "negociaciones", "negoci");
    check("it", "negoziati", "negoz");
    check("pt", "negociações", "negoc");
    check("nl", "onderhandelingen", "onderhandel");
    check("sv", "förhandlingarna", "förhandling");
    check("nb", "forhandlingene", "forhandling");
    check("da", "forhandlingerne", "forhandling");
    check("fi", "neuvottelut", "neuvottelu");
    check("hu", "tárgyalások", "tárgyalás");
    check("ro", "negocierile", "negocier");
    check("tr", "görüşmeler", "görüşme");
    check("ar", "مفاوضات", "مفاوضا");
    check("ta", "பேச்சுகள்", "பேச்சு");
    // No stemmer, or none that can be trusted: the word as it is.
    check("uk", "переговорів", "переговорів");
    check("el", "διαπραγματεύσεις", "διαπραγματεύσεις");
    // Other alphabets than the language's.
    check("de", "переговоров", "переговор");
    check("ru", "Nations", "nation");
    check("uk", "Nations", "nation");
}

/// A tag for every stemmer that rust-stemmers has, those without news of ours included, and some without one.
const STEMMED: &[&str] = &[
    "ar", "da", "nl", "en", "fi", "fr", "de", "el", "hu", "it", "nb", "pt", "ro", "ru", "es", "sv", "ta",
    "tr", "uk", "zh", "und",
];

/// Letters that the stemmers have rules for, marks between them, and any other character.
fn word() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-z]{1,6}",
        3 => "[à-öø-ÿāăąćčđęěğıłńňőœřśşšţțťůűźžżß]{1,3}",
        3 => "[α-ωάέήίόύώϊϋΐΰς]{1,6}",
        3 => "[а-яёіїєґўј]{1,6}",
        2 => "[ء-ي\u{64b}-\u{652}]{1,5}",
        2 => "[அ-ஹ\u{bbe}-\u{bcd}]{1,5}",
        1 => "['’ʼ-]",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_stemmer_panics(word in word()) {
        for tag in STEMMED {
            let form = Stemmer::new(Lang::new(tag)).form(&word);
            prop_assert!(form.stem.len() <= form.norm.len() + 8, "{tag} {form:?}");
            prop_assert_eq!(form.stem.is_empty(), form.norm.is_empty(), "{} {:?}", tag, form);
        }
    }

    /// Each sentence has one language, whatever stands where.
    #[test]
    fn every_sentence_has_a_language(picks in proptest::collection::vec((0..PARAGRAPHS.len(), any::<bool>()), 0..8)) {
        let text: String = picks.iter().map(|&(i, new)| PARAGRAPHS[i].1.to_owned() + if new { "\n\n" } else { " " }).collect();
        let layout = layout(&text);
        for document in [language(&text), (Lang::UND, 0.0), (Lang::RU, 0.3)] {
            let langs = sentence_languages(&text, &layout, document);
            prop_assert!(langs.is_empty() || langs.len() == layout.sentences.len());
            prop_assert!(langs.is_empty() || langs.iter().any(|&l| l != document.0));
        }
    }
}
