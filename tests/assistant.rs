//! Questions and their approved answers, and the people behind them (EN-23, SC-4).

mod attacks; // hostile words, floods, and the symptom inside
mod choosing; // languages, titles, people: what is offered and what is said again
mod learning; // gaps, and how staff close them
mod urgent; // an emergency and a crisis come before anything else

use crate::support::cases::Patient;
use crate::support::enrolling::hidden;
use crate::support::{Browser, Page, TestPortal, portal};
use domain::actor::Role;
use domain::content::{Body, Kind};
use domain::locale::Locale;

const ASK: &str = "/es/ask?program=breathe";

async fn ask(browser: &Browser, path: &str, question: &str) -> Page {
    browser.post(path, &[("act", "ask"), ("question", question)]).await
}

/// Says yes to the person who is offered.
async fn person(browser: &Browser, path: &str) -> Page {
    browser.post(path, &[("act", "person")]).await
}

/// The outcome of the newest turn of the portal.
async fn last_outcome(t: &TestPortal) -> String {
    t.text("select outcome from turns where outcome is not null order by at desc, id desc limit 1").await
}

/// Luis, who has a case in BREATHE and reads Spanish.
async fn luis(t: &TestPortal) -> Browser {
    t.patient(Patient { locale: Locale::Es, ..Patient::default() }).await;
    t.signed_in("luis@example.com").await
}

async fn lena(t: &TestPortal) -> Browser {
    t.staff("Dr. Lena Roth", "lena@example.com", &[Role::MedicalInformation]).await
}

/// The address of the only conversation, for staff.
async fn thread(t: &TestPortal) -> String {
    format!("/en/staff/threads/{}", t.text("select id from threads").await)
}

#[tokio::test]
async fn luis_asks_his_five_questions() {
    let t = portal().await;
    let luis = luis(&t).await;

    // 1: an approved answer, word for word, with its stamp
    let page = ask(&luis, ASK, "¿Dónde guardo el inhalador?").await.is(200);
    page.holds("<html lang=\"es\"")
        .says("¿Dónde guardo el inhalador?")
        .says("edición 4")
        .says("FAQ-012")
        .says("30 de septiembre de 2026")
        .says("Aprobado en revisión médica, legal y regulatoria");

    // 3: his own status, not an answer about deliveries
    ask(&luis, ASK, "¿Cuándo llega mi pedido?").await.is(200).says("Cómo va su caso").says("Ver su caso");

    // 4: safety: no answer from the library, the approved safety words, a record with all four criteria
    let page = ask(&luis, ASK, "Desde que lo uso me sale un sarpullido y me pica mucho").await.is(200);
    page.says("Gracias por contarnos").says("1-800-FDA-1088").says("1-800-555-0142");
    assert_eq!(t.count("select count(*) from safety_records where kind = 'ae' and has_reporter + has_patient + has_product + has_reaction = 4").await, 1);
    assert_eq!(
        t.count("select count(*) from safety_records where triage_due - aware_at = 14400000 and report_due - aware_at = 86400000").await,
        1
    );
    assert_eq!(t.text("select number from safety_records").await, "SR-000001");

    // 5: an emergency: the number to call first, then what was received
    let page = ask(&luis, ASK, "me cuesta respirar y tengo los labios hinchados").await.is(200);
    let words = page.words();
    let (call, received) =
        (words.rfind("Llame al 911 ahora").unwrap(), words.rfind("Gracias por contarnos").unwrap());
    assert!(call < received, "the number comes first");
    page.holds("href=\"tel:911\"");
    t.settle().await;
    assert_eq!(t.count("select count(*) from tasks where kind = 'safety_follow_up'").await, 1);

    // 2: nothing approved fits: a person is offered, and nothing is made up; medical information gets the question
    let page = ask(&luis, ASK, "¿Puedo tomarlo con warfarina?").await.is(200);
    page.says("No tengo una respuesta aprobada").says("Hablar con una persona").says_not("lee su pregunta");
    assert_eq!(t.count("select count(*) from tasks where kind = 'answer_thread'").await, 0);
    person(&luis, ASK).await.is(200).says("Una persona de nuestro equipo lee su pregunta");
    assert_eq!(t.text("select queue from tasks where kind = 'answer_thread'").await, "medical_information");
    assert_eq!(t.text("select state from threads").await, "waiting");
    assert_eq!(
        t.count("select count(*) from turns where author = 'portal' and text_sealed is not null").await,
        0,
        "the portal never writes a word"
    );
}

