//! No route panics on any bytes: every address, by every kind of person, with what nobody should ever send.
//!
//! The chance falls the same way every time, so that what fell once falls again. `HANDRAIL_TEST_BYTES=<seed>` tries others.

use crate::support::accounts::sign_in;
use crate::support::{Browser, TUESDAY_MORNING, TestPortal, portal};
use domain::actor::Role;
use http::Method;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::RequestBuilder;

/// Requests to each address by each person.
const TRIES: usize = 12;

/// What stands where an id, a name or an answer belongs. `%` bytes are sent as they are where an address takes them.
#[rustfmt::skip]
const ODD: &[&str] = &[
    "", "0", "-1", "99999999999999999999", "1e309", "null", "true", "..", "../../etc/passwd",
    "'; drop table people; --", "<script>alert(1)</script>", "{{7*7}}", "%{name}", "${x}", "\u{0}", "\u{feff}",
    "\u{202e}olleh", "\u{200d}\u{200b}", "e\u{301}\u{301}\u{301}\u{301}", "مرحبا", "👩‍👩‍👧‍👦", "ﷺ", "İ", "ß",
    "ǅ", "2026-02-30", "0000-00-00", "31", "1955-03-02", "00000000-0000-0000-0000-000000000000", "not-an-id",
    "en", "breathe", "1", "2", "yes", "luis@patients.example", "a@b", "+1 555 555 0142", "give", "withdraw",
    "take", "settle", "reply", "close", "acknowledge", "advance", "ask", "pick", "person", "code", "password",
    "submit", "request", "accept", "reject", "remove", "sign_out", "/en/home", "//evil.test", "java\nscript:",
    "1.0.9223372036854775807", "9223372036854775807.x", "MA==", "\t\r\n",
];

/// Fields every door may look for, beside those its own page shows.
const FIELDS: &[&str] = &[
    "act", "version", "id", "after", "before", "next", "program", "item", "case", "told", "show", "view", "q",
];

struct Chance(StdRng);

impl Chance {
    fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.0.random_range(0..list.len())]
    }

    fn locale(&mut self) -> &'static str {
        ["en", "es", "vi", "ar"][self.0.random_range(0..4)]
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.0.random_range(0..n) == 0
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.0.random_range(0..most)).map(|_| self.0.random()).collect()
    }

    /// A value: odd, long, or of letters from everywhere.
    fn text(&mut self) -> String {
        match self.0.random_range(0..8) {
            0 => self.of(ODD).repeat(self.0.random_range(1..400)),
            1 => (0..self.0.random_range(1..300)).map(|_| self.0.random::<char>()).collect(),
            _ => (*self.of(ODD)).to_owned(),
        }
    }

    /// As a segment or a query takes it: sometimes escaped as it should be, sometimes bytes that are no text.
    fn escaped(&mut self) -> String {
        let raw = if self.one_in(4) { self.bytes(24) } else { self.text().into_bytes() };
        raw.iter().take(1500).map(|byte| format!("%{byte:02X}")).collect()
    }
}

/// An address of a pattern; half of the time with ids that exist.
fn address(pattern: &str, real: &[String], chance: &mut Chance) -> String {
    let mut at = String::new();
    for segment in pattern.split('/').skip(1) {
        at.push('/');
        match segment {
            "{locale}" if !chance.one_in(10) => at.push_str(chance.locale()),
            "{program}" if !chance.one_in(4) => at.push_str("breathe"),
            _ if segment.starts_with('{') && chance.one_in(2) => at.push_str(chance.of(real).as_str()),
            _ if segment.starts_with('{') => at.push_str(&chance.escaped()),
            _ => at.push_str(segment),
        }
    }
    if chance.one_in(3) {
        at.push_str(&format!("?{}={}&{}", chance.of(FIELDS), chance.escaped(), chance.escaped()));
    }
    at
}

/// A body and what it says it is.
fn filled(request: RequestBuilder, fields: &[String], chance: &mut Chance) -> RequestBuilder {
    const KINDS: &[&str] = &[
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
        "application/offset+octet-stream",
        "text/html; charset=utf-16",
        "\u{fffd}",
    ];
    match chance.0.random_range(0..6) {
        0 => request,
        1 => request.header("content-type", *chance.of(KINDS)).body(chance.bytes(4_000)),
        2 => {
            let mut parts = Vec::new();
            for _ in 0..chance.0.random_range(1..6) {
                parts.extend_from_slice(b"--x\r\ncontent-disposition: form-data; name=\"");
                parts.extend_from_slice(chance.of(fields).as_bytes());
                parts.extend_from_slice(b"\"; filename=\"");
                parts.extend(chance.bytes(40));
                parts.extend_from_slice(b"\"\r\n\r\n");
                parts.extend(chance.bytes(300));
                parts.extend_from_slice(b"\r\n");
            }
            request.header("content-type", KINDS[1]).body(parts)
        }
        _ => {
            let form: Vec<String> = (0..chance.0.random_range(1..8))
                .map(|_| format!("{}={}", chance.of(fields), chance.escaped()))
                .collect();
            request.header("content-type", KINDS[0]).body(form.join("&"))
        }
    }
}

