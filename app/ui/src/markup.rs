//! Approved Markdown to safe HTML. `SafeHtml` is the only thing that is ever written into a page unescaped, and
//! only this file can make one.

use crate::i18n::Words;
use crate::paths::{self, Path};
use domain::content::videos::{self, Part, Video};
use domain::ids::MediaId;
use domain::locale::Locale;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// HTML that passed the sanitizer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same text standing right below a page's `h1`: its headings begin with the second level.
    pub fn below_h1(self) -> SafeHtml {
        // the sanitizer leaves headings without attributes, so their tags have one form
        let raised = self.0.replace("<h3>", "<h2>").replace("</h3>", "</h2>");
        SafeHtml(raised.replace("<h4>", "<h3>").replace("</h4>", "</h3>"))
    }
}

/// Where `page:` links of a text lead.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a> {
    pub locale: Locale,
    /// The program whose pages `page:medicine`, `page:cost` and `page:safety` mean.
    pub program: Option<&'a str>,
}

impl Links<'_> {
    fn target(&self, name: &str) -> Option<Path> {
        match (name, self.program) {
            ("help", _) => Some(paths::help(self.locale)),
            ("learn", _) => Some(paths::learn(self.locale)),
            ("ask", _) => Some(paths::ask(self.locale)),
            ("medicine", Some(program)) => Some(paths::medicine(self.locale, program)),
            ("cost", Some(program)) => Some(paths::cost(self.locale, program)),
            ("safety", Some(program)) => Some(paths::safety(self.locale, program)),
            _ => None,
        }
    }
}

/// Every tag that can come out.
pub const TAGS: [&str; 13] =
    ["p", "ul", "ol", "li", "strong", "em", "h3", "h4", "br", "a", "blockquote", "img", "div"];

/// Tags that stand around a video, written here and not by an author.
pub const VIDEO_TAGS: [&str; 6] = ["figure", "video", "track", "figcaption", "details", "summary"];

/// Paragraphs, lists, bold, italics, headings from the third level, pictures and videos of ours, warnings, and links to
/// our own pages. All else is dropped.
pub fn render(markdown: &str, links: Links<'_>) -> SafeHtml {
    let parts = videos::parts(markdown).into_iter().map(|part| match part {
        Part::Text(text) => words(text, links),
        Part::Video(video) => film(&video, links.locale),
    });
    SafeHtml(parts.collect())
}

fn words(markdown: &str, links: Links<'_>) -> String {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = false;
    options.extension.alerts = true;
    let html = comrak::markdown_to_html(&with_addresses(markdown, links), &options);
    CLEANER.clean(&in_their_language(html, links.locale)).to_string()
}

/// A video with its captions, and below it the same words to read. The browser's own controls work without scripts.
fn film(video: &Video<'_>, locale: Locale) -> String {
    let w = Words::of(locale);
    let (title, lang) = (escaped(video.title), locale.tag());
    let from = paths::media(locale, video.id);
    let track = video.captions_name().map(|name| {
        let from = paths::captions(locale, video.id, &name);
        let name = locale.name();
        format!("<track kind=\"captions\" src=\"{from}\" srclang=\"{lang}\" label=\"{name}\" default=\"\">")
    });
    let said: String =
        video.cues().unwrap_or_default().iter().map(|cue| format!("<p>{}</p>", escaped(&cue.text))).collect();
    format!(
        "<figure class=\"video\"><video controls=\"\" playsinline=\"\" preload=\"metadata\" src=\"{from}#t=0.5\" aria-label=\"{title}\">{}</video>\
         <figcaption>{title}</figcaption><details><summary>{}</summary>{said}</details></figure>\n",
        track.unwrap_or_default(),
        escaped(&w.t("learn.transcript")),
    )
}

/// Text as it stands between tags or in an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The words above a warning or a note, where its author wrote none of their own.
fn in_their_language(html: String, locale: Locale) -> String {
    if !html.contains("markdown-alert-title") {
        return html;
    }
    let w = Words::of(locale);
    let (warning, note) = (w.t("learn.warning"), w.t("learn.note"));
    [("Warning", &warning), ("Caution", &warning), ("Important", &warning), ("Note", &note), ("Tip", &note)]
        .into_iter()
        .fold(html, |html, (english, word)| {
            let said = format!("<p class=\"markdown-alert-title\">{english}</p>");
            html.replace(&said, &format!("<p><strong>{word}</strong></p>"))
        })
}

/// Lines of text that are no Markdown: shown as they stand, a paragraph each.
pub fn plain(lines: &[&str]) -> SafeHtml {
    let html: String = lines.iter().map(|line| format!("<p>{}</p>", ammonia::clean_text(line))).collect();
    SafeHtml(CLEANER.clean(&html).to_string())
}

