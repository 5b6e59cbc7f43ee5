//! The worklist and the tasks: what waits, in the order it waits.

use crate::support::cases::Patient;
use crate::support::{TestPortal, portal};
use domain::actor::Role;
use domain::cases::SubStatus;
use domain::locale::Locale;
use domain::time::{DAY, MINUTE};

const NAMES: [&str; 3] = ["Ada One", "Bea Two", "Cal Three"];
const EMAILS: [&str; 3] = ["ada@example.com", "bea@example.com", "cal@example.com"];

/// Three cases, a minute apart: English, Spanish waiting for consent, Arabic.
async fn three(portal: &TestPortal) {
    let kinds = [
        (Locale::En, SubStatus::Received),
        (Locale::Es, SubStatus::ConsentPending),
        (Locale::Ar, SubStatus::Received),
    ];
    for ((name, email), (locale, sub_status)) in NAMES.into_iter().zip(EMAILS).zip(kinds) {
        portal.patient(Patient { name, email, locale, sub_status, ..Patient::default() }).await;
        portal.wait(MINUTE);
    }
}

#[tokio::test]
async fn views_and_filters_stand_in_the_address() {
    let portal = portal().await;
    three(&portal).await;
    let kim = portal.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await;
    let all = kim.get("/en/staff/worklist?view=all").await.is(200);
    let places = NAMES.map(|name| all.body.find(name).unwrap());
    assert!(places.is_sorted(), "who waits longest comes first: {places:?}");
    for (query, there, gone) in [
        ("view=waiting", vec!["Bea Two"], vec!["Ada One", "Cal Three"]),
        ("view=all&language=ar", vec!["Cal Three"], vec!["Ada One", "Bea Two"]),
        ("view=all&queue=Access-ES", vec!["Bea Two"], vec!["Ada One", "Cal Three"]),
        ("view=all&program=clearpath", vec!["No case here"], vec!["Ada One"]),
        ("view=all&stage=access_in_progress", vec!["No case here"], vec!["Ada One"]),
        ("view=mine", vec!["No case here"], vec!["Ada One"]),
        ("view=overdue", vec!["No case here"], vec!["Ada One"]),
        ("view=unanswered", vec!["Ada One", "Cal Three"], vec![]),
        ("view=%00nonsense&stage=x&language=%F0&program=y&after=z", vec!["Ada One", "Bea Two"], vec![]),
    ] {
        let mut page = kim.get(&format!("/en/staff/worklist?{query}")).await.is(200);
        for words in there {
            page = page.says(words);
        }
        for words in gone {
            page = page.says_not(words);
        }
    }
    portal.wait(10 * DAY);
    let lee = portal.staff("Lee Ng", "lee@example.com", &[Role::QualityReviewer]).await;
    lee.get("/en/staff/worklist?view=overdue").await.is(200).says("Ada One").says("Late");
}

#[tokio::test]
async fn a_case_one_takes_is_mine_until_it_is_given_back() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient::default()).await;
    let kim = portal.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await;
    let path = format!("/en/staff/cases/{}", case.id);
    kim.post(&path, &[("act", "take"), ("version", "1")]).await.is(200).says("The case is yours now.");
    kim.get("/en/staff/worklist?view=mine").await.is(200).says("Luis Ruiz");
    kim.get("/en/staff/worklist?view=unassigned").await.is(200).says_not("Luis Ruiz");
    kim.post(&path, &[("act", "release"), ("version", "1")]).await.is(422).says("changed in the meantime");
    kim.post(&path, &[("act", "release"), ("version", "2")]).await.is(200).says("back in its queue");
    kim.get("/en/staff/worklist?view=mine").await.is(200).says_not("Luis Ruiz");
}

#[tokio::test]
async fn a_long_list_goes_on_without_losing_or_repeating_a_case() {
    let portal = portal().await;
    let names: Vec<(String, String)> =
        (0..53).map(|n| (format!("Person Number{n:02}"), format!("p{n}@example.com"))).collect();
    for (name, email) in &names {
        let (name, email) = (name.clone().leak(), email.clone().leak());
        portal.patient(Patient { name, email, ..Patient::default() }).await; // all in one instant
    }
    let kim = portal.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await;
    for view in ["all", "unassigned", "unanswered"] {
        let first =
            kim.get(&format!("/en/staff/worklist?view={view}")).await.is(200).says("50 cases on this page");
        let next = first.attr("href", "after=").unwrap();
        let second = kim.get(&next).await.is(200).says("3 cases on this page");
        for (name, _) in &names {
            let times = usize::from(first.body.contains(name)) + usize::from(second.body.contains(name));
            assert_eq!(times, 1, "{view}: {name}");
        }
        assert!(!second.body.contains("rel=\"next\""), "{view} goes on");
    }
}

#[tokio::test]
async fn a_task_is_taken_and_settled_once() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient::default()).await;
    let kim = portal.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await;
    let page = kim.get("/en/staff/tasks").await.is(200).says("Give the first answer").says(&case.number);
    let at = page.body.find("name=\"task\" value=\"").unwrap();
    let task = page.body[at + 19..].split('"').next().unwrap().to_owned();
    let act = |act: &'static str, version: &'static str| {
        vec![("act", act), ("task", task.as_str()), ("version", version), ("how", "done")]
    };
    kim.post("/en/staff/tasks", &act("take", "1")).await.is(200).says("The task is yours now.");
    kim.get("/en/staff/tasks?whose=mine").await.is(200).says(&case.number);
    kim.post("/en/staff/tasks", &act("settle", "1")).await.is(200).says("Somebody was faster");
    kim.post("/en/staff/tasks?whose=mine", &act("settle", "2"))
        .await
        .is(200)
        .arrives_at("/en/staff/tasks?whose=mine&told=settled")
        .says("The task is settled.")
        .says("Nothing to do here.");
    kim.post("/en/staff/tasks", &[("act", "take"), ("task", "x"), ("version", "1")]).await.is(404);
}

#[tokio::test]
async fn the_trail_says_who_read_what_and_that_somebody_asked() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient::default()).await;
    let kim = portal.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await;
    kim.get(&format!("/en/staff/cases/{}", case.id)).await.is(200);
    kim.get("/en/staff/audit").await.is(404);
    let added = portal.add_staff("Avi Audit", "avi@example.com", &[Role::Auditor]).await;
    let avi = portal.visitor();
    crate::support::accounts::sign_in(&avi, "avi@example.com", &added.password).await;
    let code = portal.code(&added.totp_secret);
    let fields =
        [("act", "code"), ("code", code.as_str()), ("new_password", crate::support::accounts::PASSWORD)];
    avi.post("/en/sign-in/second-step", &fields).await;
    avi.get("/en/staff").await.is(200).arrives_at("/en/staff/audit");
    let found = avi.get(&format!("/en/staff/audit?case={}", case.number)).await.is(200);
    found.says("cases.read").says("Kim Park").says("Case opened").says_not("Luis");
    avi.get("/en/staff/audit").await.is(200).says("audit.search").says("audit.read");
    avi.get("/en/staff/audit?case=BR-1999-000001").await.is(422).says("No case has this number");
    avi.get(&format!("/en/staff/cases/{}", case.id)).await.is(404);
}
