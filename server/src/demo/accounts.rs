//! How people of the demonstration sign in. Everybody has the same password, and staff the same authenticator.

use domain::error::Result;
use domain::sessions::{self, Secret};

/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "hold on to the handrail";
/// The secret of every staff member's authenticator, in base 32.
pub const TOTP: &str = "IPWVN7YYB7AUOH6HCOPHHWVO4MEKSHCK";

/// The password made ready: hashed once for all.
pub(super) async fn password() -> Result<Secret> {
    sessions::prepare("password", PASSWORD, 15, &[]).await
}
