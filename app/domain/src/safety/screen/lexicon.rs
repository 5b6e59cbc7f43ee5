//! The word lists, compiled once: forms that a token may take, and patterns of forms.
//!
//! The list files say in their heads how they are written. One file a language, all read for every text, because people
//! mix languages and forms are filled in whatever page they stand on.

use super::read::{exact_form, folded_form};
use crate::letters::is_unspaced;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Most tokens that may stand where a list says `..`.
const GAP: u8 = 4;

/// What a pattern is evidence of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Emergency,
    Crisis,
    Reaction,
    Complaint,
    Pregnancy,
    Overdose,
    Misuse,
    Error,
    Ineffective,
    OffLabel,
    /// A turn of phrase that means no harm; it hides what it covers.
    Figure,
    /// "no", "without".
    Negation,
    /// Opens a question.
    Question,
    /// Somebody is having something.
    Experience,
    /// "if", "in case".
    Condition,
    /// Somebody is spoken of at all.
    Person,
    /// Ends the reach of a negation: "but".
    Turn,
    /// May stand between the words of any pattern.
    Filler,
    /// An ordinary word, so that it is not taken for a misspelt symptom.
    Common,
}

impl Role {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "emergency" => Self::Emergency,
            "crisis" => Self::Crisis,
            "reaction" => Self::Reaction,
            "complaint" => Self::Complaint,
            "pregnancy" => Self::Pregnancy,
            "overdose" => Self::Overdose,
            "misuse" => Self::Misuse,
            "error" => Self::Error,
            "ineffective" => Self::Ineffective,
            "off label" => Self::OffLabel,
            "figure" => Self::Figure,
            "negation" => Self::Negation,
            "question" => Self::Question,
            "experience" => Self::Experience,
            "condition" => Self::Condition,
            "person" => Self::Person,
            "turn" => Self::Turn,
            "filler" => Self::Filler,
            "common" => Self::Common,
            _ => return None,
        })
    }

    /// Whether it stands for something to report, not for context.
    pub(super) fn is_finding(self) -> bool {
        self <= Self::OffLabel
    }
}

/// The languages with a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Language {
    English,
    Spanish,
    Vietnamese,
    Arabic,
    French,
    German,
    Chinese,
}

const SOURCES: [(Language, &str); 7] = [
    (Language::English, include_str!("lexicon/en.txt")),
    (Language::Spanish, include_str!("lexicon/es.txt")),
    (Language::Vietnamese, include_str!("lexicon/vi.txt")),
    (Language::Arabic, include_str!("lexicon/ar.txt")),
    (Language::French, include_str!("lexicon/fr.txt")),
    (Language::German, include_str!("lexicon/de.txt")),
    (Language::Chinese, include_str!("lexicon/zh.txt")),
];

/// A word or the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Form {
    pub(super) folded: String,
    pub(super) exact: String,
    pub(super) prefix: bool,
    pub(super) language: Language,
    /// The folded letters, and which of them occur, for quick comparison.
    pub(super) letters: Vec<char>,
    pub(super) letter_set: u32,
    /// Whether some finding is made of it; only such forms are looked for behind misspellings.
    pub(super) sought: bool,
}

impl Form {
    fn is_like(&self, other: &Self) -> bool {
        (&self.exact, self.prefix, self.language) == (&other.exact, other.prefix, other.language)
    }
}

/// One place in a pattern.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) forms: Vec<u32>,
    /// How many other tokens may stand before it.
    pub(super) gap: u8,
}

/// A sequence of places, and what finding it means.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) role: Role,
    pub(super) weight: f32,
    pub(super) language: Language,
    pub(super) slots: Vec<Slot>,
}

/// Everything compiled.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) forms: Vec<Form>,
    pub(super) patterns: Vec<Pattern>,
    /// Forms by their folded text: whole words, and beginnings.
    pub(super) whole: HashMap<String, Vec<u32>>,
    pub(super) prefix: HashMap<String, Vec<u32>>,
    pub(super) longest_prefix: usize,
    /// The patterns that begin with a form.
    pub(super) starting: HashMap<u32, Vec<u32>>,
}

/// The shipped lists.
pub(super) fn shipped() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
        let mut lexicon = Lexicon::default();
        for (language, source) in SOURCES {
            lexicon.add(language, source);
        }
        lexicon
    });
    &LEXICON
}

