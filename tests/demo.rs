//! The demonstration: every state in both programs, believable, the same every time, and loaded once.

use crate::support::{TUESDAY_MORNING, portal};
use domain::cases::SubStatus;
use domain::db::Columns;
use sqlx::Row;

async fn number(t: &crate::support::TestPortal, sql: &'static str) -> i64 {
    let mut conn = t.portal().db.read().await.unwrap();
    sqlx::query(sql).fetch_one(&mut *conn).await.unwrap().try_get(0).unwrap()
}

#[tokio::test]
async fn about_two_hundred_cases_stand_everywhere_a_case_can_stand() {
    let t = portal().await;
    server::demo::load(t.portal(), TUESDAY_MORNING).await.unwrap();
    assert_eq!(number(&t, "select count(*) from cases").await, 200);
    let mut conn = t.portal().db.read().await.unwrap();
    for program in t.portal().programs.all().iter() {
        let rows = sqlx::query(
            "select sub_status, count(*) as n from cases where program_id = $1 group by sub_status",
        )
        .bind(program.id.to_string())
        .fetch_all(&mut *conn)
        .await
        .unwrap();
        assert_eq!(rows.len(), SubStatus::ALL.len(), "{}", program.code);
    }
    drop(conn);
    for (what, sql) in [
        ("a status in the future", "select count(*) from case_statuses where at > 1795536000000"),
        (
            "a case that is not where its last status says",
            "select count(*) from cases c where not exists (select 1 from case_statuses s where s.case_id = c.id and s.at = c.since and s.sub_status = c.sub_status and s.stage = c.stage)",
        ),
        (
            "a sentence that is not approved",
            "select count(*) from case_statuses s join cases c on c.id = s.case_id where not exists (select 1 from content_variants v where v.item_id = s.sentence_id and v.edition = s.sentence_edition and v.locale = c.locale and v.state = 'live')",
        ),
        (
            "a wording nobody approved",
            "select count(*) from consents k where not exists (select 1 from content_variants v where v.item_id = k.wording_id and v.edition = k.wording_edition and v.locale = k.locale)",
        ),
        (
            "mail without consent",
            "select count(*) from messages m where m.state = 'sent' and not exists (select 1 from consents k where k.case_id = m.case_id and k.channel = 'email' and k.purpose = 'program_services' and k.is_given = 1)",
        ),
        (
            "two open requests of a kind",
            "select count(*) from (select case_id from document_requests where settled_at is null group by case_id, kind having count(*) > 1) x",
        ),
        (
            "an event of the past somebody still reacts to",
            "select count(*) from events where handled_at is null and code like 'case.%'",
        ),
    ] {
        assert_eq!(number(&t, sql).await, 0, "{what}");
    }
    let luis = number(&t, "select count(*) from cases where number = 'BR-2026-000187' and locale = 'es' and sub_status = 'documents_needed'").await;
    assert_eq!(luis, 1);
    assert_eq!(number(&t, "select count(*) from safety_records where state = 'flagged'").await, 1);
    assert_eq!(number(&t, "select count(*) from safety_records where state = 'closed'").await, 1);
    assert_eq!(
        number(&t, "select count(*) from turns where outcome = 'answered' and shown like '%BR/FAQ-012%'")
            .await,
        1
    );
    assert!(number(&t, "select count(*) from threads where state = 'waiting'").await >= 1);
}

#[tokio::test]
async fn everybody_of_the_demonstration_signs_in_and_luis_sees_the_one_thing_to_do() {
    let t = portal().await;
    server::demo::load(t.portal(), TUESDAY_MORNING).await.unwrap();
    server::demo::pictures(t.portal(), &t.app.files).await.unwrap();
    assert_eq!(number(&t, "select count(*) from documents where digest = '' and state <> 'failed'").await, 0);
    let luis = t.visitor();
    let fields = [
        ("act", "password"),
        ("email", "luis@patients.example"),
        ("password", server::demo::accounts::PASSWORD),
    ];
    let page = luis.post("/es/sign-in", &fields).await;
    assert!(page.at.starts_with("/es/home"), "{} {}", page.at, page.words());
    page.says("BR-2026-000187").says("Tarjeta del seguro");
    let lessons = luis.get("/es/learn").await.is(200).holds("/es/learn/edu-101");
    let lessons = lessons.says_not("CLEARPATH");
    assert!(!lessons.body.contains("edu-103"), "a lesson of a later stage is listed");
    let last = luis.get("/es/learn/edu-101/4").await.is(200).holds("value=\"finish\"");
    luis.post(&last.at, &[("act", "finish")])
        .await
        .is(200)
        .arrives_at("/es/learn?finished=edu-101")
        .says("Leída");
    luis.post(&last.at, &[("act", "finish")]).await.is(200);
    assert_eq!(number(&t, "select count(*) from events where code = 'content.module_finished' and person_id = (select person_id from cases where number = 'BR-2026-000187')").await, 1);
    luis.get("/es/learn/edu-103").await.is(404);
}

#[tokio::test]
async fn loading_twice_changes_nothing_and_the_same_clock_gives_the_same_cases() {
    let (a, b) = (portal().await, portal().await);
    server::demo::load(a.portal(), TUESDAY_MORNING).await.unwrap();
    server::demo::load(b.portal(), TUESDAY_MORNING).await.unwrap();
    let mut seen = Vec::new();
    for t in [&a, &b] {
        let mut conn = t.portal().db.read().await.unwrap();
        let rows =
            sqlx::query("select id, number, sub_status, since, queue, locale from cases order by number")
                .fetch_all(&mut *conn)
                .await
                .unwrap();
        let lines: Vec<String> = rows
            .iter()
            .map(|row| {
                format!(
                    "{} {} {} {}",
                    row.text("id").unwrap(),
                    row.text("number").unwrap(),
                    row.text("sub_status").unwrap(),
                    row.int("since").unwrap()
                )
            })
            .collect();
        seen.push(lines);
    }
    assert_eq!(seen[0], seen[1]);
    let before = number(&a, "select seq from audit_head").await;
    server::demo::load(a.portal(), TUESDAY_MORNING).await.unwrap();
    assert_eq!(number(&a, "select seq from audit_head").await, before);
}

#[tokio::test]
async fn more_cases_come_in_by_the_thousand() {
    let t = portal().await;
    server::demo::generate::generate(t.portal(), 1_000, 7).await.unwrap();
    assert_eq!(number(&t, "select count(*) from cases").await, 1_000);
    assert_eq!(
        number(&t, "select count(*) from (select number from cases group by number having count(*) > 1) x")
            .await,
        0
    );
}
