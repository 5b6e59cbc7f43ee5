//! Enrolling: one question a page, saved at each, sent once, routed by a rule; by oneself or for somebody else (ON-2,
//! ON-12, ON-13, ON-14).

use crate::support::enrolling::{ANA, CONSENTS, LUIS, begin, consent, consents, enroll, fill, hidden, send};
use crate::support::{Browser, Page, portal};
use domain::actor::Role;
use domain::time::{DAY, HOUR, MINUTE};

const ENROLL: &str = "/en/programs/breathe/enroll";
const PASSWORD: &str = "seven kettles on a wall";

#[tokio::test]
async fn a_patient_enrolls_and_reads_their_number_and_what_happens_next() {
    let t = portal().await;
    let luis = t.visitor();
    let done = enroll(&luis, "es").await;
    let done = done.says("Tenemos su inscripción").says("BR-2026-0").says("1-800-555-0142");
    done.says("martes, 24 de noviembre").says_not("Luis").says_not("enrollments.").says_not("consents.");
    assert_eq!(t.count("select count(*) from cases").await, 1);
    assert_eq!(t.text("select sub_status from cases").await, "received");
    assert_eq!(t.text("select waiting_on from cases").await, "program");
    assert_eq!(t.text("select rule from cases").await, "R-14 v3");
    assert_eq!(t.text("select queue from cases").await, "Access-ES");
    assert_eq!(t.text("select locale from cases").await, "es");
    let due = t.count("select first_response_due - opened_at from cases").await;
    assert_eq!(due, 4 * HOUR, "four business hours on a Tuesday morning");
    assert_eq!(t.count("select count(*) from case_checklist").await, 7);
    assert_eq!(t.count("select count(*) from case_checklist where ticked_at is not null").await, 5);
    let open = "select count(*) from case_checklist where ticked_at is null and item in ('insurance_card', 'prescriber_confirmed')";
    assert_eq!(t.count(open).await, 2);
    let sentence = t.text("select sentence_id from case_statuses").await;
    assert!(sentence.contains("STS-01"), "{sentence}");
    assert_eq!(t.count("select count(*) from consents").await, 5, "every channel asked about has its row");
    assert_eq!(t.count("select count(*) from consents where locale = 'es' and how = 'enrollment'").await, 5);
    assert_eq!(t.count("select count(*) from consents where is_given = 1").await, 3);
    assert_eq!(t.count("select count(*) from consents where signature_sealed is not null").await, 1);
}

#[tokio::test]
async fn every_answer_is_saved_and_found_again() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..8]).await;
    t.wait(20 * MINUTE);
    let list = luis.get(ENROLL).await.is(200).says("You began this form before");
    assert_eq!(list.words().matches("Completed").count(), 2, "{}", list.words());
    list.says("Begun").says("Cannot start yet");
    luis.get(&format!("{ENROLL}/patient/name")).await.holds("value=\"Luis Ruiz\"");
    luis.get(&format!("{ENROLL}/patient/birth_date")).await.holds("value=\"1955\"");
    luis.get("/ar/programs/breathe/enroll/patient/name").await.is(200).holds("value=\"Luis Ruiz\"");
    t.visitor().get(ENROLL).await.is(200).says("Join the program").says_not("Luis");
}

#[tokio::test]
async fn a_form_nobody_comes_back_to_is_gone_after_thirty_days() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..2]).await;
    t.wait(29 * DAY);
    luis.get(&format!("{ENROLL}/patient/name")).await.holds("value=\"Luis Ruiz\"");
    t.wait(2 * DAY);
    let gone = luis.get(&format!("{ENROLL}/patient/name")).await.is(200);
    gone.says("We no longer have this form").says("Join the program").says_not("Luis");
    let ctx = t.portal().system("test");
    assert_eq!(domain::enrollments::clear_expired(&ctx).await.unwrap(), 1);
}

