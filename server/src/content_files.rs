//! Content as plain files: TOML front matter and Markdown, one file a variant, pictures and videos beside them, so that a team can begin from what it has
//! and leave at any time. What is written reads back the same, byte for byte.

use domain::cases::Stage;
use domain::consents::Channel;
use domain::content::leaves::{self, Shape};
use domain::content::{Audience, Kind, MediaFile, Meta, Reference, media_in};
use domain::editorial::{Brought, Sheet};
use domain::ids::MediaId;
use domain::locale::Locale;
use domain::programs::Program;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Bytes one file may have.
pub const LIMIT: u64 = 1_000_000;
/// Begins and ends the front matter.
const FENCE: &str = "+++";
/// Begins a Markdown text, followed by its place: `%%% pages.1.body`.
const MARK: &str = "%%% ";

/// The front matter.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    code: String,
    program: String,
    kind: String,
    slug: String,
    edition: i64,
    language: String,
    source: String,
    title: String,
    audience: Audience,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stage: Option<Stage>,
    branded: bool,
    indication: String,
    label: String,
    channels: Vec<Channel>,
    note: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    references: Vec<CitedAs>,
    /// Texts that are no Markdown, in the order they are read.
    #[serde(default, rename = "word", skip_serializing_if = "Vec::is_empty")]
    words: Vec<Word>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    at: String,
    text: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CitedAs {
    document: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    page: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    expires_on: String,
}

/// Where a variant's file lies below the folder: `BR/faq/FAQ-012.e4.es.md`.
pub fn place(sheet: &Sheet) -> String {
    let prefix = sheet.item.split('/').next().unwrap_or_default();
    format!("{prefix}/{}/{}.e{}.{}.md", sheet.kind.code(), sheet.code, sheet.edition, sheet.locale)
}

/// Where a picture or video of it lies: `BR/media/….jpg`.
pub fn media_place(sheet: &Sheet, file: &MediaFile) -> String {
    let prefix = sheet.item.split('/').next().unwrap_or_default();
    format!("{prefix}/media/{}.{}", file.id, file.ending())
}

/// The pictures and videos its words name.
pub fn media_of(sheet: &Sheet) -> Vec<MediaId> {
    leaves::of(&sheet.body).iter().flat_map(|leaf| media_in(&leaf.text)).collect()
}

/// The file of a variant.
pub fn write(sheet: &Sheet, program: &Program) -> Result<String, String> {
    let (mut words, mut texts) = (Vec::new(), String::new());
    for leaf in leaves::of(&sheet.body) {
        let is_plain =
            leaf.shape == Shape::Markdown && leaf.text.lines().all(|line| !line.starts_with(MARK.trim_end()));
        if is_plain {
            texts.push_str(&format!("{MARK}{}\n{}\n", leaf.path, leaf.text));
        } else {
            words.push(Word { at: leaf.path, text: leaf.text });
        }
    }
    let meta = &sheet.meta;
    let front = Front {
        code: sheet.code.clone(),
        program: program.code.clone(),
        kind: sheet.kind.code().to_owned(),
        slug: sheet.slug.clone(),
        edition: sheet.edition,
        language: sheet.locale.tag().to_owned(),
        source: sheet.source_locale.tag().to_owned(),
        title: sheet.title.clone(),
        audience: meta.audience,
        stage: meta.stage,
        branded: meta.is_branded,
        indication: meta.indication.clone(),
        label: meta.label_edition.clone(),
        channels: meta.channels.clone(),
        note: sheet.note.clone(),
        references: meta.references.iter().map(cited).collect(),
        words,
    };
    let front = toml::to_string(&front).map_err(|error| error.to_string())?;
    Ok(format!("{FENCE}\n{front}{FENCE}\n{texts}"))
}

fn cited(reference: &Reference) -> CitedAs {
    CitedAs {
        document: reference.document.clone(),
        page: reference.page.clone(),
        expires_on: reference.expires_on.map(|day| day.to_string()).unwrap_or_default(),
    }
}

