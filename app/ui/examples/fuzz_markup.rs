//! Hostile Markdown, as many times as one likes: `cargo run --release -p ui --features ssr,domain/store --example fuzz_markup -- 10000000`.
//! Whatever is written, nothing that runs, styles, posts or leads away may come out. Says the text that did.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use ui::markup::{self, Links};

/// Pieces that mean something to Markdown, to HTML, or to somebody who wants in.
const PIECES: &[&str] = &[
    "<script>",
    "</script>",
    "<script src=//evil.test>",
    "<style>",
    "*{x:expression(1)}",
    "</style>",
    "<form action=//evil.test>",
    "<input onfocus=alert(1) autofocus>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>",
    "<math>",
    "<iframe srcdoc=\"<script>\">",
    "<a href=javascript:alert(1)>",
    "<a href='/en/help' onclick=x>",
    "</a>",
    "<base href=//evil.test>",
    "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=//evil.test>",
    "<object data=x>",
    "<embed src=x>",
    "<video src=x>",
    "<p style=\"background:url(//evil.test)\">",
    "<div onmouseover=x>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE x>",
    "<?xml ?>",
    "<template>",
    "<noscript>",
    "<plaintext>",
    "<xmp>",
    "<textarea>",
    "<title>",
    "<select>",
    "<table><td>",
    "[x](javascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html,<script>)",
    "[x](https://evil.test)",
    "[x](//evil.test)",
    "[x](/\\evil.test)",
    "[x](page:\"onclick=x)",
    "[x](page:safety)",
    "[x](page:",
    "[x](module:../../evil)",
    "[x](module:\"><script>)",
    "![x](https://evil.test/a.png)",
    "![x](media:\"onerror=x)",
    "\n![x](video:00000000-0000-7000-8000-000000000001)\n",
    "\n![\"><script>](video:00000000-0000-7000-8000-000000000001)\n",
    "```captions\n00:00.000 --> 00:02.000\n",
    "00:02.000 --> 00:03.000\n",
    "![x](video:\"onerror=x)",
    "![x](media:00000000-0000-7000-8000-000000000001)",
    "[x]: javascript:alert(1)\n",
    "[x][x]",
    "<javascript:alert(1)>",
    "<https://evil.test>",
    "&#x6a;avascript:",
    "&lt;script&gt;",
    "&colon;",
    "\u{0}",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "%6a%61",
    "\\",
    "`",
    "```\n",
    "~~~html\n",
    "> ",
    "> [!WARNING] ",
    "- ",
    "1. ",
    "# ",
    "### ",
    "---\n",
    "***",
    "**",
    "_",
    "|",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "{claim:X@1}",
    "\"",
    "'",
    "=",
    "<",
    ">",
    "/",
    "(",
    ")",
    "[",
    "]",
    "!",
    "a",
    "β",
    "مرحبا",
    "x=1",
];

fn main() {
    let runs: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let seed: u64 = std::env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(1);
    match hostile(runs, seed) {
        Some(found) => {
            println!("{found}");
            std::process::exit(1);
        }
        None => println!("{runs} texts, none came out hostile"),
    }
}

/// Makes so many texts; the first whose HTML holds what it must not, with that HTML.
pub fn hostile(runs: u64, seed: u64) -> Option<String> {
    let mut chance = StdRng::seed_from_u64(seed);
    let links = Links { locale: domain::locale::Locale::En, program: Some("breathe") };
    for run in 0..runs {
        let text: String =
            (0..chance.random_range(1..14)).map(|_| PIECES[chance.random_range(0..PIECES.len())]).collect();
        let html = markup::render(&text, links);
        if let Some(why) = wrong(html.as_str()) {
            return Some(format!("text {run} of seed {seed}: {why}\n{text:?}\n{}", html.as_str()));
        }
    }
    None
}

/// Reads the answer as a browser does: every tag and every attribute must be one we know, every address one of ours.
fn wrong(html: &str) -> Option<String> {
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let Some(end) = rest.find('>') else { return Some("a tag that does not end".into()) };
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !ui::markup::TAGS.contains(&name) && !ui::markup::VIDEO_TAGS.contains(&name) {
            return Some(format!("<{name}>"));
        }
        let mut attributes = tag[tag.find(' ').unwrap_or(tag.len())..].trim();
        while !attributes.is_empty() {
            let Some((attribute, after)) = attributes.split_once("=\"") else {
                return Some(format!("{name}: {attributes}"));
            };
            let Some((value, after)) = after.split_once('"') else {
                return Some(format!("{name}: {attribute}"));
            };
            let is_ours = match attribute {
                "href" | "src" => value.starts_with("/en/") && !value.contains("//"),
                "class" => value.starts_with("markdown-alert-") || (name == "figure" && value == "video"),
                "start" => value.parse::<u64>().is_ok(),
                "alt" | "loading" | "aria-label" => true,
                "kind" | "srclang" | "label" | "default" => name == "track",
                "controls" | "playsinline" | "preload" => name == "video",
                _ => false,
            };
            if !is_ours {
                return Some(format!("{name} {attribute}={value}"));
            }
            attributes = after.trim_start();
        }
    }
    None
}
