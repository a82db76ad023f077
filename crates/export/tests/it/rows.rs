//! What is pushed can be read back, and positions keep their law.

use crate::common::{Doc, Fix, floats, ints, read, slice, source, strings, texts};
use arrow::array::AsArray;
use arrow::datatypes::{Float64Type, Int64Type};
use decalque_export::{ExportError, Options, Output, TermRows};
use decalque_text::{
    CorpusTerm, Entity, EntityKind, GroupCount, Keyword, Lang, Layer, Mention, Quote, Role, Source, Span,
    Speech, Status, Vocabulary,
};
use std::path::Path;

/// Russian, emoji of several characters, curly quotes, characters outside the first plane.
const MIXED: &str =
    "Песков: “Sands said” 👩‍👩‍👧 — да\nIt’s Punks’ plan “And” 𝒳, сказал Sands. The end…\n\nPunks is the café.";

fn write(folder: &Path, docs: &[Doc], words: &Vocabulary) {
    let mut out = Output::create(folder, &Options::default()).unwrap();
    let mut batch = out.batch();
    docs.iter().for_each(|d| batch.push(&d.record(words)));
    out.append(batch.encode().unwrap(), b"").unwrap();
    out.finish(|_| serde_json::json!({})).unwrap();
}

/// text[char_start:char_end] is the row's text; raw_text[raw_start:raw_end] is what it came from.
fn check_law(raw: &str, local: &[Fix<'_>], corpus: &[Fix<'_>]) {
    let folder = tempfile::tempdir().unwrap();
    let mut words = Vocabulary::default();
    let doc = Doc::new("doc", raw, local, corpus, &mut words);
    write(folder.path(), std::slice::from_ref(&doc), &words);
    let text = &texts(&read(folder.path(), "documents"), "text")[0];
    let raw_text = &texts(&read(folder.path(), "sources"), "raw_text")[0];
    assert_eq!((text.as_str(), raw_text.as_str()), (doc.corpus.clean(), raw));

    let spans: Vec<Span> = doc.layout.tokens.iter().map(|t| t.span).collect();
    check_spans(folder.path(), "tokens", &doc, &spans);
    let spans: Vec<Span> = doc.layout.sentences.iter().map(|s| s.span).collect();
    check_spans(folder.path(), "sentences", &doc, &spans);
    let tokens = read(folder.path(), "tokens");
    for (i, token) in texts(&tokens, "text").iter().enumerate() {
        assert_eq!(&slice(text, ints(&tokens, "char_start")[i], ints(&tokens, "char_end")[i]), token);
    }
    check_corrections(folder.path(), text, raw_text);
}

fn check_spans(folder: &Path, table: &str, doc: &Doc, spans: &[Span]) {
    let rows = read(folder, table);
    assert_eq!(rows.num_rows(), spans.len());
    let [start, end, raw_start, raw_end] =
        ["char_start", "char_end", "raw_start", "raw_end"].map(|column| ints(&rows, column));
    for (i, &span) in spans.iter().enumerate() {
        let from = doc.local.to_raw(doc.corpus.to_raw(span));
        assert_eq!(slice(doc.corpus.clean(), start[i], end[i]), span.text(doc.corpus.clean()));
        assert_eq!(slice(&doc.source.raw_text, raw_start[i], raw_end[i]), from.text(&doc.source.raw_text));
    }
}

fn check_corrections(folder: &Path, text: &str, raw_text: &str) {
    let rows = read(folder, "corrections");
    let [start, end, raw_start, raw_end] =
        ["char_start", "char_end", "raw_start", "raw_end"].map(|column| ints(&rows, column));
    let (status, after) = (texts(&rows, "status"), strings(&rows, "after"));
    for (i, before) in texts(&rows, "before").iter().enumerate() {
        assert_eq!(&slice(raw_text, raw_start[i], raw_end[i]), before);
        match status[i].as_str() {
            "applied" => assert_eq!(Some(slice(text, start[i], end[i])), after[i]),
            _ => assert_eq!(after[i], None),
        }
    }
    assert_eq!(ints(&rows, "correction"), (0..rows.num_rows() as i64).collect::<Vec<_>>());
}

#[test]
fn law_without_repairs() {
    for raw in ["", "\n", "A", "Plain words. And more\nin two lines.", MIXED] {
        check_law(raw, &[], &[]);
    }
}