/// Reads a file back.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read(text: &str, programs: &[Arc<Program>]) -> Result<Brought, String> {
    let text = text.replace("\r\n", "\n");
    let rest = text
        .strip_prefix(FENCE)
        .and_then(|rest| rest.strip_prefix('\n'))
        .ok_or("it does not begin with +++")?;
    let (front, texts) = rest.split_once("\n+++\n").ok_or("its front matter does not end with +++")?;
    let front: Front =
        toml::from_str(front).map_err(|error| format!("its front matter: {}", error.message()))?;
    let program = programs
        .iter()
        .find(|program| program.code == front.program)
        .ok_or_else(|| format!("there is no program {}", front.program))?;
    let kind: Kind = front.kind.parse().map_err(|_| format!("there is no kind {}", front.kind))?;
    let locale = |tag: &str| tag.parse::<Locale>().map_err(|_| format!("there is no language {tag}"));
    let mut words = front.words;
    for part in split(texts) {
        let (at, text) = part?;
        words.push(Word { at, text });
    }
    let references = front
        .references
        .into_iter()
        .map(|one| {
            let expires_on = match one.expires_on.as_str() {
                "" => None,
                day => Some(day.parse().map_err(|_| format!("a reference holds until no day: {day}"))?),
            };
            Ok(Reference { document: one.document, page: one.page, expires_on })
        })
        .collect::<Result<Vec<_>, String>>()?;
    Ok(Brought {
        program: program.id,
        kind,
        body: shaped(kind, &words),
        code: front.code,
        slug: front.slug,
        locale: locale(&front.language)?,
        source_locale: locale(&front.source)?,
        meta: Meta {
            audience: front.audience,
            stage: front.stage,
            is_branded: front.branded,
            indication: front.indication,
            label_edition: front.label,
            channels: front.channels,
            references,
        },
        note: front.note,
        title: front.title,
    })
}

/// The Markdown texts behind the front matter: place and text.
fn split(texts: &str) -> impl Iterator<Item = Result<(String, String), String>> {
    let mut parts: Vec<(String, Vec<&str>)> = Vec::new();
    let mut stray = None;
    for line in texts.split('\n') {
        match (line.strip_prefix(MARK), parts.last_mut()) {
            (Some(path), _) => parts.push((path.trim().to_owned(), Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) if line.trim().is_empty() => {}
            (None, None) => stray = Some(Err("words stand before the first %%% line".to_owned())),
        }
    }
    let texts = parts.into_iter().map(|(path, lines)| {
        let text = lines.join("\n");
        Ok((path, text.strip_suffix('\n').unwrap_or(&text).to_owned()))
    });
    stray.into_iter().chain(texts)
}

/// A body of a kind with these words in their places. A form's tasks and questions come from the places themselves.
fn shaped(kind: Kind, words: &[Word]) -> domain::content::Body {
    use domain::content::{Body, FormQuestion, FormTask};
    let mut body = leaves::empty(kind);
    if let Body::Module { pages, .. } = &mut body {
        pages.clear();
    }
    if let Body::Form { tasks, questions, .. } = &mut body {
        for word in words {
            match word.at.split('.').collect::<Vec<_>>().as_slice() {
                ["tasks", id, "title"] => tasks.push(FormTask { id: (*id).to_owned(), title: String::new() }),
                ["questions", id, "label"] => questions.push(FormQuestion {
                    id: (*id).to_owned(),
                    label: String::new(),
                    label_other: String::new(),
                    hint: None,
                    short: String::new(),
                    options: words
                        .iter()
                        .filter_map(|other| other.at.strip_prefix(&format!("questions.{id}.options.")))
                        .map(|code| (code.to_owned(), String::new()))
                        .collect(),
                }),
                _ => {}
            }
        }
    }
    let words: BTreeMap<String, String> =
        words.iter().map(|word| (word.at.clone(), word.text.clone())).collect();
    leaves::with(&body, &words)
}
