//! A tree to XML 1.0 in UTF-8, indented; an element's own text stands exactly as it is.

use super::error::{Error, Result};
use super::parse::is_lawful;
use super::tree::Element;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;
use std::borrow::Cow;

/// A character XML cannot hold is replaced by U+FFFD, so that a reader sees that something stood there.
pub(super) fn print(root: &Element) -> Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b'\t', 1);
    event(&mut writer, Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    element(&mut writer, root)?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|_| Error::Print)
}

fn element(writer: &mut Writer<Vec<u8>>, element: &Element) -> Result<()> {
    let values: Vec<_> =
        element.attributes.iter().map(|(name, value)| (name.as_str(), lawful(value))).collect();
    let start = BytesStart::new(element.name.as_str())
        .with_attributes(values.iter().map(|(name, value)| (*name, value.as_ref())));
    if element.children.is_empty() && element.text.is_empty() {
        event(writer, Event::Empty(start))?;
    } else {
        event(writer, Event::Start(start))?;
        if element.children.is_empty() {
            event(writer, Event::Text(BytesText::new(&lawful(&element.text))))?;
        }
        element.children.iter().try_for_each(|child| self::element(writer, child))?;
        event(writer, Event::End(BytesEnd::new(element.name.as_str())))?;
    }
    match element.note {
        "" => Ok(()),
        note => event(writer, Event::Comment(BytesText::from_escaped(format!(" {note} ")))),
    }
}

fn event(writer: &mut Writer<Vec<u8>>, event: Event<'_>) -> Result<()> {
    writer.write_event(event).map_err(|_| Error::Print)
}

fn lawful(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_lawful) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_lawful(c) { c } else { '\u{fffd}' }).collect())
}
