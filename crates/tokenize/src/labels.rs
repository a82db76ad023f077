//! Fixed phrases of news pages. Compared in lower case and without marks around them, on short lines only.

/// Longest line a label can be; longer ones are never compared, so no text costs more than its length.
const LONGEST: usize = 160;

/// Lines that announce links to other articles. Sorted.
#[rustfmt::skip]
const RELATED: &[&str] = &[
    "also on rt", "also on rt.com", "also read", "don't miss", "latest news", "materials on the topic",
    "more news", "more on the topic", "more on this", "more on this story", "more on this topic",
    "more on topic", "more stories", "most popular", "most read", "on the topic", "on this topic",
    "on topic", "read also", "read more on", "read on the topic", "recommended", "recommended for you",
    "related", "related articles", "related content", "related coverage", "related links", "related news",
    "related stories", "related topics", "see also", "top stories", "you may also like",
    "you may be interested", "you might also like", "другие новости", "еще по теме", "ещё по теме",
    "материалы по теме", "по теме", "см. также", "смотрите также",
    "читайте далее по теме", "читайте ещё", "читайте также",
];

/// Fixed text of the site, alone on its line. Sorted.
#[rustfmt::skip]
const BOILERPLATE: &[&str] = &[
    "ad", "add comment", "advertisement", "advertising", "all rights reserved", "back", "close", "comment",
    "comments", "continue reading", "copy link", "e-mail", "email", "embed", "follow us",
    "follow us on twitter", "home", "leave a comment", "like", "link copied", "load more", "loading",
    "log in", "login", "menu", "more", "next", "no comments", "photo gallery", "play", "post a comment",
    "previous", "print", "print version", "read full article", "read full story", "read more",
    "read the full story", "register", "report a typo", "report an error", "share", "share on facebook",
    "share on twitter", "share this", "share this article", "show more", "sign in", "sign up",
    "skip to content", "sponsored", "sponsored content", "subscribe", "subscribe now", "to be continued",
    "tweet", "video", "view more", "watch", "watch video", "x", "далее", "закрыть",
    "комментарии", "комментировать", "поделиться", "подписаться", "подробнее", "распечатать",
    "реклама", "читать далее", "читать дальше", "читать полностью",
];

/// Beginnings of messages a page prints in place of a video or by law.
#[rustfmt::skip]
const MESSAGES: &[&str] = &[
    "your browser does not support", "your browser doesn't support", "the media could not be loaded",
    "this video is not available", "this video is unavailable", "video unavailable",
    "an error occurred while", "please enable javascript", "javascript is required", "to view this video",
    "to play this video", "media playback is", "playback of this video is not supported",
    "error loading player", "unable to load video", "could not load", "the video is not available",
    "adobe flash player is required", "this content is not available", "we use cookies",
    "this site uses cookies", "this website uses cookies", "all rights reserved", "copyright ©",
    "© copyright", "subscribe to our", "sign up for our", "follow us on", "share this on",
    "if you find an error", "if you notice an error", "if you spotted an error", "found a typo",
    "ваш браузер не поддерживает", "если вы нашли ошибку", "все права защищены",
];

/// Phrases that a page glues to the end of a paragraph.
#[rustfmt::skip]
const TAILS: &[&str] = &[
    "read more", "read more at", "read full article", "read the full story", "continue reading",
    "show more", "see more", "click here to read more", "read also", "see also", "share this article",
    "advertisement", "читать далее", "читать полностью", "подробнее",
];

/// Names of fields before a colon. Sorted.
#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "agency", "article id", "auther", "author", "authors", "by", "categories", "category", "country",
    "created", "created on", "date", "date published", "edited by", "edited time", "editing by",
    "editor", "id", "keywords", "language", "last modified", "last update", "last updated", "link",
    "permalink", "posted", "posted at", "posted by", "posted on", "publication date", "published",
    "published at", "published on", "published time", "reported by", "reporting by", "section",
    "source", "sources", "tag", "tags", "time", "translated by", "translation", "updated", "url",
    "views", "written by", "автор", "агентство", "дата", "источник", "категория", "обновлено",
    "опубликовано", "просмотров", "раздел", "рубрика", "ссылка", "теги",
];

/// Beginnings of lines under a picture.
#[rustfmt::skip]
const CAPTIONS: &[&str] = &[
    "photo:", "photo by", "photo ©", "photo credit", "photograph:", "photos:", "image:", "image copyright",
    "image caption", "image source", "image credit", "media caption", "file photo", "picture:", "pictured:",
    "video:", "video caption", "caption:", "ap photo", "reuters/", "getty images", "©", "(c) ", "(photo",
    "[photo", "фото:", "фото ©", "на фото",
];

/// Beginnings of the line that says who wrote and edited.
const CREDITS: &[&str] =
    &["reporting by ", "writing by ", "additional reporting by ", "editing by ", "compiled by "];

/// Beginnings of lines that say when, and perhaps who: `Posted on February 25, 2016 by Anna Lee`
const POSTED: &[&str] =
    &["posted ", "published ", "updated ", "last updated ", "опубликовано ", "обновлено "];

/// How the phrases of some lists begin: what begins otherwise, as most lines do, need not be compared with them.
#[derive(Clone, Copy)]
struct Beginnings([u32; 26]);

