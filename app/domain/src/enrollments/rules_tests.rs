//! The form of a small program, walked by a patient and by somebody who helps.

use super::*;
use crate::consents::Wording;
use crate::enrollments::ConsentAnswer;
use crate::ids::ProgramId;
use crate::locale::Locale;
use crate::programs::{Hours, Settings};
use crate::time::Timestamp;

const TODAY: Day = Day { year: 2026, month: 11, day: 23 };

fn question(id: &str, task: &str, kind: QuestionKind) -> Question {
    Question {
        id: id.into(),
        task: task.into(),
        kind,
        optional: false,
        only_if: None,
        options: Vec::new(),
        autocomplete: None,
    }
}

fn program() -> Program {
    let mut filler = question("filler", "who", QuestionKind::Choice);
    filler.options = vec!["self".into(), "caregiver".into()];
    let mut helper = question("filler_name", "who", QuestionKind::Text);
    helper.only_if = Some(("filler".into(), vec!["caregiver".into()]));
    let mut note = question("note", "doctor", QuestionKind::LongText);
    note.optional = true;
    Program {
        id: ProgramId::fixed(1),
        code: "breathe".into(),
        name: "BREATHE".into(),
        medicine: "Aerovent".into(),
        prefix: "BR".into(),
        zone: "America/Chicago".into(),
        phone: String::new(),
        tty: String::new(),
        hours: Hours([None; 7]),
        holidays: Vec::new(),
        locales: vec![Locale::En],
        rules: Vec::new(),
        settings: Settings {
            services: Vec::new(),
            checklist: Vec::new(),
            first_response_hours: 4,
            answer_hours: 8,
            document_days: 3,
            expected_days: Default::default(),
            form: vec![
                filler,
                helper,
                question("name", "patient", QuestionKind::Text),
                question("birth_date", "patient", QuestionKind::BirthDate),
                question("email", "contact", QuestionKind::Email),
                question("phone", "contact", QuestionKind::Phone),
                note,
            ],
            consents: ["program_services.portal", "health_authorization.portal", "program_services.sms"]
                .map(String::from)
                .to_vec(),
            authorization_months: 12,
            emergency_phone: "911".into(),
            crisis_phone: "988".into(),
            review_days: 5,
            review_months: 12,
            reviews_in_order: false,
            needs_all_languages: false,
        },
        is_demo: true,
    }
}

fn states(program: &Program, answers: &Answers) -> Vec<TaskState> {
    tasks(program, answers, TODAY).into_iter().map(|(_, state)| state).collect()
}

fn yes() -> ConsentAnswer {
    let wording = Wording { item: "BR/CON-01".into(), edition: 1, locale: Locale::En };
    ConsentAnswer { is_given: true, wording, signature: None, at: Timestamp(0) }
}

#[test]
fn the_list_opens_task_by_task() {
    use TaskState::{Begun, CannotStart, Done, ToDo};
    let program = program();
    let mut answers = Answers::default();
    assert_eq!(states(&program, &answers), [ToDo, CannotStart, CannotStart, CannotStart, CannotStart]);
    answers.set("filler", "self".into());
    assert_eq!(states(&program, &answers), [Done, ToDo, ToDo, ToDo, CannotStart]);
    answers.set("name", "Luis Ruiz".into());
    assert_eq!(states(&program, &answers), [Done, Begun, ToDo, ToDo, CannotStart]);
    answers.set("birth_date", "1955-03-02".into());
    answers.set("email", "luis@example.com".into());
    answers.set("phone", "555 014 2000".into());
    assert_eq!(states(&program, &answers), [Done, Done, Done, ToDo, ToDo]);
    answers.set("note", String::new());
    assert_eq!(states(&program, &answers), [Done, Done, Done, Done, ToDo]);
    for (purpose, channel) in [
        (Purpose::ProgramServices, Channel::Portal),
        (Purpose::ProgramServices, Channel::Sms),
        (Purpose::HealthAuthorization, Channel::Portal),
    ] {
        assert!(!missing(&program, &answers, TODAY).is_empty());
        answers.set_consent(purpose, channel, yes());
    }
    assert_eq!(missing(&program, &answers, TODAY), []);
    assert_eq!(next(&program, &answers, TODAY), None);
}

#[test]
fn an_answer_the_form_no_longer_takes_is_a_problem() {
    let program = program();
    let mut answers = Answers::default();
    answers.set("filler", "robot".into());
    assert_eq!(states(&program, &answers)[0], TaskState::Problem);
    assert_eq!(
        next_in(&program, &answers, "who", TODAY),
        Next::Step(Step::Question(&program.settings.form[0]))
    );
}

