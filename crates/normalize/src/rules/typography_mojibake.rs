use crate::rule::ANY_CASE;
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_text::{Confidence, Kind, Layer, Span};
use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

/// `â€œNo,â€ he said`, `РџСѓС‚РёРЅ`: UTF-8 that was read as another encoding.
pub(super) const RULE: Rule = Rule {
    id: "typography.mojibake",
    kind: Kind::Typography,
    layer: Layer::Local,
    summary: "UTF-8 that some program on the way read as windows-1252 or windows-1251 leaves runs of odd signs; read back they are the letters and marks that stood there. Only where no text could look so.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Shape(ANY_CASE, is_suspect),
    find,
    examples: &[
        Example::Fix("The minister said â€œnoâ€\u{9d} in the cafÃ©.", "The minister said “no” in the café."),
        Example::Fix(
            "The minister said â€œno,â€ and then he left the room with the others.",
            "The minister said “no,” and then he left the room with the others.",
        ),
        Example::Fix("He doesnâ€™t know â€“ nobody does.", "He doesn’t know – nobody does."),
        Example::Fix(
            "The talks in Moscow are вЂњover for nowвЂќ, he said.",
            "The talks in Moscow are “over for now”, he said.",
        ),
        Example::Fix(
            "The paper wrote of РџСѓС‚РёРЅ РІ РњРѕСЃРєРІРµ and of nobody else.",
            "The paper wrote of Путин в Москве and of nobody else.",
        ),
        Example::Keep("He drank a café crème in São Paulo and paid €5 for it."),
        Example::Keep("The château, the rôle and the Ångström are words; so is «CORREIO DA MANHÃ»."),
        Example::Keep("The sign reads «Рёбра Сёстры» and “SÂO”, he said."),
    ],
};

/// A code page that UTF-8 is often taken for.
struct Page {
    encoding: &'static Encoding,
    name: &'static str,
    /// The bytes that begin characters beyond ASCII, as the page shows them: those of marks and of the letters at stake.
    leads: &'static [char],
    /// Characters in a row below which letters prove nothing: pairs of the page's own letters make words.
    least: usize,
}

const PAGES: [Page; 2] = [
    Page {
        encoding: WINDOWS_1252,
        name: "windows-1252",
        leads: &['Â', 'Ã', 'Ä', 'Å', 'Ð', 'Ñ', 'â'],
        least: 1,
    },
    Page { encoding: WINDOWS_1251, name: "windows-1251", leads: &['В', 'Р', 'С', 'в'], least: 3 },
];

/// Longest repair, in characters.
const LONGEST: usize = 400;

fn is_suspect(word: &Seen) -> bool {
    !word.surface.is_ascii() && word.surface.contains(|c| PAGES.iter().any(|p| p.leads.contains(&c)))
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    PAGES.iter().find_map(|page| find_in(cx, at, page))
}

fn find_in(cx: &Context, at: usize, page: &Page) -> Option<Finding> {
    let (text, word) = (cx.view.text, cx.span(at, at + 1));
    let lead = |(_, c): &(usize, char)| page.leads.contains(c);
    let starts = word.text(text).char_indices().filter(lead).map(|(i, _)| word.start as usize + i);
    for start in starts {
        let Some(run) = Run::read(text.get(start..)?, page) else { continue };
        // What another word of the run began, that word has found.
        let before = text.get(..start)?;
        if is_inside(before, page) || !run.is_certain(before, text.get(start..start + run.len)?, page) {
            return None;
        }
        let span = Span::new(u32::try_from(start).ok()?, u32::try_from(start + run.len).ok()?);
        let evidence = format!("The bytes of “{}” in UTF-8, read as {}.", run.after, page.name);
        return Some(Finding { span, after: run.after, confidence: Confidence::new(990), evidence });
    }
    None
}

/// A stretch of text that is UTF-8 read as a code page.
struct Run {
    /// Its length in bytes.
    len: usize,
    after: String,
    /// How many characters of it were misread.
    characters: usize,
}

