//! What the house keeps by machine.

mod any_bytes; // no route panics, whatever is sent
mod free_text; // every free text is screened, or says why not
mod layers; // who may import whom, and where SQL may stand
mod markup; // nothing hostile comes out of Markdown
mod migrations; // portable, and all listed
mod permissions; // the matrix, as a picture one can review
mod questions; // what people ask is not taken for a report
mod source; // the files of the project
mod styles; // every stylesheet used, logical properties only
mod words; // same keys in every language, every key used and every used key there
