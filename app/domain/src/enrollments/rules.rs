//! The form as pure decisions: which pages it has, which are answered, what may be answered, what is still missing.
//! The questions themselves are a program's data.

use super::types::Answers;
use crate::consents::{Channel, Purpose, types::slug_parts};
use crate::error::Flaw;
use crate::people::rules::{
    ADDRESS_LIMIT, NAME_LIMIT, canonical_email, canonical_phone, clean_name, has_hidden,
};
use crate::programs::{Program, Question, QuestionKind};
use crate::time::{DAY, Day, HOUR};

/// A draft is kept this long after its last answer.
pub const DRAFT_LIFE: i64 = 30 * DAY;
/// An invitation can be used this long.
pub const INVITATION_LIFE: i64 = 14 * DAY;
/// Wrong dates of birth an invitation bears.
pub const INVITATION_TRIES: i64 = 5;
/// After the date of birth was right, the rest may take this long.
pub const PROOF_LIFE: i64 = 2 * HOUR;
/// A sign-in can be made this long after the submit, in the same browser.
pub const CLAIM_LIFE: i64 = HOUR;
/// Longest free text, in characters.
pub const NOTE_LIMIT: usize = 2_000;
/// Nobody is older than this, in years.
const OLDEST: i16 = 120;
/// The task of the consents; the others are named by the program's questions.
pub const CONSENTS: &str = "consents";

/// One page of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'p> {
    Question(&'p Question),
    /// A purpose with the channels it is asked for. Filled in for somebody else, it is about the one who fills in.
    Consents(Purpose, Vec<Channel>),
}

impl Step<'_> {
    pub fn task(&self) -> &str {
        match self {
            Step::Question(question) => &question.task,
            Step::Consents(..) => CONSENTS,
        }
    }

    /// The last part of its address.
    pub fn id(&self) -> &str {
        match self {
            Step::Question(question) => &question.id,
            Step::Consents(purpose, _) => purpose.code(),
        }
    }

    pub fn is_answered(&self, answers: &Answers) -> bool {
        match self {
            Step::Question(question) => answers.was_asked(&question.id),
            Step::Consents(purpose, channels) => {
                channels.iter().all(|channel| answers.consent(*purpose, *channel).is_some())
            }
        }
    }

    /// The form cannot be sent without it.
    fn is_missing(&self, answers: &Answers, today: Day) -> bool {
        match self {
            Step::Question(question) => match answers.get(&question.id) {
                Some(answer) => check(question, answer, today).is_err(),
                None => !question.optional,
            },
            Step::Consents(..) => !self.is_answered(answers),
        }
    }

    /// It was answered, and the answer cannot be taken any more: the form has changed since.
    fn is_wrong(&self, answers: &Answers, today: Day) -> bool {
        match self {
            Step::Question(question) => {
                answers.get(&question.id).is_some_and(|answer| check(question, answer, today).is_err())
            }
            Step::Consents(..) => false,
        }
    }
}

/// Every page that applies, given the answers so far.
pub fn steps<'p>(program: &'p Program, answers: &Answers) -> Vec<Step<'p>> {
    let questions = program.settings.form.iter().filter(|question| question.is_asked(|id| answers.get(id)));
    let consents = if answers.is_by_other() { helper_steps() } else { consent_steps(program) };
    questions.map(Step::Question).chain(consents).collect()
}

/// The consents a patient answers, a page for each purpose, in the program's order.
pub fn consent_steps<'p>(program: &Program) -> Vec<Step<'p>> {
    let mut steps: Vec<(Purpose, Vec<Channel>)> = Vec::new();
    for (purpose, channel) in program.settings.consents.iter().filter_map(|slug| slug_parts(slug)) {
        match steps.iter_mut().find(|(other, _)| *other == purpose) {
            Some((_, channels)) => channels.push(channel),
            None => steps.push((purpose, vec![channel])),
        }
    }
    steps.into_iter().map(|(purpose, channels)| Step::Consents(purpose, channels)).collect()
}

/// Whoever fills it in for somebody else answers only for their own address.
fn helper_steps<'p>() -> Vec<Step<'p>> {
    vec![Step::Consents(Purpose::ProgramServices, vec![Channel::Email])]
}

/// Where a task of the list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    Done,
    ToDo,
    /// Begun and not finished.
    Begun,
    CannotStart,
    Problem,
}

/// The tasks in order, each with where it stands.
pub fn tasks(program: &Program, answers: &Answers, today: Day) -> Vec<(String, TaskState)> {
    let steps = steps(program, answers);
    let mut names: Vec<&str> = Vec::new();
    for task in program.settings.form.iter().map(|question| question.task.as_str()).chain([CONSENTS]) {
        if !names.contains(&task) {
            names.push(task);
        }
    }
    let of = |task: &str| steps.iter().filter(|step| step.task() == task).collect::<Vec<_>>();
    let is_done = |task: &str| {
        of(task).iter().all(|step| step.is_answered(answers) && !step.is_missing(answers, today))
    };
    let first = names.first().copied().unwrap_or(CONSENTS);
    names
        .iter()
        .map(|task| {
            let mine = of(task);
            // who fills it in decides how all else is asked; the consents speak of the person and their addresses
            let before = if *task == CONSENTS { &names[..names.len().min(3)] } else { &[first][..] };
            let state = if mine.iter().any(|step| step.is_wrong(answers, today)) {
                TaskState::Problem
            } else if is_done(task) {
                TaskState::Done
            } else if *task != first
                && !before.iter().filter(|other| *other != task).all(|other| is_done(other))
            {
                TaskState::CannotStart
            } else if mine.iter().any(|step| step.is_answered(answers)) {
                TaskState::Begun
            } else {
                TaskState::ToDo
            };
            ((*task).to_owned(), state)
        })
        .collect()
}