/// Headers no browser sends.
fn dressed(mut request: RequestBuilder, chance: &mut Chance) -> RequestBuilder {
    const HEADERS: &[&str] = &[
        "accept-language",
        "x-fragment",
        "range",
        "if-none-match",
        "if-modified-since",
        "upload-offset",
        "upload-length",
        "upload-metadata",
        "tus-resumable",
        "x-request-id",
        "forwarded",
        "x-forwarded-for",
        "accept-encoding",
        "referer",
    ];
    while chance.one_in(2) {
        let name = *chance.of(HEADERS);
        let value: Vec<u8> =
            chance.text().bytes().filter(|byte| *byte >= 32 && *byte != 127).take(2_000).collect();
        request = request.header(name, value);
    }
    request
}

/// The fields a page's forms have.
fn fields_of(body: &str) -> Vec<String> {
    let named = body.split(" name=\"").skip(1).filter_map(|rest| rest.split('"').next());
    named.map(str::to_owned).chain(FIELDS.iter().map(|name| (*name).to_owned())).collect()
}

/// Everybody who may knock: nobody known, a patient, and staff with every role.
async fn people(t: &TestPortal) -> Vec<(&'static str, Browser)> {
    let patient = t.visitor();
    sign_in(&patient, "luis@patients.example", "hold on to the handrail").await.arrives_at("/en/home");
    let staff = t.staff("Everyone", "everyone@example.com", &Role::ALL).await;
    vec![("a visitor", t.visitor()), ("a patient", patient), ("staff", staff)]
}

/// Ids of things that are there, of every kind.
async fn real(t: &TestPortal) -> Vec<String> {
    let mut all = vec!["FAQ-012".to_owned(), "EDU-007".to_owned(), "1".to_owned()];
    for table in ["cases", "documents", "document_requests", "safety_records", "threads", "turns", "tasks"] {
        let mut conn = t.portal().db.read().await.unwrap();
        let text = sqlx::AssertSqlSafe(format!("select id from {table} order by id limit 3"));
        all.extend(sqlx::query_scalar::<_, String>(text).fetch_all(&mut *conn).await.unwrap());
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_route_falls_whatever_is_sent() {
    let t = portal().await;
    server::demo::load(t.portal(), TUESDAY_MORNING).await.unwrap();
    let (people, real) = (people(&t).await, real(&t).await);
    let seed = std::env::var("HANDRAIL_TEST_BYTES").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let mut chance = Chance(StdRng::seed_from_u64(seed));
    let others =
        ["/", "/{locale}/", "/assets/{name}", "/files", "/files/{id}", "/livez", "/{anything}/{at}/{all}"];
    let methods = [
        Method::GET,
        Method::POST,
        Method::POST,
        Method::POST,
        Method::HEAD,
        Method::PATCH,
        Method::DELETE,
        Method::PUT,
    ];
    let (mut sent, mut fallen) = (0, Vec::new());
    for pattern in ui::paths::pattern::ALL.iter().chain(&others) {
        for (who, browser) in &people {
            let mut fields = fields_of("");
            for _ in 0..TRIES {
                // a minute between two, so that it is the doors that are tried and not the throttle
                t.wait(60_000);
                let (at, method) = (address(pattern, &real, &mut chance), chance.of(&methods).clone());
                // a sign-out is no answer to a hostile byte; everyone stays signed in to try the rest
                if at.contains("sign-out") && method == Method::POST {
                    continue;
                }
                let mut request = browser.request(method.clone(), &at);
                if !chance.one_in(8) {
                    request = request.header("origin", format!("http://{}", t.address));
                }
                request = dressed(request, &mut chance);
                if method != Method::GET && method != Method::HEAD {
                    request = filled(request, &fields, &mut chance);
                }
                let Ok(request) = request.build() else { continue };
                let page = browser.execute(request).await;
                sent += 1;
                if page.status >= 500 {
                    fallen.push(format!(
                        "{who}: {method} {} → {}",
                        at.chars().take(200).collect::<String>(),
                        page.status
                    ));
                }
                if page.status == 200 && page.body.contains("<form") {
                    fields = fields_of(&page.body);
                }
            }
        }
    }
    assert!(sent > 1_000, "{sent} requests prove little");
    assert!(fallen.is_empty(), "seed {seed}: {} of {sent} fell:\n{}", fallen.len(), fallen.join("\n"));
}
