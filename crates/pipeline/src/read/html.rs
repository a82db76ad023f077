//! Web pages: the main text, and what the page says of itself.

use super::decode::{Decoded, decode, spoken};
use super::fields::published;
use super::{Loaded, joined};
use decalque_text::Metadata;
use dom_smoothie::{Article, CandidateSelectMode, Config, Readability, TextMode};
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Largest page in bytes: its tree takes some twenty times that in memory.
const LARGEST_PAGE: usize = 16_000_000;
/// Most elements of a page.
const MOST_ELEMENTS: usize = 200_000;
/// Deepest nesting: parsing takes time in proportion to depth for every element.
const DEEPEST: usize = 1_000;

/// The main text of a page. `charset` is the encoding that its carrier declares, `url` where it was fetched from.
///
/// # Errors
/// Why the page is rejected, as a sentence.
pub(crate) fn load(
    bytes: &[u8],
    charset: Option<&'static Encoding>,
    url: Option<&str>,
) -> Result<Loaded, String> {
    if bytes.len() > LARGEST_PAGE {
        return Err(format!("the page has {} bytes; the limit is {LARGEST_PAGE}", bytes.len()));
    }
    let declared = charset.or_else(|| declared(bytes));
    let decoded = decode(bytes, declared).or_else(|reason| mended(bytes, declared).ok_or(reason))?;
    if depth(decoded.text.as_bytes()) > DEEPEST {
        return Err(format!("its elements are nested more than {DEEPEST} deep"));
    }
    // Parsing and scoring are others' code: should it ever panic, that is the page's loss and not the run's.
    let read = catch_unwind(AssertUnwindSafe(|| page(&decoded.text, url)));
    let (page, note) = read.unwrap_or_else(|_| Err("the page cannot be taken apart".to_owned()))?;
    Ok(Loaded { encoding: decoded.encoding, note: joined(decoded.note, Some(note)), ..page })
}

/// A page with a few bytes that are not of its encoding: one in two hundred at most, each then a replacement character.
fn mended(bytes: &[u8], declared: Option<&'static Encoding>) -> Option<Decoded> {
    let encoding = declared.unwrap_or(encoding_rs::UTF_8);
    let text = encoding.decode_without_bom_handling(bytes).0;
    let bad = text.matches('\u{fffd}').count();
    let note = format!("{bad} places are not valid {} and were replaced", spoken(encoding));
    let fits = bad * 200 <= bytes.len() && !text.contains('\0') && !text.trim().is_empty();
    fits.then(|| Decoded { text: text.into_owned(), encoding: spoken(encoding), note: Some(note) })
}

fn page(html: &str, url: Option<&str>) -> Result<(Loaded, String), String> {
    let config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        text_mode: TextMode::Formatted,
        candidate_select_mode: CandidateSelectMode::Readability,
        ..Config::default()
    };
    let url = url.filter(|u| u.starts_with("http"));
    let read = Readability::new(html, url, Some(config)).and_then(|mut r| r.parse());
    let main = read.ok().map(|article| (clean(&article.text_content), article));
    if let Some((text, article)) = main.filter(|(text, _)| !text.is_empty()) {
        return Ok((of_article(text, article), "the main text of a web page".to_owned()));
    }
    let text = all_text(html);
    if text.is_empty() {
        return Err("the page holds no text".to_owned());
    }
    let note = "all text of a web page: no main text was found".to_owned();
    Ok((Loaded { text, ..Loaded::default() }, note))
}

/// Every text of the page, scripts and styles left out.
fn all_text(html: &str) -> String {
    let document = dom_query::Document::from(html);
    document.select("script, style, noscript, template, svg, head").remove();
    clean(&document.formatted_text())
}

/// No white space around lines, no more than one empty line together.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            blank += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        out.extend(line.chars().filter(|&c| c != '\0'));
        blank = 0;
    }
    out
}

fn of_article(text: String, article: Article) -> Loaded {
    let filled = |s: String| Some(s.trim().replace('\0', "")).filter(|s| !s.is_empty());
    let date = article.published_time.as_deref().and_then(published);
    let unread = article.published_time.filter(|_| date.is_none());
    let rest = [
        ("published_time", unread),
        ("modified_time", article.modified_time),
        ("site_name", article.site_name),
        ("lang", article.lang),
        ("excerpt", article.excerpt),
    ];
    let rest = rest.into_iter().filter_map(|(name, value)| Some((name.to_owned(), filled(value?)?)));
    let rest: Map<String, Value> = rest.map(|(name, value)| (name, Value::String(value))).collect();
    Loaded {
        text,
        fields: Metadata {
            title: filled(article.title),
            author: article.byline.and_then(filled),
            url: article.url.and_then(filled),
            published: date,
            ..Metadata::default()
        },
        metadata: (!rest.is_empty()).then(|| Value::Object(rest).to_string()),
        ..Loaded::default()
    }
}

