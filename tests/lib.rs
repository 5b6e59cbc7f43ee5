//! Only here so that the package has a library; the suite is `suite.rs`.