#[tokio::test]
async fn a_refused_answer_comes_back_as_it_was_typed() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..1]).await;
    for (page, fields, says) in [
        ("patient/name", &[("name", "")][..], "Write the name"),
        ("patient/name", &[("name", "Luis\u{202e}ziuR")], "Leave out signs that cannot be read"),
        (
            "patient/birth_date",
            &[("birth_date-day", "31"), ("birth_date-month", "2"), ("birth_date-year", "1955")],
            "This day does not exist",
        ),
        (
            "patient/birth_date",
            &[("birth_date-day", "1"), ("birth_date-month", "1"), ("birth_date-year", "2031")],
            "This day is still to come",
        ),
        (
            "patient/birth_date",
            &[("birth_date-day", "1"), ("birth_date-month", "1"), ("birth_date-year", "1899")],
            "more than 120 years ago",
        ),
        ("patient/written_language", &[("written_language", "xx")], "Choose one of the answers"),
        ("contact/email", &[("email", "luis(at)example")], "Write an email address like"),
        ("contact/phone", &[("phone", "12")], "Write a phone number with its area code"),
    ] {
        let path = format!("{ENROLL}/{page}");
        let refused = luis.post(&path, fields).await.is(422).says("There is a problem").says(says);
        assert!(refused.body.contains("<title>Error: "), "{page}");
        for (_, typed) in
            fields.iter().filter(|(name, typed)| !typed.is_empty() && !name.starts_with("written"))
        {
            assert!(refused.body.contains(&format!("value=\"{typed}\"")), "{page} lost {typed:?}");
        }
        for locale in ["es", "vi", "ar"] {
            let path = path.replace("/en/", &format!("/{locale}/"));
            luis.post(&path, fields).await.is(422).says_not("errors.").says_not("enrollments.");
        }
    }
    assert_eq!(t.count("select count(*) from drafts").await, 1);
}

#[tokio::test]
async fn hostile_text_is_shown_as_text() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    let hostile = "\"><script>alert(1)</script></textarea><b>&amp;";
    fill(&luis, "en", &[("prescriber/note", &[("note", hostile)]), ("patient/name", &[("name", hostile)])])
        .await;
    consents(&luis, "en", CONSENTS).await;
    for page in ["prescriber/note", "patient/name", "check"] {
        let page = luis.get(&format!("{ENROLL}/{page}")).await.is(200);
        assert!(!page.body.contains("<script>alert"), "{}", page.at);
        assert!(page.body.contains("&lt;script&gt;"), "{}", page.at);
    }
    send(&luis, "en").await.arrives_at(&format!("{ENROLL}/done"));
}

#[tokio::test]
async fn a_changed_answer_leads_back_to_the_check() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(&luis, "en", CONSENTS).await;
    let check = luis.get(&format!("{ENROLL}/check")).await.is(200);
    let check =
        check.says("Luis Ruiz").says("March 2, 1955").says("Not provided").says("Yes, signed: Luis Ruiz");
    let change = check.attr("href", "/patient/name?from=check").unwrap();
    luis.post(&change, &[("name", "Luis A. Ruiz")])
        .await
        .arrives_at(&format!("{ENROLL}/check"))
        .says("Luis A. Ruiz");
    // an answer that opens another question asks it first
    luis.post(&format!("{ENROLL}/insurance/payer_type?from=check"), &[("payer_type", "none")])
        .await
        .arrives_at(&format!("{ENROLL}/check"));
    luis.get(&format!("{ENROLL}/insurance/payer_name")).await.arrives_at(ENROLL);
}

#[tokio::test]
async fn a_form_is_not_sent_while_something_is_open() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(&luis, "en", &CONSENTS[..1]).await;
    let check = luis.get(&format!("{ENROLL}/check")).await.says("Some questions are still open");
    assert!(check.attr("href", "/consents/health_authorization").is_some());
    for version in ["0", "18", "-1", "x", ""] {
        luis.post(&format!("{ENROLL}/check"), &[("act", "submit"), ("version", version)]).await.is(422);
    }
    assert_eq!(t.count("select count(*) from cases").await, 0);
}

#[tokio::test]
async fn however_often_it_is_sent_there_is_one_case() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(&luis, "en", CONSENTS).await;
    let path = format!("{ENROLL}/check");
    let version = hidden(&luis.get(&path).await, "version");
    let fields = [("act", "submit"), ("version", version.as_str())];
    let (a, b, c) =
        tokio::join!(luis.post(&path, &fields), luis.post(&path, &fields), luis.post(&path, &fields));
    let numbers: Vec<String> = [a, b, c].map(number).into();
    assert!(numbers.iter().all(|number| *number == numbers[0]), "{numbers:?}");
    assert_eq!(number(luis.post(&path, &fields).await), numbers[0], "a replay");
    assert_eq!(t.count("select count(*) from cases").await, 1);
    assert_eq!(t.count("select count(*) from people where staff_name is null").await, 1);
    luis.get(ENROLL).await.says("You have sent this form");
    luis.get(&format!("{ENROLL}/patient/name")).await.arrives_at(&format!("{ENROLL}/done"));
    luis.post(&format!("{ENROLL}/patient/name"), &[("name", "Else")])
        .await
        .arrives_at(&format!("{ENROLL}/done"));
}

