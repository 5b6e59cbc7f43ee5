//! The browser's bundle. It keeps the islands of `ui` and starts them; all else is the server's.
#![allow(clippy::unused_unit)]
extern crate ui as _;

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the loader when a page holds an island.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
