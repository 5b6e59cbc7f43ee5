//! Settings: a TOML file, then `HANDRAIL_…` variables over it. Unknown keys are refused.
//!
//! `server.bind` in the file is `HANDRAIL_SERVER__BIND` in the environment; with `_FILE` behind the name, the value is read
//! from that file, which is how secrets come in.

mod concerns;

pub use concerns::{
    Antivirus, Database, Demo, Files, Mail, MailTls, Safety, Secret, Secrets, Server, Telemetry,
};

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;

const PREFIX: &str = "HANDRAIL_";

/// Everything that can be set.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub server: Server,
    pub database: Database,
    pub secrets: Secrets,
    pub files: Files,
    pub mail: Mail,
    pub antivirus: Antivirus,
    pub safety: Safety,
    pub telemetry: Telemetry,
    pub demo: Demo,
}

/// Why the settings cannot be used, in words for whoever set them.
#[derive(Debug)]
pub struct Unusable(pub String);

impl std::fmt::Display for Unusable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unusable {}

impl Config {
    /// Reads the file, if one is named, and the environment.
    pub fn read(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Config, Unusable> {
        let mut builder = config::Config::builder();
        if let Some(file) = file {
            builder = builder.add_source(config::File::from(file).format(config::FileFormat::Toml));
        }
        for (key, value) in settings(environment)? {
            builder = builder
                .set_override(&key, value)
                .map_err(|error| Unusable(format!("the variable for `{key}` cannot be used: {error}")))?;
        }
        let config: Config = builder
            .build()
            .and_then(config::Config::try_deserialize)
            .map_err(|error| Unusable(format!("the settings cannot be used: {error}")))?;
        config.check()?;
        Ok(config)
    }

    /// What a type cannot say.
    fn check(&self) -> Result<(), Unusable> {
        if !(self.server.base_url.starts_with("https://") || self.server.base_url.starts_with("http://")) {
            return Err(Unusable("`server.base_url` must start with https:// or http://".into()));
        }
        let loopback = self.server.bind.ip().is_loopback();
        if !loopback && !self.is_https() && !self.demo.enabled {
            return Err(Unusable(
                "`server.base_url` must be https:// when the portal is reachable from other machines".into(),
            ));
        }
        if self.mail.host.is_some() && self.mail.from.is_none() {
            return Err(Unusable("`mail.from` is needed when `mail.host` is set".into()));
        }
        Ok(())
    }

    pub fn is_https(&self) -> bool {
        self.server.base_url.starts_with("https://")
    }

    /// The effective settings as TOML, secrets withheld.
    pub fn shown(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }
}

/// `HANDRAIL_SERVER__BIND=…` as `server.bind`, and `…_FILE` read from its file.
fn settings(
    environment: impl Iterator<Item = (String, String)>,
) -> Result<HashMap<String, String>, Unusable> {
    let mut found = HashMap::new();
    for (name, value) in environment {
        // what the build and the tests use is not a setting
        let Some(rest) = name.strip_prefix(PREFIX).filter(|rest| rest.contains("__")) else { continue };
        let (rest, value) = match rest.strip_suffix("_FILE") {
            Some(rest) => {
                let text = std::fs::read_to_string(&value).map_err(|error| {
                    Unusable(format!("{name} names the file {value}, which cannot be read: {error}"))
                })?;
                (rest, text.trim().to_owned())
            }
            None => (rest, value),
        };
        found.insert(rest.to_lowercase().replace("__", "."), value);
    }
    Ok(found)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> impl Iterator<Item = (String, String)> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect::<Vec<_>>()
            .into_iter()
    }

    #[test]
    fn a_variable_overrides_and_an_unknown_one_is_refused() {
        let config =
            Config::read(None, env(&[("HANDRAIL_SERVER__BIND", "127.0.0.1:8080"), ("PATH", "/bin")]))
                .unwrap();
        assert_eq!(config.server.bind.port(), 8080);
        let error = Config::read(None, env(&[("HANDRAIL_SERVER__BNID", "1")])).unwrap_err();
        assert!(error.0.contains("bnid"), "{error}");
    }

    #[test]
    fn a_secret_is_never_shown() {
        let config = Config::read(
            None,
            env(&[("HANDRAIL_SECRETS__MASTER_KEY", "5e"), ("HANDRAIL_MAIL__PASSWORD", "hunter2")]),
        )
        .unwrap();
        assert!(!config.shown().contains("hunter2") && !config.shown().contains("5e"), "{}", config.shown());
        assert!(!format!("{config:?}").contains("hunter2"));
        assert!(config.shown().contains("withheld"));
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        assert!(Config::read(None, env(&[("HANDRAIL_SERVER__BIND", "0.0.0.0:3000")])).is_err());
        let https = [
            ("HANDRAIL_SERVER__BIND", "0.0.0.0:3000"),
            ("HANDRAIL_SERVER__BASE_URL", "https://portal.example"),
        ];
        assert!(Config::read(None, env(&https)).is_ok());
    }
}