impl Beginnings {
    /// Those of phrases in lower case.
    const fn of(lists: &[&[&str]]) -> Self {
        let mut out = [0; 26];
        let mut i = 0;
        while i < lists.len() {
            let mut k = 0;
            while k < lists[i].len() {
                let phrase = lists[i][k].as_bytes();
                if phrase[0].is_ascii_lowercase() {
                    out[(phrase[0] - b'a') as usize] |= 1 << second(phrase);
                }
                k += 1;
            }
            i += 1;
        }
        Self(out)
    }

    /// False when the line begins with a letter and then goes on as no phrase does; what begins with a mark or in
    /// another alphabet is not judged.
    fn may_begin(&self, line: &str) -> bool {
        let bytes = line.as_bytes();
        match bytes {
            [_, wide, ..] if !wide.is_ascii() => true,
            [first, ..] if first.is_ascii_alphabetic() => {
                self.0[usize::from(first.to_ascii_lowercase() - b'a')] >> second(bytes) & 1 == 1
            }
            _ => true,
        }
    }
}

/// A number for the second letter of a phrase, one for all that is no letter.
const fn second(phrase: &[u8]) -> u8 {
    match phrase {
        [_, b, ..] if b.is_ascii_alphabetic() => b.to_ascii_lowercase() - b'a',
        _ => 26,
    }
}

/// How all labels begin; `read more` is named by itself.
static LABELS: Beginnings =
    Beginnings::of(&[RELATED, BOILERPLATE, MESSAGES, FIELDS, CAPTIONS, CREDITS, &["read more"]]);
/// How the tails begin.
static TAILED: Beginnings = Beginnings::of(&[TAILS]);
/// How the lines begin that say when they were posted.
static DATED: Beginnings = Beginnings::of(&[POSTED]);

/// True when a line begins as one that says when it was posted.
pub(crate) fn is_posted(line: &str) -> bool {
    if line.len() > LONGEST || !DATED.may_begin(line) {
        return false;
    }
    let lower = line.to_lowercase();
    POSTED.iter().any(|p| lower.starts_with(p))
}

fn begins_with_any(line: &str, phrases: &[&str]) -> bool {
    let first = line.as_bytes().first();
    phrases.iter().any(|p| p.as_bytes().first() == first && line.starts_with(p))
}

fn has(list: &[&str], phrase: &str) -> bool {
    list.binary_search(&phrase).is_ok()
}

/// What a label line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// Links follow on the next lines.
    Related,
    /// Label and headline on one line.
    RelatedLine,
    /// Fixed text.
    Boilerplate,
    /// A field of the page.
    Field,
    /// Words about a picture.
    Caption,
}

/// What the line is, when it is one of the fixed phrases.
pub(crate) fn label(line: &str) -> Option<Label> {
    if line.len() > LONGEST || !LABELS.may_begin(line) {
        return None;
    }
    let mut lower = line.to_lowercase();
    if lower.contains('’') {
        lower = lower.replace('’', "'");
    }
    let core = core(&lower);
    if has(RELATED, core) || core == "read more" && lower.ends_with(':') {
        return Some(Label::Related);
    }
    if has(BOILERPLATE, core) && lower.len() <= core.len() + 4 || begins_with_any(&lower, MESSAGES) {
        return Some(Label::Boilerplate);
    }
    if begins_with_any(&lower, CAPTIONS) {
        return Some(Label::Caption);
    }
    let credit = lower.trim_start_matches(['(', '[']);
    if begins_with_any(credit, CREDITS) {
        return Some(Label::Field);
    }
    let (name, _) = lower.split_once(':')?;
    let name = name.trim();
    if has(FIELDS, name) {
        return Some(Label::Field);
    }
    (has(RELATED, name) || name == "read more").then_some(Label::RelatedLine)
}

/// True for a phrase glued to the end of a paragraph.
pub(crate) fn is_tail(sentence: &str) -> bool {
    sentence.len() <= LONGEST && TAILED.may_begin(sentence) && TAILS.contains(&core(&sentence.to_lowercase()))
}

/// The words of a line without marks around them.
fn core(line: &str) -> &str {
    line.trim_matches(|c: char| !c.is_alphanumeric())
}

/// `S/SH 11`, `PG/BG`: the codes of those who wrote and edited.
pub(crate) fn is_sign_off(line: &str) -> bool {
    let (codes, number) = line.split_once(' ').unwrap_or((line, ""));
    let is_code = |code: &str| (1..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase());
    (3..=14).contains(&codes.len())
        && codes.contains('/')
        && codes.split('/').all(is_code)
        && number.len() <= 4
        && number.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let check = |line: &str, want: Option<Label>| assert_eq!(label(line), want, "{line}");
        check("See also", Some(Label::Related));
        check("READ ALSO:", Some(Label::Related));
        check("Read more", Some(Label::Boilerplate));
        check("Read more: Storm hits the coast", Some(Label::RelatedLine));
        check("Auther :", Some(Label::Field));
        check("ID :", Some(Label::Field));
        check("(Reporting by Anna Lee; editing by Boris Orlov)", Some(Label::Field));
        check("Photo: Anna Petrova", Some(Label::Caption));
        check("The Minister: we will see", None);
        check("Your browser does not support the video tag.", Some(Label::Boilerplate));
    }

    #[test]
    fn sign_offs() {
        assert!(is_sign_off("S/SH 11") && is_sign_off("PG/BG"));
        assert!(!is_sign_off("TASS") && !is_sign_off("AC/DC won") && !is_sign_off("/"));
    }
}
