//! What anyone may read: choosing a language, the programs, safety one step away, help.

use crate::support::portal;
use http::Method;

const LOCALES: [(&str, &str); 4] = [("en", "ltr"), ("es", "ltr"), ("vi", "ltr"), ("ar", "rtl")];

#[tokio::test]
async fn the_first_address_leads_to_the_language_a_browser_asks_for_or_chose_before() {
    let t = portal().await;
    for (asked, leads_to) in [("es-MX,es;q=0.9", "/es/"), ("fr, ar;q=0.8", "/ar/"), ("en", "/en/")] {
        let visitor = t.visitor();
        let request = visitor.request(Method::GET, "/").header("accept-language", asked);
        visitor.send(request).await.is(200).arrives_at(leads_to);
    }
    let visitor = t.visitor();
    visitor.get("/vi/").await.is(200);
    let request = visitor.request(Method::GET, "/").header("accept-language", "es");
    visitor.send(request).await.arrives_at("/vi/");
}

#[tokio::test]
async fn a_browser_that_asks_for_none_of_our_languages_chooses_one() {
    let t = portal().await;
    let page = t.visitor().get("/").await.is(200).arrives_at("/");
    for link in ["href=\"/en/\"", "href=\"/es/\"", "href=\"/vi/\"", "href=\"/ar/\""] {
        assert!(page.body.contains(link), "{link}");
    }
    page.says("Español").says("Tiếng Việt").holds("lang=\"ar\" dir=\"rtl\"");
}

#[tokio::test]
async fn every_public_page_is_whole_in_every_language() {
    let t = portal().await;
    let visitor = t.visitor();
    for (locale, dir) in LOCALES {
        for page in [
            "/",
            "/programs/breathe",
            "/programs/breathe/medicine",
            "/programs/breathe/cost",
            "/programs/breathe/safety",
            "/programs/clearpath",
            "/programs/clearpath/medicine",
            "/programs/clearpath/cost",
            "/programs/clearpath/safety",
            "/learn",
            "/learn/edu-101",
            "/learn/edu-101/2",
            "/help",
            "/privacy",
            "/accessibility",
        ] {
            let page = visitor.get(&format!("/{locale}{page}")).await.is(200);
            let page = page.holds(&format!("<html lang=\"{locale}\" dir=\"{dir}\""));
            assert_eq!(page.body.matches("<h1").count(), 1, "{}", page.at);
            assert!(!page.body.contains("class=\"fallback\""), "{} falls back", page.at);
            assert!(!page.words().contains("%{"), "{} has an unfilled place", page.at);
            for key in ["public.", "learn.", "common."] {
                assert!(!page.words().contains(&format!(" {key}")), "{} shows a key", page.at);
            }
        }
    }
}

#[tokio::test]
async fn safety_information_is_one_step_away_and_titles_name_no_medicine() {
    let t = portal().await;
    for page in ["/es/", "/es/programs/breathe", "/es/programs/breathe/cost", "/es/programs/breathe/medicine"]
    {
        let page = t.visitor().get(page).await.is(200).holds("href=\"/es/programs/breathe/safety\"");
        let title = page.body.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
        assert!(!title.contains("Aerovent") && !title.contains("BREATHE"), "{title}");
    }
    t.visitor().get("/en/programs/breathe/safety").await.is(200).says("1-800-FDA-1088");
}

#[tokio::test]
async fn help_says_whom_to_call_and_whether_somebody_answers_now() {
    let t = portal().await;
    t.visitor().get("/en/help").await.is(200).says("1-800-555-0142").says("Someone answers the phone now.");
    t.wait(10 * 60 * 60 * 1000);
    t.visitor()
        .get("/en/help")
        .await
        .is(200)
        .says("The phone is closed now.")
        .holds("href=\"tel:18005550142\"");
}

#[tokio::test]
async fn an_unknown_program_or_module_is_not_there() {
    let t = portal().await;
    for page in [
        "/en/programs/nothing",
        "/en/programs/nothing/safety",
        "/en/programs/%2e%2e/safety",
        "/en/learn/edu-999",
        "/en/learn/edu-101/0",
        "/en/learn/edu-101/99",
        "/en/learn/edu-101/x",
        "/en/learn/edu-101/99999999999999999999",
    ] {
        t.visitor().get(page).await.is(404);
    }
}

#[tokio::test]
async fn visitors_read_what_names_no_medicine_and_are_asked_to_sign_in_for_the_rest() {
    let t = portal().await;
    let visitor = t.visitor();
    visitor.get("/en/learn").await.is(200).holds("/en/learn/edu-101").says_not("How to use your inhaler");
    let page = visitor.get("/en/learn/edu-101").await.is(200).says("Page 1 of");
    page.says("checked September").holds("href=\"/en/learn/edu-101/2\"");
    let asked = visitor.get("/en/learn/edu-103").await;
    assert!(asked.at.starts_with("/en/sign-in"), "{}", asked.at);
    let refused = visitor.post("/en/learn/edu-101/4", &[("act", "finish")]).await;
    assert!(refused.at.starts_with("/en/sign-in"), "{}", refused.at);
}
