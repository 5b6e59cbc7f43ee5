//! Videos inside a Markdown text. A line `![Its title](video:ID)` shows one; the block behind it, fenced as `captions`,
//! holds what is said and seen in it. Captions are words like all others: signed, translated, hashed, and read below the
//! video as its transcript.

use crate::ids::MediaId;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write;

/// Cues one video may have.
const MOST_CUES: usize = 500;
/// The longest video, in milliseconds.
pub const LONGEST: u32 = 15 * 60 * 1000;
const FENCE: &str = "```";
const OPENS: &str = "```captions";

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'t> {
    Text(&'t str),
    Video(Video<'t>),
}

/// A video as a text names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Video<'t> {
    pub title: &'t str,
    pub id: MediaId,
    /// WebVTT, its first line left out or not; empty when none follows.
    pub captions: &'t str,
}

/// Words that stand for a while. Times in milliseconds from the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    pub from: u32,
    pub until: u32,
    pub text: String,
}

/// The text and its videos, in order. All of the text is in it but the lines of the videos.
pub fn parts(markdown: &str) -> Vec<Part<'_>> {
    if !markdown.contains("](video:") {
        return vec![Part::Text(markdown)];
    }
    let (mut parts, mut begun, mut at, mut is_code) = (Vec::new(), 0, 0, false);
    while at < markdown.len() {
        let end = line_end(markdown, at);
        let line = markdown[at..end].trim();
        is_code ^= line.starts_with(FENCE);
        match named(line).filter(|_| !is_code) {
            Some((title, id)) => {
                let (captions, after) = captions(markdown, end);
                if begun < at {
                    parts.push(Part::Text(&markdown[begun..at]));
                }
                parts.push(Part::Video(Video { title, id, captions }));
                (begun, at) = (after, after);
            }
            None => at = end,
        }
    }
    if begun < markdown.len() {
        parts.push(Part::Text(&markdown[begun..]));
    }
    parts
}

/// The videos of a text.
pub fn of(markdown: &str) -> impl Iterator<Item = Video<'_>> {
    parts(markdown).into_iter().filter_map(|part| match part {
        Part::Video(video) => Some(video),
        Part::Text(_) => None,
    })
}

/// The same text with the title and the transcript of each video in its place: for whoever reads, searches or prints.
pub fn as_read(markdown: &str) -> Cow<'_, str> {
    let parts = parts(markdown);
    if let [Part::Text(text)] = parts.as_slice() {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(markdown.len());
    for part in parts {
        match part {
            Part::Text(text) => whole.push_str(text),
            Part::Video(video) => {
                let _ = write!(whole, "**{}**\n\n", video.title);
                for cue in video.cues().unwrap_or_default() {
                    let _ = write!(whole, "{}\n\n", cue.text);
                }
            }
        }
    }
    Cow::Owned(whole)
}

impl Video<'_> {
    /// Its captions in their order; none when a line cannot be read, or a time runs backwards.
    pub fn cues(&self) -> Option<Vec<Cue>> {
        let mut cues: Vec<Cue> = Vec::new();
        let text = self.captions.replace("\r\n", "\n");
        let text = text.strip_prefix("WEBVTT").unwrap_or(&text);
        for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
            let mut lines = block.lines().map(str::trim);
            let mut first = lines.next()?;
            if !first.contains("-->") {
                first = lines.next()?; // a cue may have a name
            }
            let (from, until) = first.split_once("-->")?;
            let cue = Cue {
                from: millis(from.trim())?,
                until: millis(until.trim())?,
                text: lines.collect::<Vec<_>>().join(" "),
            };
            let begins = cues.last().map_or(0, |last| last.until);
            let is_sound = cue.from >= begins && cue.until > cue.from && cue.until <= LONGEST;
            if !is_sound || cue.text.is_empty() || cue.text.contains("-->") || cues.len() == MOST_CUES {
                return None;
            }
            cues.push(cue);
        }
        (!cues.is_empty()).then_some(cues)
    }

    /// What names its captions in an address: the first half of the SHA-256 of the file they make.
    pub fn captions_name(&self) -> Option<String> {
        self.file().map(|file| hex::encode(&Sha256::digest(file)[..16]))
    }

    /// The captions as a browser takes them: WebVTT in which nothing is markup.
    pub fn file(&self) -> Option<String> {
        let mut file = String::from("WEBVTT\n");
        for cue in self.cues()? {
            let text = cue.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let _ = write!(file, "\n{} --> {}\n{text}\n", clock(cue.from), clock(cue.until));
        }
        Some(file)
    }
}

/// The title and the video a line names, when it does nothing else.
fn named(line: &str) -> Option<(&str, MediaId)> {
    let (title, id) = line.strip_prefix("![")?.strip_suffix(')')?.split_once("](video:")?;
    Some((title, id.parse().ok()?))
}

