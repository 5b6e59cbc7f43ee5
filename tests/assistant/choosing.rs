//! What is offered: a language, titles, a person. Nothing is guessed over, nothing is said that is not so, and what was
//! said can be said again.

use super::{ask, last_outcome, person};
use crate::support::enrolling::hidden;
use crate::support::{TUESDAY_MORNING, portal};
use domain::assistant::tongue;
use domain::content::{Body, Kind};
use domain::locale::Locale;
use domain::time::{DAY, HOUR, MINUTE};

const EN: &str = "/en/ask?program=breathe";

#[tokio::test]
async fn a_question_in_another_language_is_noticed_and_that_language_offered_with_the_question_kept() {
    let t = portal().await;
    let visitor = t.visitor();
    let question = "¿Dónde guardo el inhalador?";
    let page = ask(&visitor, EN, question).await.is(200);
    let page = page
        .says("Podemos contestarle en ese idioma.")
        .says("On this page we answer in English")
        .says("Preguntar en este idioma: Español")
        .says_not("FAQ-012")
        .holds("action=\"/es/ask?program=breathe\"")
        .holds("lang=\"es\"");
    assert_eq!(last_outcome(&t).await, "other_language");
    assert_eq!(t.text("select tongue from turns where outcome = 'other_language'").await, "es");
    assert!(!page.at.contains("inhalador"), "words in an address: {}", page.at);
    // the form carries the question over, in its body
    assert_eq!(hidden(&page, "question"), question);
    let page = visitor
        .post("/es/ask?program=breathe", &[("act", "ask"), ("question", &hidden(&page, "question"))])
        .await;
    // there the offer is taken: it is not made again, and does not speak of another language
    page.is(200)
        .says("edición 4")
        .says("FAQ-012")
        .says_not("otro idioma")
        .says_not("Preguntar en este idioma");
    // every page, every other language
    for (page, text, offered) in [
        ("es", "Where do I keep my inhaler?", "en"),
        ("vi", "أين أحفظ البخاخ؟", "ar"),
        ("ar", "Tôi cất ống hít ở đâu?", "vi"),
    ] {
        let other = ask(&t.visitor(), &format!("/{page}/ask?program=breathe"), text).await.is(200);
        other.says_not("FAQ-012").holds(&format!("action=\"/{offered}/ask?program=breathe\""));
    }
    // safety is understood whatever the page
    ask(&visitor, EN, "me cuesta respirar y tengo los labios hinchados").await.is(200).says("Call 911 now");
}

