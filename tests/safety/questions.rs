//! What is missing is asked of the patient, in approved words; what they say stands on the record.

use super::{newest, officer};
use crate::support::cases::Patient;
use crate::support::enrolling::hidden;
use crate::support::portal;
use domain::time::MINUTE;

#[tokio::test]
async fn what_is_missing_is_asked_of_the_patient_in_their_language() {
    let t = portal().await;
    t.patient(Patient::default()).await;
    let luis = t.signed_in("luis@example.com").await;
    luis.post(
        "/es/ask?program=breathe",
        &[("act", "ask"), ("question", "Desde que lo uso me sale un sarpullido")],
    )
    .await
    .is(200);
    luis.get("/es/safety-questions").await.is(200).says("No hay nada que responder ahora.");
    let samuel = officer(&t, "Samuel Park", "samuel@example.com").await;
    let at = newest(&t).await;
    // nobody has it yet
    samuel.post(&at, &[("act", "ask"), ("ask-lot", "yes")]).await.is(422);
    let version = hidden(&samuel.get(&at).await, "version");
    samuel.post(&at, &[("act", "acknowledge"), ("version", &version)]).await.is(200);
    samuel.post(&at, &[("act", "ask")]).await.is(422).says("Choose what to ask");
    let page = samuel.post(&at, &[("act", "ask"), ("ask-lot", "yes"), ("ask-began", "yes")]).await.is(200);
    page.says("The patient is asked.").says("Not answered yet");
    // asked twice is asked once
    samuel.post(&at, &[("act", "ask"), ("ask-lot", "yes")]).await.is(200);
    assert_eq!(t.count("select count(*) from safety_questions").await, 2);
    assert_eq!(t.count("select count(*) from messages where kind = 'safety_follow_up'").await, 1);

    luis.get("/es/home").await.is(200).says("El equipo de seguridad tiene preguntas");
    let page = luis.get("/es/safety-questions").await.is(200);
    let page =
        page.says("¿Cuándo empezó").says("¿Hay un número de lote en la caja?").says_not("¿Cómo está ahora");
    page.holds("<textarea");
    let nth = async |n: i64| {
        t.text(format!("select id from safety_questions order by asked_at, id limit 1 offset {n}")).await
    };
    let (first, second) = (nth(0).await, nth(1).await);
    let ids = [first.as_str(), second.as_str()];
    luis.post("/es/safety-questions", &[("act", "answer"), (ids[0], "  ")])
        .await
        .is(422)
        .says("Responda al menos una");
    let long = "x".repeat(5_000);
    luis.post("/es/safety-questions", &[("act", "answer"), (ids[0], &long)]).await.is(422).holds("xxxxx");
    let page =
        luis.post("/es/safety-questions", &[("act", "answer"), (ids[0], "El lunes por la noche")]).await;
    page.is(200).says("El equipo de seguridad tiene sus respuestas.");
    samuel.get(&at).await.is(200).says("El lunes por la noche").says("Not answered yet");
    assert_eq!(t.count("select count(*) from safety_records").await, 1, "an answer is no second record");

    // what tells of danger is
    t.wait(MINUTE);
    let danger = [("act", "answer"), (ids[1], "no puedo respirar y tengo los labios hinchados")];
    let page = luis.post("/es/safety-questions", &danger).await.is(200);
    let words = page.words();
    assert!(words.find("911").unwrap() < words.find("El equipo de seguridad tiene sus respuestas").unwrap());
    assert_eq!(
        t.count("select count(*) from safety_records where source = 'safety_answer' and kind = 'emergency'")
            .await,
        1
    );
    luis.get("/es/home").await.is(200).says_not("El equipo de seguridad tiene preguntas");

    // nobody else's
    let visitor = t.visitor();
    visitor.get("/es/safety-questions").await.is(200).says("Iniciar");
}
