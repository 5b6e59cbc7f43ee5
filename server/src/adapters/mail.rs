//! Mail out: a real SMTP server through lettre, or a folder for the demonstration.

use crate::config::{Mail, MailTls};
use domain::locale::Direction;
use domain::messaging::{Failure, Written};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::PathBuf;
use std::time::Duration;

/// Where mail goes.
pub enum Mailer {
    Smtp {
        server: AsyncSmtpTransport<Tokio1Executor>,
        from: Mailbox,
    },
    /// Each message a file; only for demonstrations and tests.
    Folder {
        dir: PathBuf,
        from: Mailbox,
    },
    /// None is set: messages stay planned, and the doctor says so.
    None,
}

impl Mailer {
    /// By the settings.
    ///
    /// # Errors
    /// In words for whoever set them.
    pub fn open(settings: &Mail) -> Result<Mailer, String> {
        let from = || -> Result<Mailbox, String> {
            let address = settings.from.as_deref().unwrap_or_default();
            let address: Address =
                address.parse().map_err(|_| format!("`mail.from` is no mail address: {address}"))?;
            Ok(Mailbox::new(Some(settings.from_name.clone()), address))
        };
        let Some(host) = &settings.host else {
            return match &settings.folder {
                Some(dir) => Ok(Mailer::Folder { dir: dir.clone(), from: from()? }),
                None => Ok(Mailer::None),
            };
        };
        let parameters =
            || TlsParameters::new(host.clone()).map_err(|error| format!("TLS for `mail.host`: {error}"));
        let tls = match settings.tls {
            MailTls::None if !is_loopback(host) => {
                return Err("`mail.tls = \"none\"` is for a server on this machine only".into());
            }
            MailTls::None => Tls::None,
            MailTls::Required => Tls::Required(parameters()?),
            MailTls::Implicit => Tls::Wrapper(parameters()?),
        };
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(Duration::from_secs(settings.timeout_seconds)));
        if let (Some(name), Some(password)) = (&settings.username, &settings.password) {
            server = server.credentials(Credentials::new(name.clone(), password.reveal().to_owned()));
        }
        Ok(Mailer::Smtp { server: server.build(), from: from()? })
    }

    pub fn is_none(&self) -> bool {
        matches!(self, Mailer::None)
    }

    /// Sends one message. The Message-ID is the same at every try, so that a message that was taken although we never
    /// heard so is recognised as the same.
    pub async fn send(&self, wire_id: &str, written: &Written) -> Result<(), Failure> {
        match self {
            Mailer::None => Err(Failure::Later("no_server")),
            Mailer::Folder { dir, from } => {
                let message = envelope(from, wire_id, written)?;
                let file = dir.join(format!("{wire_id}.eml"));
                let written = async {
                    tokio::fs::create_dir_all(dir).await?;
                    tokio::fs::write(file, message.formatted()).await
                };
                written.await.map_err(|_| Failure::Later("folder"))
            }
            Mailer::Smtp { server, from } => {
                let message = envelope(from, wire_id, written)?;
                match server.send(message).await {
                    Ok(_) => Ok(()),
                    Err(error) if error.is_permanent() => Err(Failure::Never("refused")),
                    Err(error) if error.is_transient() => Err(Failure::Later("asked_to_wait")),
                    Err(error) if error.is_timeout() => Err(Failure::Later("timeout")),
                    Err(_) => Err(Failure::Later("unreachable")),
                }
            }
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn envelope(from: &Mailbox, wire_id: &str, written: &Written) -> Result<Message, Failure> {
    let to: Address = written.to.parse().map_err(|_| Failure::Never("address"))?;
    let language = HeaderName::new_from_ascii_str("Content-Language");
    let parts = MultiPart::alternative()
        .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(written.text.clone()))
        .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(html(written)));
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(written.subject.clone())
        .message_id(Some(format!("<{wire_id}@{}>", from.email.domain())))
        .raw_header(HeaderValue::new(language, written.locale.tag().into()))
        .multipart(parts)
        .map_err(|_| Failure::Never("message"))
}

/// The same words as a page for mail programs: paragraphs, and the link as a button. No picture, nothing from elsewhere.
fn html(written: &Written) -> String {
    let direction = written.locale.direction();
    let align = if direction == Direction::Rtl { "right" } else { "left" };
    let link = escape(&written.link);
    let paragraphs: String = written
        .text
        .split("\n\n")
        .map(|paragraph| {
            let words = escape(paragraph).replace('\n', "<br>").replace(&link, "");
            let words = words.trim_end().trim_end_matches(':').trim_end();
            let button = if paragraph.contains(&written.link) {
                format!(
                    "<p style=\"margin:24px 0\"><a href=\"{link}\" style=\"display:inline-block;padding:14px 22px;background:#14524a;\
                     color:#ffffff;text-decoration:none;border-radius:6px\">{}</a></p>",
                    escape(&written.action)
                )
            } else {
                String::new()
            };
            format!("<p style=\"margin:0 0 16px\">{words}</p>{button}")
        })
        .collect();
    format!(
        "<!doctype html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
         <body style=\"margin:0;padding:24px;background:#fbf8f3;color:#1d2430;font:17px/1.55 system-ui,sans-serif;text-align:{align}\">\
         <div style=\"max-width:34em;margin:0 auto\">{paragraphs}</div></body></html>",
        written.locale.tag(),
        direction.tag(),
        escape(&written.subject),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