#[test]
fn law_with_local_repairs() {
    check_law(MIXED, &[("Sands", "Песков"), ("“And”", "“A”"), ("…", ".")], &[]);
    check_law("Sands said.", &[("Sands", "Peskov")], &[]);
}

#[test]
fn law_with_both_layers() {
    check_law(
        MIXED,
        &[("“And”", "“A”"), ("’s Punks", " is Punks")],
        &[("Sands", "Песков"), ("Punks is", "Панков —")],
    );
    check_law("a Sands b Punks c", &[("Sands", "Peskov")], &[("Punks", "Panks")]);
    // Flagged ones change nothing.
    check_law(MIXED, &[("𝒳", "")], &[("café", "")]);
}

#[test]
fn a_corpus_repair_over_a_local_one_covers_it() {
    let mut words = Vocabulary::default();
    let folder = tempfile::tempdir().unwrap();
    let doc = Doc::new(
        "d",
        "“Mr Sands” said",
        &[("Sands", "Peskof")],
        &[("Mr Peskof", "Dmitry Peskov")],
        &mut words,
    );
    write(folder.path(), std::slice::from_ref(&doc), &words);
    let rows = read(folder.path(), "corrections");
    assert_eq!(texts(&rows, "before"), ["Mr Sands", "Sands"]);
    assert_eq!(ints(&rows, "char_start"), [1, 1]);
    assert_eq!(ints(&rows, "char_end"), [14, 14]);
    assert_eq!(ints(&rows, "raw_start"), [1, 4]);
}

/// A document with something in every column.
fn full(words: &mut Vocabulary) -> Doc {
    let mut doc = Doc::new("a/b.txt", "Её title\nSands, the Plans.", &[("Sands", "Peskov")], &[], words);
    doc.head.title = Some(doc.layout.sentences[0].span);
    doc.head.fields.published = Some(1_456_358_400_000);
    doc.head.fields.agency = Some("TASS".into());
    let first = doc.layout.tokens[5].span;
    doc.keywords.push(Keyword { surface: "Plans".into(), norm: "plan".into(), score: 1.5, count: 1, first });
    let mut suggested = doc.corrections[0].clone();
    suggested.status = Status::Suggested;
    let mut refused = suggested.clone();
    refused.status = Status::Refused;
    refused.refused_by = Some("other.rule");
    doc.corrections.extend([suggested, refused]);
    doc
}

fn write_full() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut words = Vocabulary::default();
    let doc = full(&mut words);
    write(folder.path(), &[doc], &words);
    folder
}

#[test]
fn documents_and_sources_come_back() {
    let folder = write_full();
    let documents = read(folder.path(), "documents");
    assert_eq!(texts(&documents, "title"), ["Её title"]);
    assert_eq!(texts(&documents, "body"), ["Её title\nPeskov, the Plans."]);
    assert_eq!(texts(&documents, "lang"), [Lang::EN.tag()]);
    assert_eq!(strings(&documents, "agency"), [Some("TASS".to_owned())]);
    assert_eq!(strings(&documents, "place"), [None]);
    let counts = ["n_sentences", "n_tokens", "n_applied", "n_suggested"].map(|c| ints(&documents, c)[0]);
    assert_eq!(counts, [2, 7, 1, 1]);
    assert_eq!(
        (floats(&documents, "mt_score"), floats(&documents, "lang_confidence")),
        (vec![0.5], vec![0.99])
    );
    let sources = read(folder.path(), "sources");
    assert_eq!(texts(&sources, "content_hash"), ["0000000000000abc"]);
    assert_eq!(texts(&sources, "status"), ["ok"]);
}

