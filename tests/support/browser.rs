//! A browser without scripts: keeps cookies, follows links and submits forms as a person would.

use reqwest::redirect::Policy;
use std::net::SocketAddr;

pub struct Browser {
    client: reqwest::Client,
    base: String,
}

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub body: String,
    /// Path and query where redirects ended.
    pub at: String,
}

impl Browser {
    pub fn new(address: SocketAddr) -> Browser {
        let client = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(Policy::limited(5))
            .user_agent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
            .build()
            .unwrap();
        Browser { client, base: format!("http://{address}") }
    }

    pub async fn get(&self, path: &str) -> Page {
        self.read(self.client.get(self.url(path))).await
    }

    /// Submits a form to an address.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.read(self.client.post(self.url(path)).header("origin", &self.base).form(fields)).await
    }

    /// The same, as a script does that wants the changed regions only.
    pub async fn post_fragment(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.read(
            self.client
                .post(self.url(path))
                .header("origin", &self.base)
                .header("x-fragment", "1")
                .form(fields),
        )
        .await
    }

    /// Any request, for those that are not a form.
    pub fn request(&self, method: http::Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, self.url(path))
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Page {
        self.read(request).await
    }

    /// A request that was built by hand.
    pub async fn execute(&self, request: reqwest::Request) -> Page {
        Browser::page(self.client.execute(request).await.unwrap()).await
    }

    fn url(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) }
    }

    async fn read(&self, request: reqwest::RequestBuilder) -> Page {
        Browser::page(request.send().await.unwrap()).await
    }

    async fn page(answer: reqwest::Response) -> Page {
        let url = answer.url().clone();
        let at = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        Page {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: answer.text().await.unwrap_or_default(),
            at,
        }
    }
}

impl Page {
    /// Asserts the status, and hands the page on.
    #[track_caller]
    pub fn is(self, status: u16) -> Page {
        assert_eq!(self.status, status, "at {}: {}", self.at, self.words());
        self
    }

    /// Asserts that a reader sees these words.
    #[track_caller]
    pub fn says(self, words: &str) -> Page {
        let seen = self.words();
        assert!(seen.contains(words), "{words:?} is not on {}: {seen}", self.at);
        self
    }

    #[track_caller]
    pub fn says_not(self, words: &str) -> Page {
        let seen = self.words();
        assert!(!seen.contains(words), "{words:?} is on {}: {seen}", self.at);
        self
    }

    /// Asserts that the HTML holds this.
    #[track_caller]
    pub fn holds(self, html: &str) -> Page {
        assert!(self.body.contains(html), "{html:?} is not in {}: {}", self.at, self.body);
        self
    }

    /// Asserts where redirects led.
    #[track_caller]
    pub fn arrives_at(self, path: &str) -> Page {
        assert_eq!(self.at, path, "{}", self.words());
        self
    }

    /// What a reader sees: text without markup, white space folded.
    pub fn words(&self) -> String {
        let body = self.body.split_once("<body").map_or(self.body.as_str(), |(_, body)| body);
        let (mut text, mut in_tag) = (String::new(), false);
        for c in body.chars() {
            match c {
                '<' => in_tag = true,
                '>' if in_tag => {
                    in_tag = false;
                    text.push(' ');
                }
                c if !in_tag => text.push(c),
                _ => {}
            }
        }
        let text = text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The value of the first `attribute` whose value contains `part`: `page.attr("href", "/cases/")`.
    pub fn attr(&self, attribute: &str, part: &str) -> Option<String> {
        self.body
            .split(&format!("{attribute}=\""))
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .find(|value| value.contains(part))
            .map(|value| value.replace("&amp;", "&"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