#[test]
fn whoever_helps_is_asked_for_their_name_and_answers_for_their_own_address() {
    let program = program();
    let mut answers = Answers::default();
    answers.set("filler", "caregiver".into());
    assert!(step(&program, &answers, "who", "filler_name").is_some());
    let consents: Vec<_> =
        steps(&program, &answers).into_iter().filter(|step| step.task() == CONSENTS).collect();
    assert_eq!(consents, [Step::Consents(Purpose::ProgramServices, vec![Channel::Email])]);
    answers.set_consent(Purpose::ProgramServices, Channel::Email, yes());
    answers.set("filler", "self".into());
    assert!(step(&program, &answers, "who", "filler_name").is_none());
    assert!(
        answers.consent(Purpose::ProgramServices, Channel::Email).is_none(),
        "an answer of one person must not become another's"
    );
}

#[test]
fn purposes_are_asked_one_page_each_in_the_programs_order() {
    let pages = consent_steps(&program());
    assert_eq!(
        pages,
        [
            Step::Consents(Purpose::ProgramServices, vec![Channel::Portal, Channel::Sms]),
            Step::Consents(Purpose::HealthAuthorization, vec![Channel::Portal]),
        ]
    );
}

#[test]
fn each_kind_of_question_takes_what_it_asks_for() {
    let kinds = |kind| question("q", "t", kind);
    let long = "é".repeat(NAME_LIMIT + 1);
    for (kind, raw, expected) in [
        (QuestionKind::Text, "  Luis   Ruiz ", Ok("Luis Ruiz")),
        (QuestionKind::Text, " ", Err("missing")),
        (QuestionKind::Text, "Luis\u{202e}", Err("characters")),
        (QuestionKind::Text, "Lu\u{7}is", Err("characters")),
        (QuestionKind::Text, &long, Err("too_long")),
        (QuestionKind::LongText, "a\r\nb 👨‍👩‍👧", Ok("a\nb 👨‍👩‍👧")),
        (QuestionKind::LongText, "a\u{202e}b", Err("characters")),
        (QuestionKind::Email, " Luis@Example.com ", Ok("Luis@Example.com")),
        (QuestionKind::Email, "luis", Err("email_invalid")),
        (QuestionKind::Email, "", Err("email_missing")),
        (QuestionKind::Phone, "(555) 014-2000", Ok("(555) 014-2000")),
        (QuestionKind::Phone, "0142", Err("phone_invalid")),
        (QuestionKind::BirthDate, "1955-03-02", Ok("1955-03-02")),
        (QuestionKind::BirthDate, "1955-02-30", Err("birth_date_invalid")),
        (QuestionKind::BirthDate, "2026-11-24", Err("date_future")),
        (QuestionKind::BirthDate, "1906-11-22", Err("birth_date_too_old")),
        (QuestionKind::BirthDate, "1906-11-23", Ok("1906-11-23")),
        (QuestionKind::BirthDate, "", Err("birth_date_missing")),
        (QuestionKind::Choice, "x", Err("choose")),
        (QuestionKind::Choice, "", Err("choose")),
    ] {
        let found = check(&kinds(kind), raw, TODAY);
        assert_eq!(found.as_deref().map_err(|flaw| flaw.code), expected, "{kind:?} {raw:?}");
    }
}

#[test]
fn what_is_asked_and_not_ticked_is_a_no() {
    let channels = [Channel::Portal, Channel::Sms, Channel::Email];
    let read = |agree: &str, ticked: &[Channel]| {
        let form = ConsentForm { agree: agree.into(), ticked: ticked.to_vec(), signature: String::new() };
        read_consents(Purpose::ProgramServices, &channels, &form)
            .map(|answers| answers.into_iter().map(|(_, is_given, _)| is_given).collect::<Vec<_>>())
            .map_err(|flaws| flaws[0].code)
    };
    assert_eq!(read("yes", &[Channel::Sms]), Ok(vec![true, true, false]));
    assert_eq!(read("no", &[Channel::Sms]), Ok(vec![false, false, false]));
    assert_eq!(read("", &[]), Err("choose"));
    assert_eq!(read("maybe", &[]), Err("choose"));
}

#[test]
fn an_authorization_is_signed_by_name() {
    let read = |agree: &str, signature: &str| {
        let form = ConsentForm { agree: agree.into(), ticked: Vec::new(), signature: signature.into() };
        read_consents(Purpose::HealthAuthorization, &[Channel::Portal], &form)
    };
    assert_eq!(read("yes", " Luis  Ruiz "), Ok(vec![(Channel::Portal, true, Some("Luis Ruiz".into()))]));
    assert_eq!(read("yes", ""), Err(vec![Flaw::new("signature", "missing")]));
    assert_eq!(read("no", ""), Ok(vec![(Channel::Portal, false, None)]));
}
