//! Messages out, through a real SMTP server: decided when sent, neutral, tried again, never lost, never twice.

use crate::support::enrolling::{self, CONSENTS, LUIS};
use crate::support::{Smtp, TestPortal, portal, portal_with};
use domain::time::{HOUR, MINUTE};
use server::config::MailTls;

/// Agrees to e-mail as well.
const WITH_EMAIL: &[(&str, &[(&str, &str)])] = &[
    ("program_services", &[("agree", "yes"), ("channel-email", "yes")]),
    ("health_authorization", &[("agree", "yes"), ("signature", "Luis Ruiz")]),
    ("marketing", &[]),
];

/// A portal that sends through this server.
async fn sending_to(port: u16) -> TestPortal {
    portal_with(|config| {
        config.mail.folder = None;
        config.mail.host = Some("127.0.0.1".into());
        config.mail.port = port;
        config.mail.tls = MailTls::None;
        config.mail.timeout_seconds = 3;
    })
    .await
}

fn folder() -> std::path::PathBuf {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let dir = std::env::temp_dir().join(format!("handrail-smtp-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

/// Luis enrolls with this address and agrees to e-mail.
async fn enrolled(t: &TestPortal, email: &str) {
    let browser = t.visitor();
    enrolling::begin(&browser, "es", LUIS).await;
    enrolling::fill(&browser, "es", &[("contact/email", &[("email", email)])]).await;
    enrolling::consents(&browser, "es", WITH_EMAIL).await;
    enrolling::send(&browser, "es").await.is(200).arrives_at("/es/programs/breathe/enroll/done");
}

async fn state(t: &TestPortal) -> String {
    t.text("select state from messages where kind = 'enrollment_received'").await
}

#[tokio::test]
async fn a_confirmation_goes_out_in_the_patients_language_and_says_nothing_about_health() {
    let smtp = Smtp::start(&folder(), None);
    let t = sending_to(smtp.port).await;
    enrolled(&t, "luis.ruiz@example.com").await;
    t.settle().await;
    let taken = smtp.taken();
    let [mail] = taken.as_slice() else { panic!("{taken:#?}") };
    assert_eq!(mail.to, ["luis.ruiz@example.com"]);
    assert_eq!(mail.headers["Content-Language"], "es");
    assert!(mail.html.contains("<html lang=\"es\" dir=\"ltr\">"));
    let number = t.text("select number from cases").await;
    assert!(mail.text.contains(&number), "{}", mail.text);
    assert!(mail.text.contains(&format!("http://{}/es/home", t.address)), "{}", mail.text);
    let all = format!("{} {} {}", mail.headers["Subject"], mail.text, mail.html).to_lowercase();
    for secret in ["aerovent", "breathe", "luis", "ruiz", "inhal", "asma", "medicare", "1955"] {
        assert!(!all.contains(secret), "{secret} is in the message: {all}");
    }
    assert!(!all.contains('{'), "a place was not filled: {all}");
    assert_eq!(state(&t).await, "sent");
}

#[tokio::test]
async fn nothing_goes_out_without_consent_even_if_it_was_planned_before() {
    let smtp = Smtp::start(&folder(), None);
    let t = sending_to(smtp.port).await;
    let browser = t.visitor();
    enrolling::begin(&browser, "es", LUIS).await;
    enrolling::consents(&browser, "es", CONSENTS).await;
    enrolling::send(&browser, "es").await.is(200);
    t.settle().await;
    assert!(smtp.taken().is_empty());
    assert_eq!(state(&t).await, "suppressed");
    assert_eq!(t.text("select rule from messages where kind = 'enrollment_received'").await, "no_consent");
}

#[tokio::test]
async fn a_server_that_is_down_loses_nothing_and_the_message_keeps_its_id() {
    let dir = folder();
    let port = Smtp::start(&dir, None).stop();
    let t = sending_to(port).await;
    enrolled(&t, "luis.ruiz@example.com").await;
    t.settle().await;
    assert_eq!(state(&t).await, "planned");
    assert_eq!(
        t.text("select failure from messages where kind = 'enrollment_received'").await,
        "unreachable"
    );
    let smtp = Smtp::start(&dir, Some(port));
    t.settle().await;
    assert!(smtp.taken().is_empty(), "not before its pause is over");
    t.wait(2 * MINUTE);
    t.settle().await;
    let taken = smtp.taken();
    let [mail] = taken.as_slice() else { panic!("{taken:#?}") };
    let id = t.text("select wire_id from messages where kind = 'enrollment_received'").await;
    assert_eq!(mail.headers["Message-ID"], format!("<{id}@handrail.invalid>"));
    assert_eq!(state(&t).await, "sent");
}

#[tokio::test]
async fn a_server_that_asks_to_wait_is_asked_again_and_sends_once() {
    let smtp = Smtp::start(&folder(), None);
    let t = sending_to(smtp.port).await;
    enrolled(&t, "busy.luis@example.com").await;
    for _ in 0..4 {
        t.settle().await;
        t.wait(20 * MINUTE);
    }
    assert_eq!(smtp.taken().len(), 1);
    assert_eq!(t.count("select attempts from messages where kind = 'enrollment_received'").await, 3);
}

#[tokio::test]
async fn an_answer_that_is_lost_after_the_message_was_taken_sends_it_again_under_the_same_id() {
    let smtp = Smtp::start(&folder(), None);
    let t = sending_to(smtp.port).await;
    enrolled(&t, "dropafter@example.com").await;
    t.settle().await;
    t.wait(2 * MINUTE);
    t.settle().await;
    let taken = smtp.taken();
    assert_eq!(taken.len(), 2, "at least once, at most one more");
    assert_eq!(taken[0].headers["Message-ID"], taken[1].headers["Message-ID"]);
    assert_eq!(state(&t).await, "sent");
}

#[tokio::test]
async fn an_address_that_does_not_exist_becomes_a_task_for_staff() {
    let smtp = Smtp::start(&folder(), None);
    let t = sending_to(smtp.port).await;
    enrolled(&t, "nobody@example.com").await;
    t.settle().await;
    assert_eq!(state(&t).await, "dead");
    assert_eq!(
        t.count("select count(*) from tasks where kind = 'message_dead' and settled_at is null").await,
        1
    );
}

#[tokio::test]
async fn after_three_days_of_trying_a_person_is_told() {
    let port = Smtp::start(&folder(), None).stop();
    let t = sending_to(port).await;
    enrolled(&t, "luis.ruiz@example.com").await;
    for _ in 0..12 {
        t.settle().await;
        t.wait(24 * HOUR + MINUTE);
    }
    assert_eq!(state(&t).await, "dead");
    assert_eq!(t.count("select count(*) from tasks where kind = 'message_dead'").await, 1);
}

#[tokio::test]
async fn what_a_crashed_sender_held_is_taken_over_after_its_lease() {
    let t = portal().await;
    enrolled(&t, "luis.ruiz@example.com").await;
    while domain::reactions::dispatch(t.portal()).await.unwrap() > 0 {}
    let ctx = t.portal().system("test");
    assert_eq!(domain::messaging::claim(&ctx, 10).await.unwrap().len(), 1);
    assert!(domain::messaging::claim(&ctx, 10).await.unwrap().is_empty(), "held by another");
    t.wait(3 * MINUTE);
    let ctx = t.portal().system("test");
    let again = domain::messaging::claim(&ctx, 10).await.unwrap();
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].attempts, 2);
}