#[tokio::test]
async fn what_another_tab_answered_is_looked_over_before_it_is_sent() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(&luis, "en", CONSENTS).await;
    let path = format!("{ENROLL}/check");
    let seen = hidden(&luis.get(&path).await, "version");
    fill(&luis, "en", &[("patient/name", &[("name", "Lucía Ruiz")])]).await;
    let again = luis.post(&path, &[("act", "submit"), ("version", &seen)]).await.is(422);
    let again = again.says("Something changed in another window").says("Lucía Ruiz");
    let version = hidden(&again, "version");
    luis.post(&path, &[("act", "submit"), ("version", &version)]).await.arrives_at(&format!("{ENROLL}/done"));
}

#[tokio::test]
async fn a_no_to_what_the_program_needs_waits_for_the_patient() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(
        &luis,
        "en",
        &[
            ("program_services", &[("agree", "yes")]),
            ("health_authorization", &[("agree", "no")]),
            ("marketing", &[]),
        ],
    )
    .await;
    send(&luis, "en").await.says("You said no to a permission the program needs");
    assert_eq!(t.text("select sub_status from cases").await, "consent_pending");
    assert_eq!(t.text("select waiting_on from cases").await, "you");
    assert_eq!(t.count("select count(*) from case_checklist where ticked_at is not null").await, 4);
}

#[tokio::test]
async fn a_consent_is_answered_and_signed_or_not_taken() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    let path = |purpose: &str| format!("{ENROLL}/consents/{purpose}");
    consent(&luis, &path("program_services"), "program_services", &[]).await.is(422).says("Choose yes or no");
    let signed = path("health_authorization");
    let page = consent(&luis, &signed, "health_authorization", &[("agree", "yes"), ("signature", " ")]).await;
    page.is(422).says("Write your full name. It is your signature").holds("checked");
    let stale = [("agree", "yes"), ("edition-portal", "0")];
    luis.post(&path("program_services"), &stale).await.is(422).says("These words have changed");
    luis.post(&path("program_services"), &[("agree", "yes")]).await.is(422);
    assert_eq!(luis.get(&path("no_such_purpose")).await.status, 404);
}

#[tokio::test]
async fn a_sign_in_is_made_once_by_whoever_just_enrolled() {
    let t = portal().await;
    let luis = t.visitor();
    let done =
        enroll(&luis, "en").await.says("Make your sign-in now").holds("value=\"luis.ruiz@example.com\"");
    let account = |email, password| [("act", "account"), ("email", email), ("password", password)];
    let short = luis.post(&done.at, &account("luis.ruiz@example.com", "short")).await.is(422);
    short.says("There is a problem").says_not("short");
    luis.post(&done.at, &account("luis.ruiz@example.com", PASSWORD))
        .await
        .is(200)
        .says("Your sign-in is ready");
    luis.post(&done.at, &account("other@example.com", PASSWORD)).await.says_not("Make your sign-in now");
    assert_eq!(t.count("select count(*) from accounts where kind = 'person'").await, 1);
    let home = crate::support::accounts::sign_in(&t.visitor(), "luis.ruiz@example.com", PASSWORD).await;
    assert_eq!(home.at, "/en/home");
    // a stranger without this browser's cookie sees nothing of it
    t.visitor().get(&done.at).await.arrives_at(ENROLL);
    t.visitor().post(&done.at, &account("thief@example.com", PASSWORD)).await.arrives_at(ENROLL);
}

#[tokio::test]
async fn an_address_that_has_a_sign_in_answers_like_one_that_has_none() {
    let t = portal().await;
    t.person("Somebody", "luis.ruiz@example.com").await;
    let luis = t.visitor();
    let done = enroll(&luis, "en").await;
    let fields =
        [("act", "account"), ("email", "luis.ruiz@example.com"), ("password", "another long password here")];
    luis.post(&done.at, &fields).await.is(200).says("Your sign-in is ready");
    luis.get(&done.at).await.says("Your sign-in is ready");
    assert_eq!(t.count("select count(*) from accounts where kind = 'person'").await, 1);
}