#[tokio::test]
async fn the_answer_is_the_signed_words_and_every_language_has_its_own() {
    let t = portal().await;
    let program = t.portal().programs.by_code("breathe").unwrap();
    for locale in Locale::ALL {
        let faq = t.portal().library.shelf().exact(program.id, Kind::Faq, "faq-012", locale).unwrap();
        let Body::Faq { question, answer, .. } = &faq.body else { panic!("no question") };
        let visitor = t.visitor();
        let page = ask(&visitor, &format!("/{locale}/ask?program=breathe"), question).await.is(200);
        let first = answer.split(['*', '[', '\n']).find(|part| part.len() > 20).unwrap();
        page.says(first.trim()).holds(&format!("lang=\"{locale}\""));
    }
}

#[tokio::test]
async fn what_was_withdrawn_or_is_stale_is_no_answer_any_more() {
    let t = portal().await;
    let visitor = t.visitor();
    ask(&visitor, ASK, "¿Dónde guardo el inhalador?").await.is(200).says("FAQ-012");
    let mut tx = t.portal().db.begin().await.unwrap();
    for sql in [
        "update content_variants set state = 'stale' where item_id = 'BR/FAQ-012' and locale = 'es'",
        "update content_release set number = number + 1",
    ] {
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    t.portal().library.refresh(&t.portal().db).await.unwrap();
    visitor.get(ASK).await.is(200).says_not("FAQ-012").says("Estamos revisando otra vez esta respuesta");
    let other = t.visitor();
    let page = ask(&other, ASK, "¿Dónde guardo el inhalador?").await.is(200).says_not("FAQ-012");
    assert!(!page.words().contains("room temperature"), "English is never given without a word about it");
}

#[tokio::test]
async fn a_visitor_signs_in_for_what_is_personal_and_keeps_a_conversation_of_their_own() {
    let t = portal().await;
    let (one, other) = (t.visitor(), t.visitor());
    ask(&one, "/en/ask?program=breathe", "When does my order arrive?")
        .await
        .is(200)
        .says("only you may see it")
        .holds("/en/sign-in?next=");
    one.get("/en/ask").await.is(200).says("When does my order arrive?");
    other.get("/en/ask?program=breathe").await.is(200).says_not("When does my order arrive?");
    other.get("/en/ask").await.is(200).says("Which program is your question about?");
}

#[tokio::test]
async fn taking_it_with_something_unknown_is_never_answered_by_something_alike() {
    let t = portal().await;
    for (locale, question) in [
        ("en", "Can I take it with warfarin?"),
        ("es", "¿Puedo usarlo con ibuprofeno?"),
        ("vi", "Tôi dùng chung với warfarin được không?"),
        ("ar", "هل يمكنني استعماله مع الوارفارين؟"),
    ] {
        let (visitor, path) = (t.visitor(), format!("/{locale}/ask?program=breathe"));
        ask(&visitor, &path, question).await.is(200);
        assert_eq!(last_outcome(&t).await, "no_match", "{question}");
        person(&visitor, &path).await.is(200);
        t.wait(1);
    }
    assert_eq!(t.count("select count(*) from turns where outcome = 'no_match'").await, 4);
    assert_eq!(t.count("select count(*) from tasks where queue = 'medical_information'").await, 4);
    // what the approved answers speak of is answered or offered
    ask(&t.visitor(), "/en/ask?program=breathe", "Can I drink alcohol with it?").await.is(200);
    assert_eq!(t.count("select count(*) from turns where outcome = 'no_match'").await, 4);
}

#[tokio::test]
async fn titles_are_offered_and_the_chosen_one_is_answered() {
    let t = portal().await;
    let visitor = t.visitor();
    let path = "/en/ask?program=breathe";
    visitor.get(path).await.is(200).says("People often ask").holds("name=\"item\"");
    visitor
        .post(path, &[("act", "pick"), ("item", "FAQ-012")])
        .await
        .is(200)
        .says("Where do I keep my inhaler?")
        .says("Approved by medical, legal and regulatory review");
    visitor.post(path, &[("act", "pick"), ("item", "FAQ-999")]).await.is(200);
    visitor
        .post(path, &[("act", "none")])
        .await
        .is(200)
        .says("None of these")
        .says("A person on our team can answer it")
        .says_not("They aim to reply by");
    assert_eq!(t.count("select count(*) from tasks where kind = 'answer_thread'").await, 0);
    person(&visitor, path).await.is(200).says("They aim to reply by");
    assert_eq!(t.count("select count(*) from tasks where kind = 'answer_thread'").await, 1);
}

#[tokio::test]
async fn a_person_may_be_asked_for_first_and_then_the_assistant_is_silent() {
    let t = portal().await;
    let luis = luis(&t).await;
    let path = "/en/ask?program=breathe";
    luis.post(path, &[("act", "person")]).await.is(200).says("I would like to talk to a person.");
    assert_eq!(t.text("select queue from tasks where kind = 'answer_thread'").await, "general");
    // Tuesday 10:40 and eight business hours: before closing on the same day or the next morning, never a holiday
    assert_eq!(t.text("select state from threads").await, "waiting");
    ask(&luis, path, "Where do I keep my inhaler?").await.is(200).says_not("FAQ-012");
    assert_eq!(
        t.count("select count(*) from tasks where kind = 'answer_thread'").await,
        1,
        "one task, not two"
    );
    // safety speaks all the same
    ask(&luis, path, "I can't breathe and my lips are swollen").await.is(200).says("Call 911 now");
}

#[tokio::test]
async fn staff_read_answer_and_give_the_conversation_back() {
    let t = portal().await;
    let luis = luis(&t).await;
    ask(&luis, ASK, "¿Puedo tomarlo con warfarina?").await.is(200);
    person(&luis, ASK).await.is(200);
    let lena = lena(&t).await;
    let at = thread(&t).await;
    let page = lena.get(&at).await.is(200).says("¿Puedo tomarlo con warfarina?").says("Luis").says("Español");
    let version = hidden(&page, "version");
    let page =
        lena.post(&at, &[("act", "take"), ("version", &version)]).await.is(200).says("a person reads it");
    luis.get(ASK).await.is(200).says("Una persona de nuestro equipo atiende esta conversación");
    let version = hidden(&page, "version");
    lena.post(&at, &[("act", "reply"), ("version", &version), ("reply", "  ")])
        .await
        .is(422)
        .says("Write your answer");
    let reply =
        [("act", "reply"), ("version", version.as_str()), ("reply", "Consulte primero con su médico.")];
    lena.post(&at, &reply).await.is(200).says("Your answer is sent.");
    // the same button twice: the second is told, its words are kept
    lena.post(&at, &reply)
        .await
        .is(422)
        .says("has changed in the meantime")
        .holds("Consulte primero con su médico.");
    luis.get(ASK)
        .await
        .is(200)
        .says("Consulte primero con su médico.")
        .says("Nuestro equipo de información médica")
        .says_not("Lena");
    assert_eq!(
        t.count("select count(*) from tasks where kind = 'answer_thread' and settled_at is null").await,
        0
    );
    // another question opens another task, until the conversation is given back
    ask(&luis, ASK, "¿Y con ibuprofeno?").await.is(200);
    assert_eq!(
        t.count("select count(*) from tasks where kind = 'answer_thread' and settled_at is null").await,
        1
    );
    let version = hidden(&lena.get(&at).await.is(200), "version");
    let reply = [("act", "reply"), ("version", version.as_str()), ("reply", "Igual.")];
    let version = hidden(&lena.post(&at, &reply).await.is(200), "version");
    lena.post(&at, &[("act", "close"), ("version", &version)])
        .await
        .is(200)
        .says("The assistant answers again.");
    t.settle().await;
    // Luis hears that there is an answer, once while he has not been told, and never what it says
    assert_eq!(t.count("select count(*) from messages where kind = 'question_answered'").await, 1);
    ask(&luis, ASK, "¿Dónde guardo el inhalador?").await.is(200).says("FAQ-012");
    t.settle().await;
}

#[tokio::test]
async fn a_question_is_never_settled_away_without_an_answer() {
    let t = portal().await;
    let luis = luis(&t).await;
    ask(&luis, ASK, "¿Puedo tomarlo con warfarina?").await.is(200);
    person(&luis, ASK).await.is(200);
    let lena = lena(&t).await;
    lena.get("/en/staff/tasks").await.is(200).says("ends by itself when it is done");
    let task = t.text("select id from tasks where kind = 'answer_thread'").await;
    let settle = [("act", "settle"), ("task", &*task), ("version", "1"), ("how", "not_needed")];
    lena.post("/en/staff/tasks", &settle).await.is(200).says("how it stands now");
    assert_eq!(
        t.count("select count(*) from tasks where kind = 'answer_thread' and settled_at is null").await,
        1
    );
    luis.get(ASK).await.is(200).says("lee su pregunta").says_not("FAQ-");
}

#[tokio::test]
async fn a_conversation_is_for_its_owner_and_for_those_who_answer() {
    let t = portal().await;
    let luis = luis(&t).await;
    ask(&luis, ASK, "¿Puedo tomarlo con warfarina?").await.is(200);
    let at = thread(&t).await;
    t.visitor().get(&at).await.is(200).says("Sign in");
    luis.get(&at).await.is(404);
    let author = t.staff("Priya Nair", "priya@example.com", &[Role::Author]).await;
    author.get(&at).await.is(404);
    author.get("/en/ask").await.is(404);
    assert!(t.count("select count(*) from audit where act = 'refused'").await >= 2);
    let lena = lena(&t).await;
    lena.get(&at).await.is(200);
    assert_eq!(
        t.count("select count(*) from audit where what = 'assistant.thread' and act = 'read'").await,
        1
    );
    for id in ["x", "00000000-0000-7000-8000-000000000000", "..%2F"] {
        lena.get(&format!("/en/staff/threads/{id}")).await.is(404);
    }
}

#[tokio::test]
async fn a_script_gets_the_regions_and_the_same_words() {
    let t = portal().await;
    let visitor = t.visitor();
    let path = "/en/ask?program=breathe";
    let fragment = visitor
        .post_fragment(path, &[("act", "ask"), ("question", "Where do I keep my inhaler?")])
        .await
        .is(200);
    assert!(!fragment.body.contains("<html"));
    let page = visitor.get(path).await.is(200);
    let log = |body: &str| {
        let from = body.find("id=\"log\"").unwrap();
        let until = body[from..].find("id=\"ask-waits\"").unwrap();
        body[from..from + until].to_owned()
    };
    assert_eq!(log(&fragment.body), log(&page.body));
    page.holds("role=\"log\"").holds("aria-live=\"polite\"");
    visitor
        .post_fragment(path, &[("act", "ask"), ("question", "")])
        .await
        .is(422)
        .says("Write your question");
}

#[tokio::test]
async fn no_approved_question_is_taken_for_a_personal_one() {
    let t = portal().await;
    let mut wrong = Vec::new();
    let mut asked = 0;
    for program in t.portal().programs.all().iter() {
        for locale in Locale::ALL {
            for faq in t.portal().library.shelf().list(program.id, Kind::Faq, locale) {
                let Body::Faq { question, phrasings, .. } = &faq.body else { continue };
                for text in std::iter::once(question).chain(phrasings) {
                    asked += 1;
                    if domain::assistant::phrases::is_personal(text, locale) {
                        wrong.push(format!("{} {locale}: {text}", faq.item));
                    }
                }
            }
        }
    }
    assert!(asked > 800, "{asked}");
    assert!(wrong.len() * 100 <= asked, "{} of {asked}: {wrong:#?}", wrong.len());
}
