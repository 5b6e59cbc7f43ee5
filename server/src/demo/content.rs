//! The content of a program: one manuscript for every item and language, read from the files.

mod shapes;

use super::{files, staff};
use domain::cases::Stage;
use domain::consents::Channel;
use domain::content::{self, Audience, Body, Kind, Manuscript, Meta, ModulePage, Reference};
use domain::ctx::Ctx;
use domain::error::{Error, Result};
use domain::locale::Locale;
use domain::programs::Program;
use domain::time::{Day, HOUR, Timestamp};
use shapes::{Claims, Consents, Faqs, Form, Messages, Modules, ProgramWords, Sentences};
use std::collections::HashMap;

/// The edition of the invented label all of it agrees with.
const LABEL: &str = "8";

/// When content that names no day of its own was reviewed.
const REVIEWED: Day = Day { year: 2026, month: 9, day: 30 };

/// Publishes the content of every program in every language. Run twice it changes nothing.
pub(super) async fn install(ctx: &Ctx) -> Result<()> {
    let mut manuscripts = Vec::new();
    for program in ctx.portal.programs.all().iter().filter(|program| program.is_demo) {
        for locale in Locale::ALL {
            Desk { program, locale, manuscripts: &mut manuscripts }.read()?;
        }
    }
    agree_on_audience(&mut manuscripts, ctx);
    content::install(ctx, &manuscripts, &staff::review()).await?;
    Ok(())
}

/// An item is branded if it names the medicine in any language: its audience is the item's, not a variant's.
fn agree_on_audience(manuscripts: &mut [Manuscript], ctx: &Ctx) {
    let mut branded: HashMap<String, bool> = HashMap::new();
    for manuscript in manuscripts.iter() {
        let names_medicine = ctx.portal.programs.get(manuscript.program).is_ok_and(|program| {
            format!("{:?}", (&manuscript.title, &manuscript.body)).contains(&program.medicine)
        });
        *branded.entry(manuscript.item.clone()).or_default() |= names_medicine || manuscript.meta.is_branded;
    }
    for manuscript in manuscripts {
        manuscript.meta.is_branded = branded.get(&manuscript.item).copied().unwrap_or_default();
    }
}

/// Reads the files of one program in one language.
struct Desk<'a> {
    program: &'a Program,
    locale: Locale,
    manuscripts: &'a mut Vec<Manuscript>,
}

/// What is particular to one item.
struct Item {
    code: String,
    kind: Kind,
    slug: String,
    stage: Option<Stage>,
    is_branded: bool,
    edition: i64,
    title: String,
    reviewed_on: Day,
    references: Vec<Reference>,
    body: Body,
}

impl Item {
    fn new(code: String, kind: Kind, slug: impl Into<String>, title: impl Into<String>, body: Body) -> Item {
        Item {
            code,
            kind,
            slug: slug.into(),
            stage: None,
            is_branded: false,
            edition: 1,
            title: title.into(),
            reviewed_on: REVIEWED,
            references: Vec::new(),
            body,
        }
    }
}

impl Item {
    fn audience(&self) -> Audience {
        match self.kind {
            Kind::Script | Kind::Claim | Kind::Checklist => Audience::Staff,
            Kind::Page | Kind::Faq => Audience::Public,
            _ => Audience::Patient,
        }
    }

    fn channels(&self) -> Vec<Channel> {
        if self.kind == Kind::Message { vec![Channel::Email] } else { vec![Channel::Portal] }
    }
}