#[tokio::test]
async fn after_an_hour_no_sign_in_can_be_made_from_the_confirmation() {
    let t = portal().await;
    let luis = t.visitor();
    let done = enroll(&luis, "en").await;
    t.wait(61 * MINUTE);
    luis.get(&done.at).await.is(200).says("BR-2026-0").says_not("Make your sign-in now");
}

#[tokio::test]
async fn somebody_who_helps_gets_a_link_and_the_patient_answers_for_themselves() {
    let t = portal().await;
    let (ana, luis) = (t.visitor(), t.visitor());
    let link = help(&ana).await;
    assert_eq!(t.text("select sub_status from cases").await, "consent_pending");
    assert_eq!(t.text("select waiting_on from cases").await, "you");
    assert_eq!(t.count("select count(*) from consents").await, 1, "Ana's own, and none of Luis'");
    assert_eq!(t.count("select count(*) from case_checklist where ticked_at is not null").await, 3);

    let asked = luis.get(&link).await.is(200).says("Alguien llenó un formulario para usted");
    asked.says_not("Luis").says_not("Ana").says_not("BR-2026");
    let date = [
        ("act", "birth_date"),
        ("birth_date-day", "2"),
        ("birth_date-month", "3"),
        ("birth_date-year", "1955"),
    ];
    luis.post(&link, &date).await.is(200).says("Participar en el programa");
    t.visitor().get(&link).await.says("Alguien llenó un formulario");
    for (purpose, fields) in CONSENTS {
        let path = format!("{link}?step={purpose}");
        consent(&luis, &path, purpose, fields).await.is(200);
    }
    let check = luis.get(&link).await.says("Revise sus respuestas").says("Sí, firmado: Luis Ruiz");
    luis.post(&check.at, &[("act", "finish")]).await.is(200).says("Gracias").says("BR-2026-0");
    luis.post(&check.at, &[("act", "finish")]).await.is(200).says("Gracias");
    assert_eq!(t.text("select sub_status from cases").await, "received");
    assert_eq!(t.count("select count(*) from consents").await, 6, "5 of Luis, 1 of Ana");
    assert_eq!(t.count("select count(*) from consents where how = 'invitation' and locale = 'es'").await, 5);
    assert_eq!(t.count("select count(*) from case_statuses").await, 2);
    assert_eq!(t.count("select count(*) from case_checklist where ticked_at is not null").await, 5);
    ana.get("/es/programs/breathe/enroll/done").await.says("El paciente ya usó su enlace");

    let fields = [("act", "account"), ("email", "luis.ruiz@example.com"), ("password", PASSWORD)];
    luis.post(&link, &fields).await.is(200).says("Su acceso está listo");
    t.visitor().get(&link).await.is(404).says("Este enlace no funciona");
    let home = crate::support::accounts::sign_in(&luis, "luis.ruiz@example.com", PASSWORD).await;
    assert!(home.at.ends_with("/home"), "{}", home.at);
}

#[tokio::test]
async fn nobody_is_written_to_without_their_own_yes() {
    let t = portal().await;
    let link = help(&t.visitor()).await;
    t.settle().await;
    assert_eq!(t.count("select count(*) from messages where state = 'sent'").await, 1, "Ana said yes");
    let rule = "select rule from messages where state = 'suppressed'";
    assert_eq!(t.text(rule).await, "no_consent", "Luis was not asked yet");
    let luis = t.visitor();
    let date = [
        ("act", "birth_date"),
        ("birth_date-day", "2"),
        ("birth_date-month", "3"),
        ("birth_date-year", "1955"),
    ];
    luis.post(&link, &date).await.is(200);
    for (purpose, fields) in CONSENTS {
        consent(&luis, &format!("{link}?step={purpose}"), purpose, fields).await.is(200);
    }
    luis.post(&link, &[("act", "finish")]).await.is(200);
    t.settle().await;
    assert_eq!(
        t.count("select count(*) from messages where state = 'sent'").await,
        1,
        "he said no to e-mail"
    );
    assert_eq!(t.count("select count(*) from messages where state not in ('sent', 'suppressed')").await, 0);
}

