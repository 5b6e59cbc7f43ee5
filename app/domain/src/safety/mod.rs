//! The safety screen before every free text, and the desk behind it.
