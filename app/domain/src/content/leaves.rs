//! The words of a body as a flat list: what an editor shows as fields, a reviewer as blocks, a comparison as pairs.
//! A leaf's path is its place: `answer`, `pages.2.body`, `questions.payer.options.none`.

use crate::content::{Body, FormQuestion, FormTask, ModulePage, QuizQuestion, videos};
use std::collections::BTreeMap;

/// Pages a module may have.
pub const PAGES: usize = 30;
/// Questions a module may ask.
pub const QUESTIONS: usize = 10;

/// What kind of text stands at a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line,
    /// Some sentences without markup.
    Words,
    Markdown,
    /// One entry a line.
    Lines,
    Number,
}

/// One text of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    pub path: String,
    pub shape: Shape,
    pub text: String,
}

impl Leaf {
    /// The last part of the key of its label: `pages.2.body` is a `pages.body`.
    pub fn label(&self) -> String {
        label(&self.path)
    }

    /// Its blocks: paragraphs, lists and headings of Markdown, else the whole. Numbered from 1.
    pub fn blocks(&self) -> Vec<&str> {
        match self.shape {
            Shape::Markdown => {
                self.text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).collect()
            }
            _ => vec![self.text.as_str()],
        }
    }
}

/// What a path is called: its names without numbers and codes.
pub fn label(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        ["questions", _, "options", _] => "questions.options".into(),
        [list, _, name] => format!("{list}.{name}"),
        _ => path.to_owned(),
    }
}

/// All leaves of a body, in the order they are read.
pub fn of(body: &Body) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut body = body.clone();
    visit(&mut body, &mut |path, shape, text| {
        leaves.push(Leaf { path: path.to_owned(), shape, text: text.clone() });
    });
    leaves
}

/// The same body with other words. Leaves that are not named keep theirs; names of no leaf are passed over.
pub fn with(body: &Body, words: &BTreeMap<String, String>) -> Body {
    let mut body = body.clone();
    grow(&mut body, words);
    visit(&mut body, &mut |path, shape, text| {
        if let Some(new) = words.get(path) {
            *text = clean(new, shape);
        }
    });
    body
}

/// Makes room for the pages and questions the words speak of.
fn grow(body: &mut Body, words: &BTreeMap<String, String>) {
    let named = |list: &str| {
        let numbers =
            words.keys().filter_map(|path| path.strip_prefix(list)?.split('.').next()?.parse::<usize>().ok());
        numbers.max().unwrap_or(0)
    };
    if let Body::Module { pages, quiz, .. } = body {
        while pages.len() < named("pages.").min(PAGES) {
            pages.push(ModulePage { title: String::new(), body: String::new() });
        }
        while quiz.len() < named("quiz.").min(QUESTIONS) {
            quiz.push(QuizQuestion::default());
        }
    }
}

/// Takes away pages and questions in which nothing stands.
pub fn trimmed(mut body: Body) -> Body {
    if let Body::Module { pages, quiz, .. } = &mut body {
        pages.retain(|page| !page.title.is_empty() || !page.body.is_empty());
        quiz.retain(|question| !question.question.is_empty());
    }
    body
}

/// White space as it is kept: no carriage returns, nothing at the ends, lines of one-line texts joined.
fn clean(text: &str, shape: Shape) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    match shape {
        Shape::Line | Shape::Words => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Shape::Number => text.trim().to_owned(),
        Shape::Lines => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.collect::<Vec<_>>().join("\n")
        }
        Shape::Markdown => {
            let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
            lines.join("\n").trim_matches('\n').to_owned()
        }
    }
}

type Visitor<'v> = dyn FnMut(&str, Shape, &mut String) + 'v;

/// Shows every leaf to a visitor, who may change it.
fn visit(body: &mut Body, see: &mut Visitor<'_>) {
    use Shape::{Line, Markdown, Words};
    match body {
        Body::Module { summary, minutes, pages, quiz } => {
            see("summary", Words, summary);
            number("minutes", minutes, see);
            for (at, page) in pages.iter_mut().enumerate() {
                see(&format!("pages.{}.title", at + 1), Line, &mut page.title);
                see(&format!("pages.{}.body", at + 1), Markdown, &mut page.body);
            }
            for (at, question) in quiz.iter_mut().enumerate() {
                let at = at + 1;
                see(&format!("quiz.{at}.question"), Line, &mut question.question);
                lines(&format!("quiz.{at}.options"), &mut question.options, see);
                number(&format!("quiz.{at}.right"), &mut question.right, see);
                see(&format!("quiz.{at}.because"), Words, &mut question.because);
            }
        }
        Body::Faq { question, phrasings, answer } => {
            see("question", Line, question);
            lines("phrasings", phrasings, see);
            see("answer", Markdown, answer);
        }
        Body::Sentence { now, next, you, short, script } => {
            see("now", Words, now);
            see("next", Words, next);
            see("you", Words, you);
            see("short", Line, short);
            see("script", Words, script);
        }
        Body::Backward { text } | Body::Rejection { text } | Body::Claim { text } => see("text", Words, text),
        Body::Document { name, why, how } => {
            see("name", Line, name);
            see("why", Words, why);
            see("how", Words, how);
        }
        Body::Checklist { name } => see("name", Line, name),
        Body::Consent { meaning, wording, remuneration } => {
            see("meaning", Words, meaning);
            see("wording", Markdown, wording);
            optional("remuneration", Words, remuneration, see);
        }
        Body::Message { subject, text, action } => {
            see("subject", Line, subject);
            see("text", Markdown, text);
            see("action", Line, action);
        }
        Body::Form { intro, tasks, questions } => form(intro, tasks, questions, see),
        Body::Page { text } | Body::Script { text } => see("text", Markdown, text),
    }
}