#[tokio::test]
async fn a_wrong_date_of_birth_closes_an_invitation_after_five_tries() {
    let t = portal().await;
    let link = help(&t.visitor()).await;
    let guess = |year: &'static str| {
        [("act", "birth_date"), ("birth_date-day", "2"), ("birth_date-month", "3"), ("birth_date-year", year)]
    };
    let stranger = t.visitor();
    stranger.post(&link, &[("act", "birth_date")]).await.is(422).says("Escriba");
    for (year, left) in [("1950", "4"), ("1951", "3"), ("1952", "2"), ("1953", "1")] {
        stranger.post(&link, &guess(year)).await.is(422).says(&format!("Intentos que quedan: {left}"));
    }
    stranger.post(&link, &guess("1954")).await.is(404).says("Este enlace no funciona");
    stranger.post(&link, &guess("1955")).await.is(404);
    for act in ["consents", "finish", "account"] {
        stranger.post(&link, &[("act", act), ("purpose", "program_services")]).await.is(404);
    }
    assert_eq!(
        t.count("select count(*) from audit where act = 'refused' and what = 'invitations.prove'").await,
        5
    );
}

#[tokio::test]
async fn an_invitation_ends_and_an_unknown_one_looks_the_same() {
    let t = portal().await;
    let link = help(&t.visitor()).await;
    t.wait(15 * DAY);
    let old = t.visitor().get(&link).await.is(404);
    let unknown = t.visitor().get("/es/invitation/no-such-token").await.is(404);
    assert_eq!(old.words(), unknown.words().replace("no-such-token", ""));
    t.visitor().post(&link, &[("act", "finish")]).await.is(404);
}

#[tokio::test]
async fn staff_make_a_new_link_and_the_old_one_ends() {
    let t = portal().await;
    let old = help(&t.visitor()).await;
    let (case, _) = t.only_case().await;
    let kim = t.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await;
    let path = format!("/en/staff/cases/{case}/invitation");
    kim.get(&format!("/en/staff/cases/{case}")).await.says("Make a new link");
    kim.get(&path).await.is(200).says("A new link for the patient").says_not("enrollments.");
    let made = kim.post(&path, &[("act", "make")]).await.is(200).says("shown only once");
    let link = made.attr("href", "/es/invitation/").unwrap();
    t.visitor().get(&old).await.is(404);
    t.visitor().get(&link).await.is(200).says("Alguien llenó un formulario para usted");
    t.visitor().get(&path).await.says("Sign in");
    let auditor = t.staff("Ada Audit", "ada@example.com", &[Role::Auditor]).await;
    auditor.get(&path).await.is(404);
    auditor.post(&path, &[("act", "make")]).await.is(404);
    kim.get("/en/staff/cases/00000000-0000-0000-0000-000000000007/invitation").await.is(404);
}

#[tokio::test]
async fn looking_at_an_invitation_changes_nothing() {
    let t = portal().await;
    let link = help(&t.visitor()).await;
    let before = t.count("select seq from audit_head").await;
    t.visitor().get(&link).await.is(200);
    t.visitor().get(&format!("{link}?step=check")).await.is(200).says("Alguien llenó");
    assert_eq!(t.count("select seq from audit_head").await, before);
    assert_eq!(t.count("select tries from invitations").await, 0);
}

#[tokio::test]
async fn when_the_filler_turns_out_to_be_another_the_consents_are_asked_again() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", LUIS).await;
    consents(&luis, "en", CONSENTS).await;
    fill(&luis, "en", ANA).await;
    let path = format!("{ENROLL}/consents/program_services");
    let page = luis.get(&path).await.is(200).says("Emails to you about this form");
    assert!(!page.body.contains("checked"), "nobody else's yes");
    luis.get(&format!("{ENROLL}/consents/health_authorization")).await.arrives_at(ENROLL);
}

#[tokio::test]
async fn a_form_can_be_taken_away() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..3]).await;
    luis.post(ENROLL, &[("act", "discard")]).await.is(200).says("All answers are deleted");
    assert_eq!(t.count("select count(*) from drafts").await, 0);
    luis.get(&format!("{ENROLL}/patient/name")).await.says("We no longer have this form").says_not("Luis");
}