/// The captions that begin at or below a place, and where the text goes on.
fn captions(markdown: &str, from: usize) -> (&str, usize) {
    let mut at = from;
    while at < markdown.len() && markdown[at..line_end(markdown, at)].trim().is_empty() {
        at = line_end(markdown, at);
    }
    let opened = line_end(markdown, at);
    if markdown[at..opened].trim() != OPENS {
        return ("", from);
    }
    let mut at = opened;
    while at < markdown.len() {
        let end = line_end(markdown, at);
        if markdown[at..end].trim() == FENCE {
            return (&markdown[opened..at], end);
        }
        at = end;
    }
    (&markdown[opened..], markdown.len())
}

/// Where the line ends that begins at a place, its end mark included.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}

/// `01:02.500` or `1:01:02.500` in milliseconds.
fn millis(text: &str) -> Option<u32> {
    let (clock, fraction) = text.split_once('.')?;
    let digits = |part: &str, most: usize| {
        let is_number =
            !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<u32>().ok()).flatten()
    };
    let mut seconds = 0_u32;
    let parts: Vec<&str> = clock.split(':').collect();
    if !(2..=3).contains(&parts.len()) || fraction.len() != 3 {
        return None;
    }
    for part in parts {
        seconds = seconds * 60 + digits(part, 2).filter(|number| *number < 60)?;
    }
    Some(seconds * 1000 + digits(fraction, 3)?)
}

fn clock(millis: u32) -> String {
    let seconds = millis / 1000;
    format!("{:02}:{:02}:{:02}.{:03}", seconds / 3600, seconds / 60 % 60, seconds % 60, millis % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "00000000-0000-7000-8000-000000000001";

    fn text(captions: &str) -> String {
        format!("Before.\n\n![Shake it](video:{ID})\n\n```captions\n{captions}```\nAfter.\n")
    }

    #[test]
    fn a_video_stands_between_the_words_around_it() {
        let text = text(
            "00:00.000 --> 00:02.500\nShake the inhaler.\n\n00:02.500 --> 01:00.000\nPress & <breathe>.\n",
        );
        let parts = parts(&text);
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[0], Part::Text("Before.\n\n"));
        assert_eq!(parts[2], Part::Text("After.\n"));
        let Part::Video(video) = &parts[1] else { panic!("{parts:?}") };
        assert_eq!((video.title, video.id.to_string().as_str()), ("Shake it", ID));
        assert_eq!(
            video.file().as_deref(),
            Some(
                "WEBVTT\n\n00:00:00.000 --> 00:00:02.500\nShake the inhaler.\n\n\
                 00:00:02.500 --> 00:01:00.000\nPress &amp; &lt;breathe&gt;.\n"
            )
        );
        assert_eq!(
            as_read(&text),
            "Before.\n\n**Shake it**\n\nShake the inhaler.\n\nPress & <breathe>.\n\nAfter.\n"
        );
        assert_eq!(as_read("no video"), "no video");
    }

    #[test]
    fn captions_that_cannot_be_followed_are_none() {
        for captions in [
            "",
            "WEBVTT\n",
            "00:02.000 --> 00:01.000\nBackwards.\n",
            "00:00.000 --> 00:02.000\nOne.\n\n00:01.000 --> 00:03.000\nBefore the other ended.\n",
            "00:00.000 --> 00:02.000\n",
            "0:0.0 --> 1:1.1\nOdd times.\n",
            "99:99:99.999 --> 99:99:99.999\nLate.\n",
            "only words\n",
            "00:00.000 --> 00:02.000 --> 00:03.000\nTwice.\n",
        ] {
            let text = text(captions);
            let video = of(&text).next();
            assert!(video.is_some_and(|video| video.cues().is_none()), "{captions:?}");
        }
        let text = text("WEBVTT\n\nfirst\n00:00.000 --> 00:02.000\nNamed,\non two lines.\n");
        let cues = of(&text).next().and_then(|video| video.cues()).unwrap_or_default();
        assert_eq!(cues.len(), 1);
        assert_eq!(cues[0].text, "Named, on two lines.");
    }

    #[test]
    fn only_a_line_of_its_own_outside_of_code_is_a_video() {
        for text in [
            format!("See ![x](video:{ID}) here."),
            format!("```\n![x](video:{ID})\n```\n"),
            "![x](video:nothing)".to_owned(),
        ] {
            assert_eq!(of(&text).count(), 0, "{text}");
        }
        let open = format!("![x](video:{ID})\n```captions\n00:00.000 --> 00:02.000\nNever closed.");
        assert_eq!(of(&open).filter_map(|video| video.cues()).count(), 1);
    }
}