/// `](page:cost)` becomes `](/en/programs/breathe/cost)`; a page nobody knows becomes no link.
fn with_addresses(markdown: &str, links: Links<'_>) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(start) =
        [rest.find("](page:"), rest.find("](module:"), rest.find("](media:")].into_iter().flatten().min()
    {
        if let Some(id) = rest[start..].strip_prefix("](media:").and_then(|rest| rest.split(')').next()) {
            out.push_str(&rest[..start]);
            // a picture nobody has is no picture
            match id.parse::<MediaId>() {
                Ok(id) => out.push_str(&format!("]({})", paths::media(links.locale, id))),
                Err(_) => out.push_str("]()"),
            }
            rest = rest[start + "](media:".len() + id.len()..].strip_prefix(')').unwrap_or_default();
            continue;
        }
        if let Some(slug) = rest[start..].strip_prefix("](module:").and_then(|rest| rest.split(')').next()) {
            out.push_str(&rest[..start]);
            out.push_str(&format!("]({})", paths::module(links.locale, slug)));
            rest = rest[start + "](module:".len() + slug.len()..].strip_prefix(')').unwrap_or_default();
            continue;
        }
        let name_from = start + "](page:".len();
        let Some(length) = rest[name_from..].find(')') else { break };
        let name = &rest[name_from..name_from + length];
        out.push_str(&rest[..start]);
        match links.target(name) {
            Some(path) => out.push_str(&format!("]({path})")),
            None => out.push_str("]()"),
        }
        rest = &rest[name_from + length + 1..];
    }
    out.push_str(rest);
    out
}

/// An address of ours, or no address.
fn ours(url: &str) -> Option<Cow<'_, str>> {
    Path::parse(url).map(|path| Cow::Owned(path.into()))
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(HashSet::from(TAGS))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
            ("img", HashSet::from(["src", "alt"])),
        ]))
        .generic_attributes(HashSet::new())
        .allowed_classes(HashMap::from([(
            "div",
            HashSet::from([
                "markdown-alert-warning",
                "markdown-alert-caution",
                "markdown-alert-important",
                "markdown-alert-note",
                "markdown-alert-tip",
            ]),
        )]))
        .set_tag_attribute_value("img", "loading", "lazy")
        .url_schemes(HashSet::new())
        .url_relative(ammonia::UrlRelative::Custom(Box::new(ours)))
        .link_rel(None);
    cleaner
});

#[cfg(test)]
mod tests {
    use super::*;

    const LINKS: Links<'_> = Links { locale: Locale::En, program: Some("breathe") };

    #[test]
    fn approved_text_keeps_its_shape_and_its_links() {
        let html = render("**Store** it:\n\n1. dry\n2. cool\n\nSee [cost](page:cost).", LINKS);
        assert_eq!(
            html.as_str(),
            "<p><strong>Store</strong> it:</p>\n<ol>\n<li>dry</li>\n<li>cool</li>\n</ol>\n<p>See <a href=\"/en/programs/breathe/cost\">cost</a>.</p>\n"
        );
    }

    #[test]
    fn headings_begin_one_level_below_the_page() {
        let html = render("### First\n\ntext\n\n#### Second", LINKS).below_h1();
        assert_eq!(html.as_str(), "<h2>First</h2>\n<p>text</p>\n<h3>Second</h3>\n");
    }

    #[test]
    fn pictures_of_ours_and_warnings_are_shown() {
        let id = "00000000-0000-7000-8000-000000000001";
        let html = render(&format!("![An inhaler](media:{id})\n\n> [!WARNING]\n> Call 911."), LINKS);
        assert!(html.as_str().contains(&format!("src=\"/en/media/{id}\"")), "{}", html.as_str());
        assert!(html.as_str().contains("alt=\"An inhaler\""));
        assert!(html.as_str().contains("<div class=\"markdown-alert-warning\">"), "{}", html.as_str());
        assert!(html.as_str().contains("<strong>Important</strong>"), "{}", html.as_str());
        let html = render("![x](media:nothing) ![x](https://evil.test/x.png)", LINKS);
        assert!(!html.as_str().contains("evil") && !html.as_str().contains("nothing"), "{}", html.as_str());
    }

    #[test]
    fn a_video_has_its_captions_and_its_words_below() {
        let id = "00000000-0000-8000-8000-000000000001";
        let text = format!(
            "See:\n\n![Shake <b>](video:{id})\n\n```captions\n00:00.000 --> 00:02.000\nShake & <i>hold</i>.\n```\n\nThen rest."
        );
        let html = render(&text, LINKS);
        let html = html.as_str();
        assert!(html.contains(&format!("src=\"/en/media/{id}#t=0.5\"")), "{html}");
        assert!(html.contains(&format!("src=\"/en/media/{id}/captions/")), "{html}");
        assert!(html.contains("srclang=\"en\" label=\"English\" default"), "{html}");
        assert!(html.contains("Shake") && html.contains("hold"), "{html}");
        assert!(!html.contains("<b>") && !html.contains("<i>"), "{html}");
        assert!(html.starts_with("<p>See:</p>") && html.ends_with("<p>Then rest.</p>\n"), "{html}");
    }

    #[test]
    fn nothing_that_runs_or_leads_away_gets_through() {
        for text in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](https://evil.test)",
            "[x](//evil.test)",
            "<a href='/en/help' onclick=alert(1)>x</a>",
            "![x](/en/help)",
            "[x](page:\"onmouseover=alert(1))",
        ] {
            let html = render(text, LINKS);
            for word in ["<script", "onerror", "javascript", "evil", "href=\"http", "<a href=\"/en/help\" on"]
            {
                assert!(!html.as_str().contains(word), "{text}: {}", html.as_str());
            }
        }
    }
}