/// The encoding a page declares in its beginning: a meta element or an XML prolog.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default().to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let prolog = head.starts_with("<?xml").then(|| head.split("?>").next()).flatten();
    let from_prolog = prolog.and_then(|p| p.split_once("encoding=")).map(|(_, rest)| rest);
    let metas = head.split("<meta").skip(1).filter_map(|m| m.split('>').next());
    let from_meta = metas.filter_map(|m| m.split_once("charset=")).map(|(_, rest)| rest);
    from_meta.chain(from_prolog).find_map(label)
}

/// The encoding that a label names; it may stand in quotes and end at the next mark.
pub(crate) fn label(text: &str) -> Option<&'static Encoding> {
    let text = text.trim_start_matches(['"', '\'', ' ']);
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).unwrap_or(text.len());
    Encoding::for_label(text.get(..end)?.as_bytes())
}

/// About how deep elements are nested: opened and not closed, those that need no end tag not counted.
fn depth(html: &[u8]) -> usize {
    const FLAT: [&[u8]; 26] = [
        b"area", b"base", b"br", b"col", b"dd", b"dt", b"embed", b"hr", b"img", b"input", b"li", b"link",
        b"meta", b"option", b"p", b"param", b"source", b"tbody", b"td", b"tfoot", b"th", b"thead", b"tr",
        b"track", b"wbr", b"body",
    ];
    let (mut now, mut most) = (0usize, 0usize);
    for at in memchr::memchr_iter(b'<', html) {
        let rest = html.get(at + 1..).unwrap_or_default();
        let is_end = rest.first() == Some(&b'/');
        let name = rest.get(usize::from(is_end)..).unwrap_or_default();
        let len = name.iter().take(24).take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = name.get(..len).unwrap_or_default();
        if len == 0 || FLAT.iter().any(|flat| flat.eq_ignore_ascii_case(name)) {
            continue;
        }
        now = if is_end { now.saturating_sub(1) } else { now + 1 };
        most = most.max(now);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Minister leaves – Example News</title>
        <meta property="og:title" content="Minister leaves">
        <meta property="article:published_time" content="2016-02-25T10:27:00+03:00">
        <meta name="author" content="Ivan Ivanov"><link rel="canonical" href="https://example.org/a">
        <style>p { color: red }</style></head><body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
        <article><h1>Minister leaves</h1>
        <p>The foreign minister left the capital on Thursday, the ministry said in a long statement, which was
        read out to journalists, who had come early and who had waited for hours.</p>
        <p>He is expected to return on Monday, a spokesman added, unless the talks, which began last week, last
        longer than planned, or the weather, which has been bad, keeps him.</p></article>
        <script>var x = "not text";</script><footer>All rights reserved</footer></body></html>"#;

    #[test]
    fn a_page_gives_its_main_text_and_what_it_says_of_itself() {
        let l = load(PAGE.as_bytes(), None, None).unwrap();
        assert!(l.text.contains("left the capital") && l.text.contains("Monday"), "{}", l.text);
        for other in ["not text", "All rights", "World", "color"] {
            assert!(!l.text.contains(other), "{other}: {}", l.text);
        }
        assert!(l.text.contains("\n\nHe is"), "{}", l.text);
        assert_eq!(l.fields.title.as_deref(), Some("Minister leaves"));
        assert_eq!(l.fields.author.as_deref(), Some("Ivan Ivanov"));
        assert_eq!(l.fields.published, Some(1_456_396_020_000));
        assert_eq!(l.note.as_deref(), Some("the main text of a web page"));
    }

    #[test]
    fn a_page_is_decoded_as_it_declares() {
        let html = "<html><head><meta http-equiv=Content-Type content='text/html; charset=koi8-r'></head>\
            <body><p>Министр уехал.</p></body></html>";
        let (bytes, _, _) = encoding_rs::KOI8_R.encode(html);
        let l = load(&bytes, None, None).unwrap();
        assert_eq!((l.text.as_str(), l.encoding), ("Министр уехал.", "koi8-r"));
        assert!(l.note.unwrap().starts_with("decoded from koi8-r, as it declares; "));
    }

    #[test]
    fn a_few_bad_bytes_do_not_cost_the_page() {
        let mut bytes = PAGE.as_bytes().to_vec();
        let at = PAGE.find("capital").unwrap();
        bytes[at] = 0xff;
        let l = load(&bytes, None, None).unwrap();
        assert!(l.text.contains("\u{fffd}apital") && l.note.unwrap().contains("1 places"));
    }

    #[test]
    fn pages_without_text_say_so() {
        for (html, why) in [
            ("<html><body><script>x</script></body></html>", "no text"),
            ("<html></html>", "no text"),
            (&"<div>".repeat(5000), "nested"),
            (&"<b><i><a>".repeat(5000), "nested"),
        ] {
            assert!(load(html.as_bytes(), None, None).unwrap_err().contains(why), "{why}");
        }
    }

    #[test]
    fn a_short_page_is_read_whole() {
        let l = load(b"<html><body><div>One.</div><div>Two.</div></body></html>", None, None).unwrap();
        assert_eq!(l.text, "One.\n\nTwo.");
    }
}