fn form(intro: &mut String, tasks: &mut [FormTask], questions: &mut [FormQuestion], see: &mut Visitor<'_>) {
    see("intro", Shape::Markdown, intro);
    for task in tasks {
        see(&format!("tasks.{}.title", task.id), Shape::Line, &mut task.title);
    }
    for question in questions {
        let place = format!("questions.{}", question.id);
        see(&format!("{place}.label"), Shape::Line, &mut question.label);
        see(&format!("{place}.label_other"), Shape::Line, &mut question.label_other);
        optional(&format!("{place}.hint"), Shape::Words, &mut question.hint, see);
        see(&format!("{place}.short"), Shape::Line, &mut question.short);
        for (code, label) in &mut question.options {
            see(&format!("{place}.options.{code}"), Shape::Line, label);
        }
    }
}

fn number(path: &str, value: &mut i64, see: &mut Visitor<'_>) {
    let mut text = value.to_string();
    see(path, Shape::Number, &mut text);
    *value = text.parse().unwrap_or(0);
}

fn lines(path: &str, list: &mut Vec<String>, see: &mut Visitor<'_>) {
    let mut text = list.join("\n");
    see(path, Shape::Lines, &mut text);
    *list = text.lines().map(str::to_owned).collect();
}

fn optional(path: &str, shape: Shape, value: &mut Option<String>, see: &mut Visitor<'_>) {
    let mut text = value.clone().unwrap_or_default();
    see(path, shape, &mut text);
    *value = Some(text).filter(|text| !text.is_empty());
}

/// What a search looks in: code, title and words in small letters.
pub fn searchable(code: &str, title: &str, body: &Body) -> String {
    let leaves = of(body);
    let words = leaves.iter().map(|leaf| videos::as_read(&leaf.text)).collect::<Vec<_>>().join(" ");
    format!("{code} {title} {words}").to_lowercase().chars().take(8_000).collect()
}

/// A body of a kind in which nothing stands yet.
pub fn empty(kind: crate::content::Kind) -> Body {
    use crate::content::Kind;
    let none = String::new;
    match kind {
        Kind::Module => Body::Module {
            summary: none(),
            minutes: 3,
            pages: vec![ModulePage { title: none(), body: none() }],
            quiz: Vec::new(),
        },
        Kind::Faq => Body::Faq { question: none(), phrasings: Vec::new(), answer: none() },
        Kind::Sentence => {
            Body::Sentence { now: none(), next: none(), you: none(), short: none(), script: none() }
        }
        Kind::Backward => Body::Backward { text: none() },
        Kind::Document => Body::Document { name: none(), why: none(), how: none() },
        Kind::Rejection => Body::Rejection { text: none() },
        Kind::Checklist => Body::Checklist { name: none() },
        Kind::Consent => Body::Consent { meaning: none(), wording: none(), remuneration: None },
        Kind::Message => Body::Message { subject: none(), text: none(), action: none() },
        Kind::Form => Body::Form { intro: none(), tasks: Vec::new(), questions: Vec::new() },
        Kind::Page => Body::Page { text: none() },
        Kind::Script => Body::Script { text: none() },
        Kind::Claim => Body::Claim { text: none() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module() -> Body {
        Body::Module {
            summary: "Short.".into(),
            minutes: 4,
            pages: vec![ModulePage { title: "One".into(), body: "First.\n\nSecond.".into() }],
            quiz: Vec::new(),
        }
    }

    #[test]
    fn every_kind_reads_back_what_its_leaves_say() {
        for kind in crate::content::Kind::ALL {
            let body = empty(kind);
            let words = of(&body).into_iter().map(|leaf| (leaf.path, leaf.text)).collect();
            assert_eq!(with(&body, &words), body, "{kind:?}");
        }
    }

    #[test]
    fn a_page_is_added_by_naming_it_and_goes_when_nothing_stands_in_it() {
        let words = BTreeMap::from([("pages.2.title".to_owned(), " Two\r\n ".to_owned())]);
        let longer = with(&module(), &words);
        assert_eq!(of(&longer).iter().filter(|leaf| leaf.path.starts_with("pages.")).count(), 4);
        assert!(of(&longer).iter().any(|leaf| leaf.text == "Two"));
        let empty = BTreeMap::from([("pages.2.title".to_owned(), String::new())]);
        assert_eq!(trimmed(with(&longer, &empty)), module());
        let absurd = BTreeMap::from([("pages.999999.title".to_owned(), "x".to_owned())]);
        assert_eq!(
            of(&with(&module(), &absurd)).iter().filter(|leaf| leaf.path.ends_with("title")).count(),
            PAGES
        );
    }

    #[test]
    fn blocks_are_what_a_remark_is_pinned_to() {
        let leaves = of(&module());
        let body = leaves.iter().find(|leaf| leaf.path == "pages.1.body").map(|leaf| leaf.blocks().len());
        assert_eq!(body, Some(2));
        assert_eq!(
            leaves.iter().find(|leaf| leaf.path == "pages.1.body").map(Leaf::label),
            Some("pages.body".into())
        );
        assert_eq!(label("questions.payer.options.none"), "questions.options");
    }
}