#[tokio::test]
async fn no_approved_question_is_taken_for_another_language() {
    let t = portal().await;
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for program in t.portal().programs.all().iter() {
        for locale in Locale::ALL {
            for faq in t.portal().library.shelf().list(program.id, Kind::Faq, locale) {
                let Body::Faq { question, phrasings, .. } = &faq.body else { continue };
                for text in std::iter::once(question).chain(phrasings) {
                    asked += 1;
                    if let Some(other) = tongue::other(text, locale) {
                        wrong.push(format!("{} {locale} taken for {other}: {text}", faq.item));
                    }
                }
            }
        }
    }
    assert!(asked > 800, "{asked}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn titles_are_offered_once_and_then_a_person() {
    let t = portal().await;
    // words that leave it open which answer is meant
    let mut vague = Vec::new();
    for text in ["inhaler", "my inhaler and the bathroom", "inhaler question", "doctor form", "medicine help"]
    {
        ask(&t.visitor(), EN, text).await.is(200);
        if last_outcome(&t).await == "offered" {
            vague.push(text);
        }
        t.wait(MINUTE);
    }
    assert!(!vague.is_empty(), "nothing is vague");
    let visitor = t.visitor();
    ask(&visitor, EN, vague[0]).await.is(200).says("Is it one of these?").says("None of these");
    assert_eq!(last_outcome(&t).await, "offered");
    t.wait(MINUTE);
    ask(&visitor, EN, vague[0]).await.is(200).says("A person on our team can answer it");
    assert_eq!(last_outcome(&t).await, "no_match");
}

#[tokio::test]
async fn a_person_is_reached_by_the_first_words_in_every_language_and_on_every_page() {
    let t = portal().await;
    for (locale, words, waits) in [
        ("en", "agent", "A person on our team reads your question"),
        ("es", "persona", "Una persona de nuestro equipo lee su pregunta"),
        ("vi", "người thật", "Một người trong nhóm chúng tôi đọc câu hỏi"),
        ("ar", "شخص", "شخص من فريقنا يقرأ سؤالك"),
        ("en", "quiero hablar con una persona", "A person on our team reads your question"),
    ] {
        let (visitor, path) = (t.visitor(), format!("/{locale}/ask?program=breathe"));
        let page = ask(&visitor, &path, words).await.is(200).says(waits);
        // it says nothing of an answer that was looked for
        page.says_not("approved answer to that").says_not("respuesta aprobada para eso");
        assert_eq!(last_outcome(&t).await, "handed_over", "{words}");
        t.wait(MINUTE);
        // and by the button alone
        let other = t.visitor();
        person(&other, &path).await.is(200).says(waits);
        t.wait(MINUTE);
    }
    assert_eq!(
        t.count("select count(*) from tasks where kind = 'answer_thread' and queue = 'general'").await,
        10
    );
    assert_eq!(t.count("select count(*) from question_gaps").await, 0, "a wish for a person is no gap");
}

#[tokio::test]
async fn out_of_hours_it_says_when_somebody_is_there_again() {
    let t = portal().await;
    let visitor = t.visitor();
    person(&visitor, EN).await.is(200).says_not("We open again");
    // Saturday evening in Chicago; Monday morning is the next opening
    t.portal().clock.set(TUESDAY_MORNING.plus(4 * DAY + 11 * HOUR));
    let page = visitor.get(EN).await.is(200);
    page.says("Our team is not working right now. We open again on Nov 30, 2026");
    let other = t.visitor();
    let page = person(&other, "/es/ask?program=breathe").await.is(200);
    page.says("Volvemos a abrir el 30 nov 2026");
    let due = t.count("select max(due_at) from turns where outcome = 'handed_over'").await;
    let program = t.portal().programs.by_code("breathe").unwrap();
    let expected =
        program.after_business_minutes(t.portal().clock.now(), program.settings.answer_hours * 60).unwrap();
    assert_eq!(due, expected.0, "what is said is what stands in the queue");
}

#[tokio::test]
async fn the_same_edition_and_question_give_the_same_outcome_again() {
    let t = portal().await;
    let asked = [
        ("en", "Where do I keep my inhaler?"),
        ("en", "Can I take it with warfarin?"),
        ("en", "inhaler"),
        ("es", "¿Dónde guardo el inhalador?"),
        ("es", "se me olvidó una dosis"),
        ("vi", "Tôi cất ống hít ở đâu?"),
        ("ar", "أين أحفظ البخاخ؟"),
        ("en", "¿Dónde guardo el inhalador?"),
    ];
    let mut rounds = Vec::new();
    for _ in 0..2 {
        let mut round = Vec::new();
        for (locale, question) in asked {
            ask(&t.visitor(), &format!("/{locale}/ask?program=breathe"), question).await.is(200);
            let row = "select outcome || ' ' || shown || ' ' || locale || ' ' || coalesce(tongue, '-') || ' ' || cast(coalesce(confidence, -1) as text)
                       from turns where outcome is not null order by at desc, id desc limit 1";
            round.push(t.text(row).await);
            t.wait(MINUTE);
        }
        rounds.push(round);
        t.wait(30 * DAY);
    }
    assert_eq!(rounds[0], rounds[1]);
    assert!(
        rounds[0][0].contains("\"edition\":") && rounds[0][0].starts_with("answered"),
        "{}",
        rounds[0][0]
    );
}
