//! One stylesheet out of many: `style/main.css` states the order of the layers and imports the rest.
//! Imports are inlined in their order, comments and needless space go, addresses of fonts and images
//! become their hashed names. `@import "components/*.css"` takes a whole folder, in order of name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::say::{Done, Failure, Mend};

/// The whole stylesheet, and the files it was made of.
pub(crate) struct Sheet {
    /// What the browser gets.
    pub(crate) text: String,
    /// Every file that went into it.
    pub(crate) from: Vec<PathBuf>,
}

/// Inlines what `main` imports. `names` gives the hashed file of each `fonts/…` and `images/…`.
pub(crate) fn bundle(main: &Path, names: &BTreeMap<String, String>) -> Done<Sheet> {
    let mut from = Vec::new();
    let text = inline(main, &mut from)?;
    Ok(Sheet { text: addresses(&text, names)?, from })
}

fn inline(file: &Path, from: &mut Vec<PathBuf>) -> Done<String> {
    let text = fs::read_to_string(file).mend(
        format!("cannot read {}", file.display()),
        "main.css imports it: write the file, or take the import out",
    )?;
    from.push(file.to_owned());
    let text = minify(&text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("@import ") {
        let (before, import) = rest.split_at(at);
        let Some((statement, after)) = import.split_once(';') else { break };
        out.push_str(before);
        let (pattern, layer) = target(statement, file)?;
        for imported in matches(file, pattern)? {
            let inner = inline(&imported, from)?;
            match layer {
                Some(layer) => out.push_str(&format!("@layer {layer}{{{inner}}}")),
                None => out.push_str(&inner),
            }
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// The file and the layer of `@import "tokens.css" layer(tokens)`.
fn target<'a>(statement: &'a str, file: &Path) -> Done<(&'a str, Option<&'a str>)> {
    let refuse = || {
        Failure::new(
            format!("{}: `{statement}` is not understood", file.display()),
            "write @import \"file.css\"; or @import \"file.css\" layer(name);",
        )
    };
    let after = statement.trim_start_matches("@import ").trim();
    let (after, close) = match after.strip_prefix("url(") {
        Some(inner) => (inner, ")"),
        None => (after, ""),
    };
    let quote = after.chars().next().filter(|c| ['"', '\''].contains(c)).ok_or_else(refuse)?;
    let (path, more) = after[1..].split_once(quote).ok_or_else(refuse)?;
    let more = more.strip_prefix(close).ok_or_else(refuse)?.trim();
    let layer = match more {
        "" => None,
        _ => Some(more.strip_prefix("layer(").and_then(|l| l.strip_suffix(')')).ok_or_else(refuse)?),
    };
    Ok((path, layer))
}

/// The files an import means: one, or all stylesheets of a folder.
fn matches(file: &Path, pattern: &str) -> Done<Vec<PathBuf>> {
    let path = file.parent().unwrap_or(Path::new(".")).join(pattern);
    if path.file_name().is_none_or(|n| n != "*.css") {
        return Ok(vec![path]);
    }
    let folder = path.parent().unwrap_or(&path);
    let mut files: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.flatten().map(|e| e.path()).collect(),
        Err(_) => Vec::new(),
    };
    files.retain(|f| f.extension().is_some_and(|e| e == "css"));
    files.sort();
    Ok(files)
}

/// Takes out comments, and space where it means nothing. Strings and addresses stay as they are.
pub(crate) fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let (mut space, mut comment) = (false, false);
    while let Some(c) = rest.chars().next() {
        if let Some(inner) = rest.strip_prefix("/*") {
            rest = inner.split_once("*/").map_or("", |(_, after)| after);
            comment = true;
            continue;
        }
        if c.is_ascii_whitespace() {
            rest = &rest[1..];
            space = true;
            continue;
        }
        let last = out.chars().last();
        let idle = last.is_none_or(|l| "{};,(".contains(l)) || "{};,)".contains(c);
        if space && !idle {
            out.push(' ');
        } else if comment && !space && last.is_some_and(is_word) && is_word(c) {
            out.push_str("/**/");
        }
        (space, comment) = (false, false);
        let taken = match c {
            '"' | '\'' => quoted(rest, c),
            '(' if out.ends_with("url") && !rest[1..].trim_start().starts_with(['"', '\'']) => {
                rest.find(')').map_or(rest.len(), |at| at + 1)
            }
            '\\' => rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at),
            _ => c.len_utf8(),
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// The length of the string at the beginning of `text`, with its quotes.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Replaces the addresses of our own fonts and images by their hashed names, which lie beside the sheet.
fn addresses(css: &str, names: &BTreeMap<String, String>) -> Done<String> {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("url(") {
        let (before, after) = rest.split_at(at + 4);
        let Some((inside, tail)) = after.split_once(')') else { break };
        out.push_str(before);
        let address = inside.trim().trim_matches(['"', '\'']);
        if ["data:", "#", "/", "https:"].iter().any(|start| address.starts_with(start)) {
            out.push_str(inside);
        } else {
            let own = address.trim_start_matches("./").trim_start_matches("../");
            let file = names.get(own).ok_or_else(|| {
                Failure::new(
                    format!("the stylesheets name url({address}), which is not in style/"),
                    "put the file into style/fonts or style/images, and write url(\"fonts/…\") or url(\"images/…\")",
                )
            })?;
            out.push_str(&format!("\"{file}\""));
        }
        out.push(')');
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_goes_only_where_it_means_nothing() {
        for (given, wanted) in [
            ("a  {\n  color : red ;\n}\n\n b { }", "a{color : red;}b{}"),
            (".x :hover , .y{ width: calc( 1px + 2px ) }", ".x :hover,.y{width: calc(1px + 2px)}"),
            ("/* words */ a{content:\" /* kept */  \"}", "a{content:\" /* kept */  \"}"),
            ("a{margin:1px/**/2px}", "a{margin:1px/**/2px}"),
            ("a/* b */ b{}", "a b{}"),
            ("@media (min-width:40em) and (hover){a{}}", "@media (min-width:40em) and (hover){a{}}"),
            ("a{background:url(data:image/svg+xml;a  b)}", "a{background:url(data:image/svg+xml;a  b)}"),
            (".sm\\:x  b{content:'\\''  }", ".sm\\:x b{content:'\\''}"),
        ] {
            assert_eq!(minify(given), wanted, "{given}");
        }
    }

    #[test]
    fn imports_are_read_in_every_form_that_is_allowed() {
        let file = Path::new("main.css");
        let read = |s| target(s, file).ok();
        assert_eq!(read("@import \"a.css\""), Some(("a.css", None)));
        assert_eq!(read("@import url('a.css') layer(base)"), Some(("a.css", Some("base"))));
        assert_eq!(read("@import \"a.css\" print"), None);
        assert_eq!(read("@import a.css"), None);
    }

    #[test]
    fn fonts_get_their_hashed_names_and_unknown_ones_are_refused() {
        let names = BTreeMap::from([("fonts/a.woff2".to_owned(), "a.12.woff2".to_owned())]);
        let css = addresses("@font-face{src:url(../fonts/a.woff2)}a{b:url(\"data:x\")}", &names);
        assert_eq!(css.ok().as_deref(), Some("@font-face{src:url(\"a.12.woff2\")}a{b:url(\"data:x\")}"));
        assert!(addresses("a{b:url(fonts/none.woff2)}", &names).is_err());
    }
}
