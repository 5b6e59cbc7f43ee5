//! Where a case stands, as its owner reads it and as staff move it.

use crate::support::cases::Patient;
use crate::support::{Browser, TestPortal, portal};
use domain::actor::Role;
use domain::cases::SubStatus;
use domain::locale::Locale;
use domain::time::{DAY, HOUR};

async fn kim(portal: &TestPortal) -> Browser {
    portal.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await
}

/// The version of the case that the page's form holds.
async fn version(browser: &Browser, path: &str) -> String {
    let page = browser.get(path).await.is(200);
    let at = page.body.find("name=\"version\" value=\"").unwrap();
    page.body[at + 22..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_patient_reads_what_now_and_when() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient::default()).await;
    let luis = portal.signed_in("luis@example.com").await;
    luis.get("/en/home").await.is(200).says("Hello, Luis").says("We have your enrollment").says(&case.number);
    luis.get(&format!("/en/cases/{}", case.id))
        .await
        .is(200)
        .says("Step 1 of 4")
        .says("We have your enrollment")
        .says("A person on our team is looking at it.")
        .says("What happens next")
        .says("You do not need to do anything.")
        .says("Wednesday, November 25")
        .says("1-800-555-0142")
        .says("What has happened so far");
}

#[tokio::test]
async fn another_persons_case_looks_like_none() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient::default()).await;
    portal.person("Eve Stone", "eve@example.com").await;
    let eve = portal.signed_in("eve@example.com").await;
    let nobody = "00000000-0000-7000-8000-000000000000".to_owned();
    let mut seen = Vec::new();
    for id in [case.id.to_string(), nobody, "x".to_owned(), "..%2F..".to_owned()] {
        let page = eve.get(&format!("/en/cases/{id}")).await.is(404).says_not("Luis").says_not(&case.number);
        seen.push(page.words());
    }
    assert!(seen.iter().all(|words| *words == seen[0]), "the answers differ: {seen:?}");
    portal.visitor().get(&format!("/en/cases/{}", case.id)).await.is(200).says("Sign in");
    eve.get(&format!("/en/staff/cases/{}", case.id)).await.is(404);
    eve.get("/en/staff/worklist").await.is(404);
}

#[tokio::test]
async fn a_page_in_arabic_is_arabic() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient { locale: Locale::Ar, ..Patient::default() }).await;
    let luis = portal.signed_in("luis@example.com").await;
    luis.get(&format!("/ar/cases/{}", case.id))
        .await
        .is(200)
        .holds("dir=\"rtl\"")
        .says("وصلنا طلب تسجيلك")
        .says("ما المطلوب منك");
}

#[tokio::test]
async fn staff_move_a_case_and_the_patient_sees_it_at_once() {
    let portal = portal().await;
    let full = &[
        "identity",
        "contact",
        "consent_services",
        "consent_authorization",
        "language",
        "insurance_card",
        "prescriber_confirmed",
    ];
    let (_, case) = portal.patient(Patient { ticked: full, ..Patient::default() }).await;
    let (kim, path) = (kim(&portal).await, format!("/en/staff/cases/{}", case.id));
    kim.get(&path)
        .await
        .is(200)
        .says("Luis Ruiz")
        .says("What the patient sees")
        .says("We have your enrollment")
        .says("R-20 v1");
    let fields = [
        ("act", "advance"),
        ("version", &*version(&kim, &path).await),
        ("to", "bv_running"),
        ("reason", "All there, the plan is being asked."),
    ];
    kim.post(&path, &fields).await.is(200).says("The case has moved.").says("Checking your coverage");
    let luis = portal.signed_in("luis@example.com").await;
    luis.get(&format!("/en/cases/{}", case.id))
        .await
        .is(200)
        .says("Step 2 of 4")
        .says("Checking your coverage")
        .says("Your insurance plan")
        .says_not("All there, the plan is being asked.");
}

#[tokio::test]
async fn intake_is_not_left_with_an_open_checklist_and_no_word() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient::default()).await;
    let (kim, path) = (kim(&portal).await, format!("/en/staff/cases/{}", case.id));
    let version = version(&kim, &path).await;
    let step = |exception: &'static str| {
        vec![
            ("act", "advance"),
            ("version", version.as_str()),
            ("to", "bv_running"),
            ("reason", "The card is on its way."),
            ("exception", exception),
        ]
    };
    kim.post(&path, &step(""))
        .await
        .is(422)
        .says("There is a problem")
        .says("Write why the case may go on with an open checklist")
        .says("The card is on its way.");
    kim.post(&path, &step("The plan accepts the member number."))
        .await
        .is(200)
        .says("The case has moved.")
        .says("Left intake with an open checklist")
        .says("The plan accepts the member number.");
}

#[tokio::test]
async fn a_step_back_is_told_to_the_patient_in_approved_words() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient { locale: Locale::Es, ..Patient::default() }).await;
    let (kim, path) = (kim(&portal).await, format!("/en/staff/cases/{}", case.id));
    let on = [
        ("act", "advance"),
        ("version", &*version(&kim, &path).await),
        ("to", "bv_running"),
        ("reason", "On."),
        ("exception", "Fine."),
    ];
    kim.post(&path, &on).await.is(200).says("The case has moved.");
    let newer = version(&kim, &path).await;
    let mut back = vec![
        ("act", "advance"),
        ("version", &*newer),
        ("to", "received"),
        ("reason", "Another plan since Monday."),
    ];
    kim.post(&path, &back)
        .await
        .is(422)
        .says("Choose what the patient is told")
        .says("Another plan since Monday.");
    back.push(("backward", "insurer_changed"));
    kim.post(&path, &back).await.is(200).says("The case has moved.").says("Your insurance has changed");
    let luis = portal.signed_in("luis@example.com").await;
    luis.get(&format!("/es/cases/{}", case.id))
        .await
        .is(200)
        .says("Paso 1 de 4")
        .says("Por qué su caso volvió un paso atrás")
        .says_not("Another plan since Monday.");
}