impl Lexicon {
    fn add(&mut self, language: Language, source: &str) {
        let mut names: HashMap<String, String> = HashMap::new();
        let mut role = Role::Common;
        let mut weight = 1.0;
        let source = spaced(source);
        for line in source.lines().map(|l| l.split('#').next().unwrap_or_default().trim()) {
            if let Some(heading) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                let (name, number) = heading.rsplit_once(' ').unwrap_or((heading, ""));
                let (name, number) =
                    if let Ok(number) = number.parse() { (name, number) } else { (heading, 1.0) };
                role = Role::named(name).unwrap_or(Role::Common);
                weight = number;
            } else if let Some((name, meaning)) = line.strip_prefix('@').and_then(|l| l.split_once('=')) {
                names.insert(name.trim().to_owned(), expand(meaning.trim(), &names));
            } else {
                for pattern in line.split(',').map(str::trim).filter(|p| !p.is_empty()) {
                    for order in orders(&pattern.split('&').map(str::trim).collect::<Vec<_>>()) {
                        self.add_pattern(language, role, weight, &order, &names);
                    }
                }
            }
        }
    }

    fn add_pattern(
        &mut self,
        language: Language,
        role: Role,
        weight: f32,
        text: &str,
        names: &HashMap<String, String>,
    ) {
        for sequence in sequences(text, names) {
            let mut slots = Vec::new();
            let mut gap = 0;
            for place in sequence.split_whitespace() {
                if place == ".." {
                    gap += GAP;
                    continue;
                }
                let forms = place.split('|').filter_map(|f| self.form(language, f)).collect();
                slots.push(Slot { forms, gap });
                gap = 0;
            }
            let Some(first) = slots.first() else { continue };
            if role.is_finding() {
                for form in slots.iter().flat_map(|s: &Slot| &s.forms) {
                    self.forms[*form as usize].sought = true;
                }
            }
            let number = self.patterns.len() as u32;
            for form in &first.forms {
                self.starting.entry(*form).or_default().push(number);
            }
            self.patterns.push(Pattern { role, weight, language, slots });
        }
    }

    fn form(&mut self, language: Language, written: &str) -> Option<u32> {
        let (word, prefix) = written.strip_suffix('*').map_or((written, false), |w| (w, true));
        let word: String = word.chars().filter(|c| !matches!(c, '\'' | '’')).collect();
        let exact = exact_form(&word);
        let folded = folded_form(&exact);
        if folded.is_empty() {
            return None;
        }
        let letters: Vec<char> = folded.chars().collect();
        let form = Form {
            letter_set: letter_set(&letters),
            letters,
            folded,
            exact,
            prefix,
            language,
            sought: false,
        };
        let list = if prefix { &mut self.prefix } else { &mut self.whole };
        let same = list.entry(form.folded.clone()).or_default();
        if let Some(known) = same.iter().find(|id| self.forms[**id as usize].is_like(&form)) {
            return Some(*known);
        }
        let id = self.forms.len() as u32;
        same.push(id);
        if prefix {
            self.longest_prefix = self.longest_prefix.max(form.folded.len());
        }
        self.forms.push(form);
        Some(id)
    }
}

/// One bit for each letter that occurs.
pub(super) fn letter_set(word: &[char]) -> u32 {
    word.iter().fold(0, |set, c| set | 1 << (*c as u32 % 32))
}

/// Chinese is written without spaces and read by the character: `头晕` is two places in a row.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if is_unspaced(c) && out.ends_with(is_unspaced) {
            out.push('_');
        }
        out.push(c);
    }
    out
}

/// Puts the meaning of each `@name` in its place.
fn expand(place: &str, names: &HashMap<String, String>) -> String {
    let meaning = |part: &str| match part.strip_prefix('@') {
        Some(name) => names.get(name).cloned().unwrap_or_default(),
        None => part.to_owned(),
    };
    place.split('|').map(meaning).collect::<Vec<_>>().join("|")
}

/// A pattern with choices of several words (`be_dead`) is several patterns.
fn sequences(text: &str, names: &HashMap<String, String>) -> Vec<String> {
    text.split_whitespace().fold(vec![String::new()], |done, place| {
        let place = expand(place, names);
        let (several, single): (Vec<&str>, Vec<&str>) = place.split('|').partition(|f| f.contains('_'));
        let mut choices: Vec<String> = several.iter().map(|f| f.replace('_', " ")).collect();
        if !single.is_empty() {
            choices.push(single.join("|"));
        }
        done.iter().flat_map(|front| choices.iter().map(move |c| format!("{front} {c}"))).collect()
    })
}

/// `a & b` may stand in either order, with other words between.
fn orders(parts: &[&str]) -> Vec<String> {
    match parts {
        [] => Vec::new(),
        [only] => vec![(*only).to_owned()],
        _ => (0..parts.len())
            .flat_map(|i| {
                let others: Vec<&str> =
                    parts.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, p)| *p).collect();
                orders(&others).into_iter().map(move |rest| format!("{} .. {rest}", parts[i]))
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_is_known_and_every_name_is_defined() {
        for (language, source) in SOURCES {
            let mut names = Vec::new();
            for line in source.lines().map(|l| l.split('#').next().unwrap_or_default().trim()) {
                if let Some(heading) = line.strip_prefix('[') {
                    let heading = heading
                        .trim_end_matches(|c: char| c == ']' || c == '.' || c == ' ' || c.is_ascii_digit());
                    assert!(Role::named(heading).is_some(), "{language:?}: {line}");
                } else if let Some((name, _)) = line.strip_prefix('@').and_then(|l| l.split_once('=')) {
                    names.push(name.trim().to_owned());
                }
                for used in line.split(['|', ' ', ',']).filter_map(|w| w.strip_prefix('@')) {
                    assert!(names.contains(&used.to_owned()), "{language:?}: @{used}");
                }
            }
        }
    }

    #[test]
    fn chinese_is_read_by_the_character() {
        assert_eq!(spaced("头晕|晕 .. 很重, cough"), "头_晕|晕 .. 很_重, cough");
    }

    #[test]
    fn either_order_is_compiled() {
        assert_eq!(orders(&["lip*", "swollen"]), ["lip* .. swollen", "swollen .. lip*"]);
    }
}
