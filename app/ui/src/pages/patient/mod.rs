//! Pages for patients and those who help them.