impl Desk<'_> {
    fn read(&mut self) -> Result<()> {
        self.pages()?;
        self.sentences()?;
        self.consents()?;
        self.messages()?;
        self.form()?;
        self.modules()?;
        self.claims()?;
        self.faq()
    }

    fn words<T: serde::de::DeserializeOwned>(&self, kind: &str) -> Result<Option<T>> {
        files::words(&self.program.code, kind, self.locale)
    }

    fn add(&mut self, position: usize, item: Item) {
        let (reviewed, audience, channels) = (item.reviewed_on, item.audience(), item.channels());
        self.manuscripts.push(Manuscript {
            item: format!("{}/{}", self.program.prefix, item.code),
            code: item.code,
            program: self.program.id,
            kind: item.kind,
            slug: item.slug,
            meta: Meta {
                audience,
                stage: item.stage,
                is_branded: item.is_branded,
                indication: String::new(),
                label_edition: LABEL.into(),
                channels,
                references: item.references,
            },
            position: i64::try_from(position).unwrap_or(0),
            edition: item.edition,
            locale: self.locale,
            title: item.title,
            body: item.body,
            reviewed_on: reviewed,
            review_due_on: Day { year: reviewed.year + 1, ..reviewed },
            signed_at: signed(reviewed),
        });
    }

    fn pages(&mut self) -> Result<()> {
        let Some(words) = self.words::<ProgramWords>("program")? else { return Ok(()) };
        let mut pages = vec![
            ("tagline".to_owned(), "tagline".to_owned(), words.tagline),
            ("about".into(), words.name, words.about),
            ("medicine".into(), words.medicine_title, words.medicine),
            ("cost".into(), words.cost_title, words.cost),
            ("safety".into(), words.safety_title, words.safety),
            ("safety_short".into(), "safety_short".into(), words.safety_short),
            ("hours".into(), "hours".into(), words.hours),
            ("language_line".into(), "language_line".into(), words.language_line),
            ("emergency".into(), "emergency".into(), words.emergency),
            ("crisis".into(), "crisis".into(), words.crisis),
            ("safety_received".into(), "safety_received".into(), words.safety_received),
            ("no_answer".into(), "no_answer".into(), words.no_answer),
            ("ask_reaction".into(), "ask_reaction".into(), words.ask_reaction),
            ("ask_began".into(), "ask_began".into(), words.ask_began),
            ("ask_better".into(), "ask_better".into(), words.ask_better),
            ("ask_product".into(), "ask_product".into(), words.ask_product),
            ("ask_lot".into(), "ask_lot".into(), words.ask_lot),
            ("demo_note".into(), "demo_note".into(), words.demo_note),
        ];
        for (at, step) in words.step.into_iter().enumerate() {
            pages.push((format!("step.{}", at + 1), step.title, step.text));
        }
        for code in &self.program.settings.services {
            let text = words.services.get(code).ok_or_else(|| broken("a service without words"))?;
            pages.push((format!("services.{code}"), code.clone(), text.clone()));
        }
        // last, so that the codes of the others stay as they are
        pages.push(("handed_over".into(), "handed_over".into(), words.handed_over));
        for (at, (slug, title, text)) in pages.into_iter().enumerate() {
            let text = text.trim().to_owned();
            self.add(at, Item::new(numbered("PAG", at), Kind::Page, slug, title, Body::Page { text }));
        }
        Ok(())
    }

    fn sentences(&mut self) -> Result<()> {
        let Some(words) = self.words::<Sentences>("sentences")? else { return Ok(()) };
        for (at, s) in words.sentence.into_iter().enumerate() {
            let title = s.short.clone();
            let body =
                Body::Sentence { now: s.now, next: s.next, you: s.you, short: s.short, script: s.script };
            self.add(at, Item::new(s.id, Kind::Sentence, s.sub_status, title, body));
        }
        for (at, b) in words.backward.into_iter().enumerate() {
            let title = beginning(&b.text);
            self.add(at, Item::new(b.id, Kind::Backward, b.reason, title, Body::Backward { text: b.text }));
        }
        for (at, d) in words.document.into_iter().enumerate() {
            let title = d.name.clone();
            let body = Body::Document { name: d.name, why: d.why, how: d.how };
            self.add(at, Item::new(numbered("DOC", at), Kind::Document, d.r#type, title, body));
        }
        for (at, r) in words.rejection.into_iter().enumerate() {
            let title = beginning(&r.text);
            let body = Body::Rejection { text: r.text };
            self.add(at, Item::new(numbered("REJ", at), Kind::Rejection, r.code, title, body));
        }
        for (at, c) in words.checklist.into_iter().enumerate() {
            let title = c.name.clone();
            let body = Body::Checklist { name: c.name };
            self.add(at, Item::new(numbered("CHK", at), Kind::Checklist, c.code, title, body));
        }
        Ok(())
    }

    fn consents(&mut self) -> Result<()> {
        let Some(words) = self.words::<Consents>("consents")? else { return Ok(()) };
        for (at, c) in words.consent.into_iter().enumerate() {
            let slug = format!("{}.{}", c.purpose, c.channel);
            let wording = c.wording.trim().to_owned();
            let body = Body::Consent { meaning: c.meaning, wording, remuneration: c.remuneration };
            self.add(at, Item::new(c.id, Kind::Consent, slug, c.title, body));
        }
        Ok(())
    }

    fn messages(&mut self) -> Result<()> {
        let Some(words) = self.words::<Messages>("messages")? else { return Ok(()) };
        for (at, m) in words.message.into_iter().enumerate() {
            let title = m.subject.clone();
            let text = m.body.trim().to_owned();
            let body = Body::Message { subject: m.subject, text, action: m.action };
            self.add(at, Item::new(m.id, Kind::Message, m.kind, title, body));
        }
        Ok(())
    }

    fn form(&mut self) -> Result<()> {
        let Some(words) = self.words::<Form>("form")? else { return Ok(()) };
        let intro = words.intro.trim().to_owned();
        let body = Body::Form { intro, tasks: words.task, questions: words.question };
        self.add(0, Item::new("FRM-01".into(), Kind::Form, "enrollment", words.title, body));
        Ok(())
    }

    fn modules(&mut self) -> Result<()> {
        let Some(words) = self.words::<Modules>("modules")? else { return Ok(()) };
        for (at, m) in words.module.into_iter().enumerate() {
            let pages = m
                .page
                .into_iter()
                .map(|page| ModulePage { title: page.title, body: page.body.trim().into() });
            let body = Body::Module {
                summary: m.summary,
                minutes: m.minutes,
                pages: pages.collect(),
                quiz: Vec::new(),
            };
            let mut item = Item::new(m.id.clone(), Kind::Module, m.id.to_lowercase(), m.title, body);
            item.stage = stage(&m.stage)?;
            item.is_branded = m.branded;
            item.reviewed_on = day(&m.reviewed)?;
            self.add(at, item);
        }
        Ok(())
    }

    fn claims(&mut self) -> Result<()> {
        let Some(words) = self.words::<Claims>("claims")? else { return Ok(()) };
        for (at, c) in words.claim.into_iter().enumerate() {
            let mut item = Item::new(
                c.id.clone(),
                Kind::Claim,
                c.id.to_lowercase(),
                c.title,
                Body::Claim { text: c.text },
            );
            item.references = vec![Reference { document: c.document, page: c.page, expires_on: None }];
            self.add(at, item);
        }
        for (at, s) in words.script.into_iter().enumerate() {
            let body = Body::Script { text: s.text.trim().to_owned() };
            self.add(at, Item::new(s.id.clone(), Kind::Script, s.id.to_lowercase(), s.title, body));
        }
        Ok(())
    }

    fn faq(&mut self) -> Result<()> {
        let Some(words) = self.words::<Faqs>("faq")? else { return Ok(()) };
        for (at, f) in words.faq.into_iter().enumerate() {
            let title = f.question.clone();
            let answer = f.answer.trim().to_owned();
            let body = Body::Faq { question: f.question, phrasings: f.phrasings, answer };
            let mut item = Item::new(f.id.clone(), Kind::Faq, f.id.to_lowercase(), title, body);
            item.stage = stage(&f.stage)?;
            item.edition = f.version.unwrap_or(1);
            item.reviewed_on = day(&f.reviewed)?;
            self.add(at, item);
        }
        Ok(())
    }
}

/// The first words of a text that has no title of its own: how lists name it.
fn beginning(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut title = String::new();
    for word in text.split_whitespace() {
        if title.chars().count() + word.chars().count() > LONGEST {
            title.push_str(" …");
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    title
}

fn numbered(prefix: &str, at: usize) -> String {
    format!("{prefix}-{:02}", at + 1)
}

/// `any` is no stage in particular.
fn stage(code: &str) -> Result<Option<Stage>> {
    if code == "any" { Ok(None) } else { code.parse().map(Some) }
}

fn day(text: &str) -> Result<Day> {
    text.parse().map_err(|_| broken("a day of review"))
}

/// The morning of the day of review.
fn signed(day: Day) -> Timestamp {
    let date = jiff::civil::date(day.year, day.month.cast_signed(), day.day.cast_signed());
    let midnight =
        date.to_zoned(jiff::tz::TimeZone::UTC).map_or(0, |zoned| zoned.timestamp().as_millisecond());
    Timestamp(midnight).plus(15 * HOUR)
}

fn broken(what: &str) -> Error {
    Error::internal(format!("demonstration content: {what}"))
}