#[test]
fn tokens_and_keywords_come_back() {
    let folder = write_full();
    let tokens = read(folder.path(), "tokens");
    assert_eq!(texts(&tokens, "text"), ["Её", "title", "Peskov", ",", "the", "Plans", "."]);
    assert_eq!(texts(&tokens, "norm")[5], "plans");
    assert_eq!(texts(&tokens, "stem")[5], "plan");
    assert_eq!(texts(&tokens, "kind")[3], "punctuation");
    assert_eq!(ints(&tokens, "token"), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(ints(&tokens, "sentence"), [0, 0, 1, 1, 1, 1, 1]);
    assert_eq!(texts(&tokens, "doc_id"), vec!["a/b.txt"; 7]);
    let keywords = read(folder.path(), "keywords");
    assert_eq!(ints(&keywords, "rank"), [1]);
    assert_eq!(ints(&keywords, "first_char_start"), [21]);
}

#[test]
fn quotes_come_back_with_their_speakers() {
    let folder = tempfile::tempdir().unwrap();
    let mut words = Vocabulary::default();
    let mut doc = Doc::new("d", "«Да», said Sands. It ended.", &[("Sands", "Peskov")], &[], &mut words);
    let span = |from, to| Span::new(from, to);
    let (said, named) = (span(2, 6), span(15, 21));
    let direct = Quote {
        speaker_entity: Some("person/dmitry-peskov".into()),
        span: said,
        speech: Speech::Direct,
        statement: 0,
        level: 0,
        cue: Some(span(10, 14)),
        speaker: Some("Dmitry Peskov".into()),
        speaker_at: Some(named),
    };
    let told = Quote {
        speaker_entity: None,
        span: span(23, 31),
        speech: Speech::Indirect,
        statement: 1,
        cue: None,
        speaker: None,
        speaker_at: None,
        level: 0,
    };
    doc.quotes = vec![direct, told];
    write(folder.path(), std::slice::from_ref(&doc), &words);
    let rows = read(folder.path(), "quotes");
    assert_eq!(texts(&rows, "text"), ["Да", "It ended"]);
    assert_eq!(texts(&rows, "speech"), ["direct", "indirect"]);
    assert_eq!(strings(&rows, "cue"), [Some("said".to_owned()), None]);
    assert_eq!(strings(&rows, "speaker"), [Some("Dmitry Peskov".to_owned()), None]);
    assert_eq!(strings(&rows, "speaker_entity_id"), [Some("person/dmitry-peskov".to_owned()), None]);
    assert_eq!(strings(&rows, "speaker_text"), [Some("Peskov".to_owned()), None]);
    let place = [
        "char_start",
        "char_end",
        "speaker_char_start",
        "speaker_char_end",
        "speaker_raw_start",
        "speaker_raw_end",
    ];
    assert_eq!(place.map(|c| ints(&rows, c)[0]), [1, 3, 11, 17, 11, 16]);
    assert_eq!(ints(&rows, "statement"), [0, 1]);
}

#[test]
fn corrections_come_back() {
    let folder = write_full();
    let corrections = read(folder.path(), "corrections");
    assert_eq!(texts(&corrections, "status"), ["applied", "suggested", "refused"]);
    assert_eq!(strings(&corrections, "refused_by")[2].as_deref(), Some("other.rule"));
    assert_eq!(floats(&corrections, "confidence"), [0.95; 3]);
    assert_eq!(texts(&corrections, "kind"), ["name_calque"; 3]);
}

#[test]
fn body_keeps_only_title_and_body() {
    let folder = tempfile::tempdir().unwrap();
    let mut words = Vocabulary::default();
    let mut doc = Doc::new("d", "Title\nOne.\nTwo.\nSee also\nThree.\nFour.", &[], &[], &mut words);
    let sentences = &mut doc.layout.sentences;
    sentences[3].role = Role::Related;
    for (sentence, paragraph) in sentences.iter_mut().zip([0, 1, 1, 1, 1, 2]) {
        sentence.paragraph = paragraph;
    }
    write(folder.path(), std::slice::from_ref(&doc), &words);
    assert_eq!(texts(&read(folder.path(), "documents"), "body"), ["Title\nOne.\nTwo. Three.\nFour."]);
}

#[test]
fn rejected_documents_are_rows_of_sources_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut out = Output::create(folder.path(), &Options::default()).unwrap();
    let mut batch = out.batch();
    batch.reject(&Source { doc_id: "bad".into(), reason: Some("no text".into()), ..Source::default() });
    out.append(batch.encode().unwrap(), b"").unwrap();
    out.finish(|_| serde_json::json!({})).unwrap();
    let sources = read(folder.path(), "sources");
    assert_eq!(texts(&sources, "status"), ["rejected"]);
    assert_eq!(strings(&sources, "raw_text"), [None]);
    assert_eq!(strings(&sources, "encoding"), [None]);
    assert_eq!(read(folder.path(), "documents").num_rows(), 0);
}

