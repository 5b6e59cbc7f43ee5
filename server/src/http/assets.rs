//! Styles, scripts and fonts: made by `cargo xtask build`, embedded, served from memory in the encoding the browser takes.
//! Their names hold their hash, so a browser may keep them for a year.

use crate::state::App;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;

#[derive(RustEmbed)]
#[folder = "$HANDRAIL_SITE"]
#[allow_missing = true]
struct Site;

/// The manifest and the files it names.
#[derive(Debug, Default)]
pub struct Assets {
    /// Plain name to hashed name.
    names: HashMap<String, String>,
    /// Hashed name to the file.
    files: HashMap<String, File>,
}

#[derive(Debug)]
struct File {
    media_type: HeaderValue,
    /// One for each of `ENCODINGS`.
    data: [Option<Cow<'static, [u8]>>; 3],
}

/// One line of the manifest that `cargo xtask build` writes.
#[derive(Deserialize)]
struct Line {
    file: String,
    #[serde(rename = "type")]
    media_type: String,
}

const ENCODINGS: [(&str, &str); 3] = [("br", ".br"), ("gzip", ".gz"), ("", "")];

impl Assets {
    /// Reads everything once. Nothing is there before the first `cargo xtask build`; pages then come without style.
    pub fn load() -> Assets {
        let manifest: HashMap<String, Line> = Site::get("manifest.json")
            .and_then(|file| serde_json::from_slice(&file.data).ok())
            .unwrap_or_default();
        let (mut names, mut files) = (HashMap::new(), HashMap::new());
        for (name, line) in manifest {
            let data = ENCODINGS
                .map(|(_, suffix)| Site::get(&format!("{}{suffix}", line.file)).map(|file| file.data));
            let media_type = HeaderValue::from_str(&line.media_type)
                .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
            files.insert(line.file.clone(), File { media_type, data });
            names.insert(name, line.file);
        }
        Assets { names, files }
    }

    /// The address of an asset by its plain name, such as `main.css`.
    pub fn address(&self, name: &str) -> String {
        format!("/assets/{}", self.names.get(name).map_or(name, String::as_str))
    }

    /// For every page's head.
    pub fn for_pages(&self) -> ui::document::Assets {
        ui::document::Assets { css: self.address("main.css"), loader: self.address("loader.js") }
    }
}

/// `GET /assets/{name}`
pub async fn serve(State(app): State<App>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = app.assets.files.get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let choice = ENCODINGS.iter().zip(&file.data).find_map(|((encoding, _), data)| {
        let fits = encoding.is_empty()
            || accepted.split(',').any(|one| one.trim().split(';').next() == Some(encoding));
        data.as_ref().filter(|_| fits).map(|data| (*encoding, data.clone()))
    });
    let Some((encoding, data)) = choice else { return StatusCode::NOT_ACCEPTABLE.into_response() };
    let mut answer = (StatusCode::OK, data.into_owned()).into_response();
    let set = answer.headers_mut();
    set.insert(header::CONTENT_TYPE, file.media_type.clone());
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !encoding.is_empty() {
        set.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    answer
}
