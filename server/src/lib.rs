//! How it runs: doors, clocks, providers.

pub mod adapters; // one enum per outside thing: mail, files, scanner
pub mod cli; // the commands of `handrail`
pub mod config; // settings, one struct per concern
pub mod content_files; // content as plain files
pub mod content_media; // pictures and videos: made clean, kept, served
pub mod demo; // the demonstration
pub mod documents; // how a file comes in: decoded, made anew, sealed, checked
pub mod http; // assets, health, middleware
pub mod jobs; // what happens by itself
pub mod package; // approval packages, written and checked
pub mod pages; // the doors for people
pub mod sitemap; // every address and what it takes, in one list
pub mod state; // what every request shares
pub mod telemetry; // the log