#[test]
fn words_of_different_vocabularies_are_not_mixed_up() {
    let folder = tempfile::tempdir().unwrap();
    let (mut here, mut there) = (Vocabulary::default(), Vocabulary::default());
    there.intern("else", |_| decalque_text::Form { stem: "other".into(), ..Default::default() });
    let a = Doc::new("a", "one two", &[], &[], &mut here);
    let b = Doc::new("b", "two one else", &[], &[], &mut there);
    let mut out = Output::create(folder.path(), &Options::only(["tokens"]).unwrap()).unwrap();
    let mut batch = out.batch();
    for _ in 0..2 {
        batch.push(&a.record(&here));
        batch.push(&b.record(&there));
    }
    out.append(batch.encode().unwrap(), b"").unwrap();
    out.finish(|_| serde_json::json!({})).unwrap();
    let tokens = read(folder.path(), "tokens");
    let stems = ["one", "two", "two", "one", "other"].repeat(2);
    assert_eq!(texts(&tokens, "stem"), stems);
}

#[test]
fn tokens_without_a_vocabulary_entry_keep_their_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut words = Vocabulary::default();
    let mut doc = Doc::new("a", "Sands said", &[("Sands", "Peskov")], &[], &mut words);
    doc.terms.clear();
    write(folder.path(), std::slice::from_ref(&doc), &words);
    assert_eq!(texts(&read(folder.path(), "tokens"), "text"), ["Peskov", "said"]);
}

#[test]
fn terms_are_written_as_they_come() {
    let folder = tempfile::tempdir().unwrap();
    let group = |group, keyness| GroupCount { group, n_docs: 1, count: 4, keyness };
    let (sources, months) = ([group("tass.com", 2.5), group("rt.com", -1.25)], [group("2016-02", 0.5)]);
    let term = |surface, norm, n_docs| CorpusTerm {
        surface,
        norm,
        n_docs,
        count: 9,
        keyness: 3.25,
        key_doc: "a",
        sources: &sources,
        months: if n_docs > 1 { &months } else { &[] },
    };
    let mut out = Output::create(folder.path(), &Options::default()).unwrap();
    let mut rows = TermRows::default();
    rows.push(&term("Syria", "syria", 3));
    rows.push(&term("Ämter", "ämter", 1));
    let encoded = out.batches().terms(rows).unwrap();
    out.terms(encoded).unwrap();
    let written = out.finish(|_| serde_json::json!({})).unwrap();
    assert_eq!(written.rows("terms"), 2);
    let rows = read(folder.path(), "terms");
    assert_eq!(texts(&rows, "term"), ["Syria", "Ämter"]);
    assert_eq!(ints(&rows, "n_docs"), [3, 1]);
    assert_eq!(texts(&rows, "key_doc_id"), ["a", "a"]);
    let lists = |column: &str| rows.column_by_name(column).unwrap().as_list::<i32>().clone();
    assert_eq!((lists("months").value_length(0), lists("months").value_length(1)), (1, 0));
    let sources = lists("sources").value(1);
    let sources = sources.as_struct();
    assert_eq!(
        sources.column(0).as_string::<i32>().iter().flatten().collect::<Vec<_>>(),
        ["tass.com", "rt.com"]
    );
    assert_eq!(sources.column(2).as_primitive::<Int64Type>().values(), &[4, 4]);
    assert_eq!(sources.column(3).as_primitive::<Float64Type>().values(), &[2.5, -1.25]);
}

#[test]
fn mentions_point_to_their_text_and_their_correction() {
    let (folder, mut words) = (tempfile::tempdir().unwrap(), Vocabulary::default());
    let mut doc = Doc::new("doc", "Да, said Sands today.", &[("Sands", "Peskov")], &[], &mut words);
    let at = doc.corpus.clean().find("Peskov").unwrap();
    doc.mentions.push(Mention {
        span: Span::of(at..at + 6),
        kind: EntityKind::Person,
        entity_id: "person/dmitry-peskov".into(),
        name: "Dmitry Peskov".into(),
        correction: Some(0),
    });
    write(folder.path(), std::slice::from_ref(&doc), &words);
    let rows = read(folder.path(), "mentions");
    assert_eq!((texts(&rows, "text"), texts(&rows, "kind")), (vec!["Peskov".into()], vec!["person".into()]));
    assert_eq!((ints(&rows, "char_start"), ints(&rows, "char_end")), (vec![9], vec![15]));
    assert_eq!((ints(&rows, "raw_start"), ints(&rows, "raw_end")), (vec![9], vec![14]));
    assert_eq!(
        (ints(&rows, "correction"), texts(&rows, "entity_id")),
        (vec![0], vec!["person/dmitry-peskov".into()])
    );
}