#[tokio::test]
async fn a_step_that_skips_the_way_is_refused_and_nothing_typed_is_lost() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient::default()).await;
    let (kim, path) = (kim(&portal).await, format!("/en/staff/cases/{}", case.id));
    let version = version(&kim, &path).await;
    for (to, says) in [
        ("pa_approved", "This step is not possible"),
        ("", "Choose the new status"),
        ("nonsense", "Choose the new status"),
    ] {
        let fields =
            [("act", "advance"), ("version", &*version), ("to", to), ("reason", "Kept <b>word</b>.")];
        kim.post(&path, &fields).await.is(422).says(says).says("Kept <b>word</b>.");
    }
    let long = "x".repeat(2_001);
    let fields = [
        ("act", "advance"),
        ("version", &*version),
        ("to", "bv_running"),
        ("reason", &*long),
        ("exception", "y"),
    ];
    kim.post(&path, &fields).await.is(422).says("2,000 characters or fewer");
    kim.post(&path, &[("act", "what")]).await.is(404);
    kim.post(&path, &[("act", "advance"), ("to", "bv_running"), ("reason", "z")]).await.is(404);
}

#[tokio::test]
async fn who_comes_second_is_told_who_came_first() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient::default()).await;
    let path = format!("/en/staff/cases/{}", case.id);
    let kim = kim(&portal).await;
    let lee = portal.staff("Lee Ng", "lee@example.com", &[Role::AccessSpecialist]).await;
    let version = version(&kim, &path).await;
    let fields = |reason: &'static str| {
        [
            ("act", "advance"),
            ("version", version.as_str()),
            ("to", "bv_running"),
            ("reason", reason),
            ("exception", "e"),
        ]
    };
    kim.post(&path, &fields("Kim was first.")).await.is(200);
    lee.post(&path, &fields("Lee was second."))
        .await
        .is(422)
        .says("This case has changed in the meantime")
        .says("Kim Park changed this case on")
        .says("Lee was second.");
}

#[tokio::test]
async fn a_call_stops_the_clock_of_the_first_answer() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient::default()).await;
    let (kim, path) = (kim(&portal).await, format!("/en/staff/cases/{}", case.id));
    kim.get("/en/staff/tasks").await.is(200).says("Give the first answer").says(&case.number);
    portal.wait(5 * HOUR); // sessions end before
    let kim = portal.staff("Lee Ng", "lee@example.com", &[Role::Nurse]).await;
    kim.get(&path).await.is(200).says("overdue since");
    let note = [("act", "note"), ("kind", "call"), ("text", "Spoke with Luis. He will send the card.")];
    kim.post(&path, &note)
        .await
        .is(200)
        .says("The note is kept.")
        .says("Spoke with Luis.")
        .says("Internal")
        .says_not("overdue since");
    kim.get("/en/staff/tasks").await.is(200).says("Nothing to do here.");
    let luis = portal.signed_in("luis@example.com").await;
    luis.get(&format!("/en/cases/{}", case.id)).await.is(200).says_not("Spoke with Luis.");
    let empty = [("act", "note"), ("kind", "note"), ("text", "  ")];
    kim.post(&path, &empty).await.is(422).says("Write the note");
}

#[tokio::test]
async fn a_late_case_says_so_and_names_a_day_to_call() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient::default()).await;
    let luis = portal.signed_in("luis@example.com").await;
    let path = format!("/en/cases/{}", case.id);
    luis.get(&path).await.is(200).says_not("longer than we expected");
    portal.wait(7 * DAY); // Tuesday, December 1
    let luis = portal.signed_in("luis@example.com").await;
    luis.get(&path)
        .await
        .is(200)
        .says("This takes longer than we expected")
        .says("If you have not heard from us by Wednesday, December 2, please call us.");
}

#[tokio::test]
async fn who_waits_for_consent_has_one_thing_to_do() {
    let portal = portal().await;
    let patient = Patient { sub_status: SubStatus::ConsentPending, ..Patient::default() };
    let (_, case) = portal.patient(patient).await;
    let luis = portal.signed_in("luis@example.com").await;
    for path in ["/en/home".to_owned(), format!("/en/cases/{}", case.id)] {
        let page = luis.get(&path).await.is(200).says("Read the permission form and answer");
        assert_eq!(page.body.matches("class=\"action-link\"").count(), 1, "{path}");
        assert!(!page.body.contains("<script"), "{path} ships a script");
    }
}

#[tokio::test]
async fn a_nurse_may_move_a_case_and_medical_information_may_not() {
    let portal = portal().await;
    let (_, case) = portal.patient(Patient::default()).await;
    let path = format!("/en/staff/cases/{}", case.id);
    let msl = portal.staff("Ola Berg", "ola@example.com", &[Role::MedicalInformation]).await;
    msl.get(&path).await.is(200).says("Write a note").says_not("Move the case");
    let version = version(&msl, &path).await;
    let fields = [
        ("act", "advance"),
        ("version", &*version),
        ("to", "bv_running"),
        ("reason", "r"),
        ("exception", "e"),
    ];
    msl.post(&path, &fields).await.is(404);
    let author = portal.staff("Ann Author", "ann@example.com", &[Role::Author]).await;
    author.get(&path).await.is(404).says_not("Luis");
}
