//! A form that was posted, read with limits: at most 100 fields, 64 KB, valid UTF-8.

use super::Problem;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use domain::error::Error;
use http::{StatusCode, header};
use std::collections::BTreeMap;

/// Bytes a form without files may have. A note may hold 4,000 letters of any script, thrice percent-encoded.
const LIMIT: usize = 128 * 1024;
const FIELDS: usize = 200;

/// The values of a form by name; a name that comes twice keeps all its values.
#[derive(Debug, Clone, Default)]
pub struct Posted(Vec<(String, String)>);

impl Posted {
    pub fn new(fields: Vec<(String, String)>) -> Posted {
        Posted(fields)
    }

    /// The first value, trimmed; empty when it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.trim())
    }

    /// The first value just as typed, for passwords.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// What the form asks for: its field `act`.
    pub fn act(&self) -> &str {
        self.get("act")
    }

    /// Every value of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.trim())
    }

    /// As a refused form shows them again, just as typed. Passwords are the caller's to leave out.
    pub fn values(&self) -> BTreeMap<String, String> {
        self.0.iter().rev().cloned().collect()
    }

    /// A date typed in three fields, as `YYYY-MM-DD`, or empty when all three are.
    pub fn date(&self, name: &str) -> String {
        let part = |suffix: &str| self.get(&format!("{name}-{suffix}")).to_owned();
        let (day, month, year) = (part("day"), part("month"), part("year"));
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return self.get(name).to_owned();
        }
        match (western(&year).parse::<u16>(), western(&month).parse::<u8>(), western(&day).parse::<u8>()) {
            (Ok(year), Ok(month), Ok(day)) => format!("{year:04}-{month:02}-{day:02}"),
            _ => format!("{year}-{month}-{day}"),
        }
    }

    /// Reads a body of the usual type of forms.
    pub fn parse(body: &[u8]) -> Result<Posted, StatusCode> {
        let text = std::str::from_utf8(body).map_err(|_| StatusCode::BAD_REQUEST)?;
        let mut fields = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            if fields.len() == FIELDS {
                return Err(StatusCode::PAYLOAD_TOO_LARGE);
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            fields.push((decode(name)?, decode(value)?));
        }
        Ok(Posted(fields))
    }
}

/// Arabic-Indic and Persian digits as western ones: people type dates in their own.
fn western(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{0660}'..='\u{0669}' => char::from(b'0' + (c as u32 - 0x0660) as u8),
            '\u{06F0}'..='\u{06F9}' => char::from(b'0' + (c as u32 - 0x06F0) as u8),
            _ => c,
        })
        .collect()
}

fn decode(text: &str) -> Result<String, StatusCode> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
                let (Some(high), Some(low)) = (digit(rest.next()), digit(rest.next())) else {
                    return Err(StatusCode::BAD_REQUEST);
                };
                bytes.push((high * 16 + low) as u8);
            }
            byte => bytes.push(byte),
        }
    }
    let text = String::from_utf8(bytes).map_err(|_| StatusCode::BAD_REQUEST)?;
    // browsers send CR LF for a line break; NUL is nobody's letter
    Ok(text.replace("\r\n", "\n").replace('\0', ""))
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;
    async fn from_request(request: Request, _: &S) -> Result<Posted, Response> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if !kind.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        match axum::body::to_bytes(request.into_body(), LIMIT).await {
            Ok(body) => Posted::parse(&body).map_err(IntoResponse::into_response),
            Err(error) if error.to_string().contains("limit") => {
                Err(StatusCode::PAYLOAD_TOO_LARGE.into_response())
            }
            Err(_) => Err(Problem::from(Error::Unavailable("request body")).into_response()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_what_was_typed() {
        let form =
            Posted::parse("act=save&name=Jos%C3%A9+%D9%85&note=a%0D%0Ab&on=1&on=2&empty".as_bytes()).unwrap();
        assert_eq!(
            (form.act(), form.get("name"), form.get("note"), form.get("missing")),
            ("save", "José م", "a\nb", "")
        );
        assert_eq!(form.all("on").collect::<Vec<_>>(), ["1", "2"]);
        for bad in ["a=%", "a=%zz", "a=%ff", "%C3=1"] {
            assert_eq!(Posted::parse(bad.as_bytes()).unwrap_err(), StatusCode::BAD_REQUEST, "{bad}");
        }
        assert!(Posted::parse(&[0xff]).is_err());
        assert_eq!(
            Posted::parse("a=1&".repeat(FIELDS + 1).as_bytes()).unwrap_err(),
            StatusCode::PAYLOAD_TOO_LARGE
        );
    }

    #[test]
    fn a_date_may_be_typed_in_ones_own_digits() {
        let form =
            Posted::parse("b-day=٢&b-month=3&b-year=١٩٥٥&c-day=x&c-month=&c-year=1".as_bytes()).unwrap();
        assert_eq!(form.date("b"), "1955-03-02");
        assert_eq!(form.date("c"), "1--x");
        assert_eq!(form.date("d"), "");
    }
}