#[test]
fn entities_have_lists_of_spellings() {
    let folder = tempfile::tempdir().unwrap();
    let entity = |id: &str, variants: &[(&str, u64)]| Entity {
        entity_id: id.into(),
        name: id.to_uppercase(),
        kind: EntityKind::Organisation,
        n_mentions: 5,
        n_docs: 2,
        variants: variants.iter().map(|(s, n)| ((*s).to_owned(), *n)).collect(),
    };
    let mut out = Output::create(folder.path(), &Options::default()).unwrap();
    out.entities(&[entity("a", &[("A", 3), ("Ä", 2)]), entity("b", &[]), entity("c", &[("C", 5)])]).unwrap();
    assert_eq!(out.finish(|_| serde_json::json!({})).unwrap().rows("entities"), 3);
    let rows = read(folder.path(), "entities");
    let lists = rows.column_by_name("variants").unwrap().as_list::<i32>();
    let list = |i: usize| {
        let items = lists.value(i);
        let items = items.as_struct();
        let counts = items.column(1).as_primitive::<Int64Type>().values().to_vec();
        items
            .column(0)
            .as_string::<i32>()
            .iter()
            .map(|s| s.unwrap().to_owned())
            .zip(counts)
            .collect::<Vec<_>>()
    };
    assert_eq!(list(0), [("A".to_owned(), 3), ("Ä".to_owned(), 2)]);
    assert_eq!((list(1).len(), list(2)), (0, vec![("C".to_owned(), 5)]));
}

#[test]
fn sorted_outputs_refuse_other_orders() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { sorted: true, ..Options::default() };
    let mut out = Output::create(folder.path(), &options).unwrap();
    let encode = |ids: &[&str]| {
        let mut batch = out.batch();
        ids.iter().for_each(|id| batch.reject(&source(id, "")));
        batch.encode()
    };
    assert!(matches!(encode(&["b", "a"]), Err(ExportError::OutOfOrder { .. })));
    assert!(matches!(encode(&["a", "a"]), Err(ExportError::OutOfOrder { .. })));
    let (first, second) = (encode(&["c", "d"]).unwrap(), encode(&["a"]).unwrap());
    out.append(first, b"").unwrap();
    assert!(matches!(out.append(second, b""), Err(ExportError::OutOfOrder { .. })));
}

#[test]
fn positions_outside_the_text_do_no_harm() {
    let mut words = Vocabulary::default();
    let mut doc = Doc::new("a", "Ещё words", &[], &[], &mut words);
    doc.layout.tokens[0].span = Span::new(1, u32::MAX);
    doc.layout.sentences[0].span = Span::new(900, 1000);
    doc.corrections = Doc::new("b", "x", &[("x", "y")], &[], &mut words).corrections;
    doc.corrections[0].edit.span = Span::new(7000, 8000);
    doc.corrections[0].layer = Layer::Corpus;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), std::slice::from_ref(&doc), &words);
    assert_eq!(ints(&read(folder.path(), "sentences"), "char_end"), [9]);
}

#[test]
fn long_documents_take_several_pages() {
    let folder = tempfile::tempdir().unwrap();
    let mut words = Vocabulary::default();
    let text: String = (0..150_000_u64).map(|i| format!("w{} ", i * i % 997)).collect();
    let doc = Doc::new("long", &text, &[], &[], &mut words);
    write(folder.path(), std::slice::from_ref(&doc), &words);
    let tokens = read(folder.path(), "tokens");
    assert!(texts(&tokens, "text").iter().map(String::as_str).eq(text.split_whitespace()));
    assert!(texts(&tokens, "doc_id").iter().all(|id| id == "long"));
}