/// Where the form goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next<'p> {
    Step(Step<'p>),
    /// This task is finished.
    Tasks,
}

/// The next page of a task: its first that is not answered, or wrong.
pub fn next_in<'p>(program: &'p Program, answers: &Answers, task: &str, today: Day) -> Next<'p> {
    steps(program, answers)
        .into_iter()
        .filter(|step| step.task() == task)
        .find(|step| !step.is_answered(answers) || step.is_missing(answers, today))
        .map_or(Next::Tasks, Next::Step)
}

/// The page to go on with, over all tasks.
pub fn next<'p>(program: &'p Program, answers: &Answers, today: Day) -> Option<Step<'p>> {
    steps(program, answers)
        .into_iter()
        .find(|step| !step.is_answered(answers) || step.is_missing(answers, today))
}

/// The page with this address, if it applies.
pub fn step<'p>(program: &'p Program, answers: &Answers, task: &str, id: &str) -> Option<Step<'p>> {
    steps(program, answers).into_iter().find(|step| step.task() == task && step.id() == id)
}

/// What the form cannot be sent without.
pub fn missing<'p>(program: &'p Program, answers: &Answers, today: Day) -> Vec<Step<'p>> {
    steps(program, answers).into_iter().filter(|step| step.is_missing(answers, today)).collect()
}

/// An answer in the form it is kept in, or what is wrong with it. Passing an optional question gives an empty one.
pub fn check(question: &Question, raw: &str, today: Day) -> Result<String, Flaw> {
    let field = question.id.as_str();
    let flaw = |code| Flaw::new(field, code);
    let raw = raw.trim();
    if raw.is_empty() {
        return if question.optional { Ok(String::new()) } else { Err(flaw(missing_code(question.kind))) };
    }
    match question.kind {
        QuestionKind::Text => {
            let text = clean_name(raw);
            within(field, &text, NAME_LIMIT)?;
            if has_hidden(&text) { Err(flaw("characters")) } else { Ok(text) }
        }
        QuestionKind::LongText => {
            let is_address = question.autocomplete.as_deref() == Some("street-address");
            within(field, raw, if is_address { ADDRESS_LIMIT } else { NOTE_LIMIT })?;
            let one_line = raw.replace(['\n', '\r', '\t'], " ");
            // emoji and pasted text bring joiners along: only what turns or hides writing is refused
            if one_line
                .chars()
                .any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
            {
                Err(flaw("characters"))
            } else {
                Ok(raw.replace("\r\n", "\n"))
            }
        }
        QuestionKind::Email => canonical_email(raw).map(|_| raw.to_owned()).ok_or(flaw("email_invalid")),
        QuestionKind::Phone => canonical_phone(raw).map(|_| raw.to_owned()).ok_or(flaw("phone_invalid")),
        QuestionKind::BirthDate => birth_date(field, raw, today).map(|day| day.to_string()),
        QuestionKind::Choice => {
            if question.options.iter().any(|option| option == raw) {
                Ok(raw.to_owned())
            } else {
                Err(flaw("choose"))
            }
        }
    }
}

const fn missing_code(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Text | QuestionKind::LongText => "missing",
        QuestionKind::Email => "email_missing",
        QuestionKind::Phone => "phone_missing",
        QuestionKind::BirthDate => "birth_date_missing",
        QuestionKind::Choice => "choose",
    }
}

fn within(field: &str, text: &str, limit: usize) -> Result<(), Flaw> {
    if text.chars().count() <= limit {
        return Ok(());
    }
    Err(Flaw::with_limit(field, "too_long", i64::try_from(limit).unwrap_or(i64::MAX)))
}

/// A day on which somebody alive may have been born.
pub fn birth_date(field: &str, raw: &str, today: Day) -> Result<Day, Flaw> {
    if raw.trim().is_empty() {
        return Err(Flaw::new(field, "birth_date_missing"));
    }
    let oldest = Day { year: today.year - OLDEST, ..today };
    match raw.trim().parse::<Day>() {
        Err(_) => Err(Flaw::new(field, "birth_date_invalid")),
        Ok(day) if day > today => Err(Flaw::new(field, "date_future")),
        Ok(day) if day < oldest => Err(Flaw::new(field, "birth_date_too_old")),
        Ok(day) => Ok(day),
    }
}

/// A page of consents as it was posted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConsentForm {
    /// `yes`, `no` or nothing: the answer to the purpose itself.
    pub agree: String,
    /// The channels that were ticked.
    pub ticked: Vec<Channel>,
    pub signature: String,
}

/// A channel, its yes or no, and the name it is signed with.
pub type ChannelAnswer = (Channel, bool, Option<String>);

/// The yes or no of each channel of a page. What was asked and not ticked is a no.
///
/// # Errors
/// The purpose itself must be answered, and signed where it is signed.
pub fn read_consents(
    purpose: Purpose,
    channels: &[Channel],
    form: &ConsentForm,
) -> Result<Vec<ChannelAnswer>, Vec<Flaw>> {
    let agrees = match form.agree.as_str() {
        "yes" => true,
        "no" => false,
        _ if channels.contains(&Channel::Portal) => return Err(vec![Flaw::new("agree", "choose")]),
        _ => true,
    };
    let mut signature = None;
    if purpose.is_signed() && agrees {
        let flaws = crate::consents::rules::signature_flaws(&form.signature);
        if !flaws.is_empty() {
            return Err(flaws);
        }
        signature = Some(clean_name(&form.signature));
    }
    Ok(channels
        .iter()
        .map(|channel| match channel {
            Channel::Portal => (*channel, agrees, signature.clone()),
            _ => (*channel, agrees && form.ticked.contains(channel), None),
        })
        .collect())
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