impl Run {
    /// The run at the beginning of a text. It goes on over single spaces.
    fn read(text: &str, page: &Page) -> Option<Self> {
        let mut run = Self { len: 0, after: String::new(), characters: 0 };
        while run.characters < LONGEST {
            let rest = text.get(run.len..)?;
            let gap = usize::from(run.len > 0 && rest.starts_with(' '));
            let Some((len, c)) = character(rest.get(gap..)?, page) else { break };
            run.after.push_str(rest.get(..gap)?);
            run.after.push(c);
            run.len += gap + len;
            run.characters += 1;
        }
        (run.characters > 0).then_some(run)
    }

    /// Whether nobody would have written this: it stands as `now`, after `before`.
    fn is_certain(&self, before: &str, now: &str, page: &Page) -> bool {
        let odd = now.chars().filter(|&c| !c.is_ascii() && is_odd(c)).count();
        // A dash or a quotation mark becomes three signs that never stand together.
        let has_mark = self.after.chars().any(|c| matches!(c, '\u{2010}'..='\u{20bf}'));
        // `«MANHÃ»`: a word in capitals, and a mark.
        let in_capitals = self.characters == 1 && before.ends_with(char::is_uppercase);
        let is_printable = self.after.chars().all(|c| !c.is_control());
        is_printable
            && (has_mark || !in_capitals && self.characters >= page.least && odd * 2 >= self.characters)
    }
}

/// Signs and letters that stand inside no word of a language written in the page.
fn is_odd(c: char) -> bool {
    !c.is_alphabetic()
        || matches!(
            c,
            'Ђ' | 'Ѓ'
                | 'ѓ'
                | 'Љ'
                | 'Њ'
                | 'Ќ'
                | 'Ћ'
                | 'Џ'
                | 'ђ'
                | 'љ'
                | 'њ'
                | 'ќ'
                | 'ћ'
                | 'џ'
                | 'Ѕ'
                | 'ѕ'
                | 'Ґ'
                | 'ґ'
                | 'І'
                | 'і'
                | 'Ј'
                | 'ј'
                | 'Є'
                | 'є'
                | 'Ї'
                | 'ї'
                | 'Ў'
                | 'ў'
        )
}

/// One character of UTF-8, read back from what a page made of its bytes, and the length of that in bytes.
fn character(text: &str, page: &Page) -> Option<(usize, char)> {
    let mut chars = text.chars();
    let lead = chars.next().filter(|c| page.leads.contains(c))?;
    let mut bytes = vec![byte(lead, page.encoding)?];
    let mut len = lead.len_utf8();
    if let Some(mark) = cut_mark(text, page) {
        return Some(mark);
    }
    let wanted = if bytes.first()? >= &0xe0 { 3 } else { 2 };
    while bytes.len() < wanted {
        let c = chars.next()?;
        bytes.push(byte(c, page.encoding).filter(|b| (0x80..0xc0).contains(b))?);
        len += c.len_utf8();
    }
    let c = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((len, c))
}

/// `â€` whose last byte, which windows-1252 has no sign for, was lost on the way: a closing quotation mark.
fn cut_mark(text: &str, page: &Page) -> Option<(usize, char)> {
    const CUT: &str = "â€";
    let rest = text.strip_prefix(CUT).filter(|_| page.encoding == WINDOWS_1252)?;
    let is_cut = |c: char| byte(c, page.encoding).is_none_or(|b| !(0x80..0xc0).contains(&b));
    match rest.chars().next() {
        Some('\u{fffd}') => Some((CUT.len() + '\u{fffd}'.len_utf8(), '”')),
        Some(c) if !is_cut(c) => None,
        _ => Some((CUT.len(), '”')),
    }
}

/// The byte a character has in a code page; none for those of ASCII.
fn byte(c: char, encoding: &'static Encoding) -> Option<u8> {
    let mut buffer = [0; 4];
    let (bytes, _, failed) = encoding.encode(c.encode_utf8(&mut buffer));
    bytes.first().copied().filter(|b| !failed && bytes.len() == 1 && !b.is_ascii())
}

/// Whether a text ends with a misread character, so that what follows is the middle of a run.
fn is_inside(before: &str, page: &Page) -> bool {
    let before = before.strip_suffix(' ').unwrap_or(before);
    let starts = before.char_indices().rev().take(3).map(|(i, _)| i);
    starts.into_iter().any(|i| {
        let rest = before.get(i..).unwrap_or_default();
        character(rest, page).is_some_and(|(len, _)| len == rest.len())
    })
}