#[tokio::test]
async fn a_side_effect_in_the_note_is_heard_before_the_form_is_sent() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..16]).await;
    let note = format!("{ENROLL}/prescriber/note");
    let plain = luis.post(&note, &[("note", "Please call after lunch.")]).await.is(200);
    plain.says_not("Thank you for telling us");
    let told =
        luis.post(&note, &[("note", "Since I use it I have a rash and it itches a lot")]).await.is(200);
    told.says("Thank you for telling us").says("safety team");
    assert_eq!(t.count("select count(*) from safety_records where person_id is null").await, 1);
    consents(&luis, "en", CONSENTS).await;
    send(&luis, "en").await.arrives_at(&format!("{ENROLL}/done"));
    let known = "select count(*) from safety_records r join cases c on c.id = r.case_id and c.person_id = r.person_id where r.reporter = 'patient'";
    assert_eq!(t.count(known).await, 1, "once sent, the record knows whose words they are");
    let urgent = luis.post(ENROLL, &[("act", "start")]).await;
    assert_eq!(urgent.at, format!("{ENROLL}/who/filler"));
    fill(&luis, "en", &LUIS[..1]).await;
    let urgent = luis.post(&note, &[("note", "I can't breathe and my lips are swollen")]).await.is(200);
    urgent.says("You may need help right now").says("Call 911 now").holds("role=\"alert\"");
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let t = portal().await;
    let luis = t.visitor();
    begin(&luis, "en", &LUIS[..1]).await;
    for path in [
        "/en/programs/none/enroll",
        "/en/programs/breathe/enroll/who/none",
        "/en/programs/breathe/enroll/none/filler",
    ] {
        luis.get(path).await.is(404);
        luis.post(path, &[("act", "start")]).await.is(404);
    }
    luis.post(ENROLL, &[("act", "nonsense")]).await.is(404);
    luis.post(&format!("{ENROLL}/done"), &[("act", "nonsense")]).await.is(404);
}

#[tokio::test]
async fn staff_do_not_enroll_as_patients() {
    let t = portal().await;
    let staff = t.staff("Kim Park", "kim@example.com", &[Role::CaseManager]).await;
    staff.post(ENROLL, &[("act", "start")]).await.is(404);
}

#[tokio::test]
async fn every_page_of_the_form_is_whole_in_every_language() {
    let t = portal().await;
    for locale in ["en", "es", "vi", "ar"] {
        for program in ["breathe", "clearpath"] {
            let enroll = format!("/{locale}/programs/{program}/enroll");
            let visitor = t.visitor();
            whole(visitor.get(&enroll).await);
            whole(visitor.post(&enroll, &[("act", "start")]).await);
            whole(visitor.post(&format!("{enroll}/who/filler"), &[("filler", "self")]).await);
            whole(visitor.get(&enroll).await);
            for (page, _) in LUIS {
                whole(visitor.get(&format!("{enroll}/{page}")).await);
            }
            for (purpose, _) in CONSENTS {
                whole(visitor.get(&format!("{enroll}/consents/{purpose}")).await);
            }
            whole(visitor.get(&format!("{enroll}/check")).await);
        }
    }
}

/// No key, no hole, one heading.
fn whole(page: Page) {
    let page = page.is(200);
    for mark in ["enrollments.", "consents.", "errors.", "common.", "%{"] {
        assert!(!page.words().contains(mark), "{mark} on {}: {}", page.at, page.words());
    }
    assert_eq!(page.body.matches("<h1").count(), 1, "{}", page.at);
}

/// Ana enrolls Luis in Spanish. Returns his link.
async fn help(ana: &Browser) -> String {
    begin(ana, "es", ANA).await;
    fill(ana, "es", &LUIS[1..]).await;
    let path = "/es/programs/breathe/enroll/consents/program_services";
    consent(ana, path, "program_services", &[("channel-email", "yes")]).await.is(200);
    let done = send(ana, "es").await.is(200).says("Tenemos la inscripción").holds("class=\"picture-code\"");
    let link = done.attr("href", "/invitation/").unwrap();
    let again = ana.get(&done.at).await;
    assert_eq!(again.attr("href", "/invitation/").as_ref(), Some(&link), "it is still there later");
    link[link.find("/es/").unwrap()..].to_owned()
}

fn number(page: Page) -> String {
    let words = page.is(200).words();
    let at = words.find("BR-2026-").unwrap_or_else(|| panic!("no number: {words}"));
    words[at..at + 14].to_owned()
}
