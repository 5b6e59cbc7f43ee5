//! Bytes to a tree, within limits. What XML allows and a report never has (document types, entities) is refused.

use super::codes::{HL7, XSI};
use super::error::{Error, Result};
use super::tree::Element;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, QName, ResolveResult};
use quick_xml::reader::NsReader;

/// The largest file, in bytes. Files inside a report (C.1.6.1.r.2) count too.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// Elements within elements; the published report with every element there is has 23 levels.
const DEEPEST: usize = 64;
const MOST_ELEMENTS: usize = 200_000;
const MOST_ATTRIBUTES: usize = 16;

/// The document's root.
///
/// # Errors
/// Every one of `Error` that is about a file, but those about single elements.
pub(super) fn parse(bytes: &[u8]) -> Result<Element> {
    if bytes.len() > LARGEST {
        return Err(Error::TooLarge { limit: LARGEST });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Error::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some((at, _)) = text.char_indices().find(|(_, c)| !is_lawful(*c)) {
        return Err(Error::Malformed { at: at as u64 });
    }
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    Parser { reader, open: Vec::new(), root: None, elements: 0 }.run()
}

/// What XML 1.0 lets stand in a document (its rule 2, `Char`).
pub(super) fn is_lawful(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

struct Parser<'a> {
    reader: NsReader<&'a [u8]>,
    /// From the root inwards.
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
}

impl Parser<'_> {
    fn run(mut self) -> Result<Element> {
        loop {
            let event = self.reader.read_event().map_err(|_| self.malformed())?;
            match event {
                Event::Start(start) => self.start(&start)?,
                Event::Empty(start) => {
                    self.start(&start)?;
                    self.end()?;
                }
                Event::End(_) => self.end()?,
                Event::Text(text) => self.text(&text.xml10_content())?,
                Event::CData(text) => self.text(&text.xml10_content())?,
                Event::GeneralRef(reference) => self.reference(&reference)?,
                Event::Decl(declaration) => self.declaration(&declaration)?,
                Event::DocType(_) => return Err(Error::DocumentType),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof if self.open.is_empty() => {
                    return self.root.take().ok_or_else(|| self.malformed());
                }
                Event::Eof => return Err(self.malformed()),
            }
        }
    }

    fn malformed(&self) -> Error {
        Error::Malformed { at: self.reader.buffer_position() }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<()> {
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            return Err(Error::TooMuch { limit: MOST_ELEMENTS });
        }
        if self.open.len() >= DEEPEST {
            return Err(Error::TooMuch { limit: DEEPEST });
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(self.malformed());
        }
        let (space, local) = self.reader.resolver().resolve_element(start.name());
        let name = match space {
            ResolveResult::Bound(Namespace(HL7)) => local.into_inner(),
            ResolveResult::Unknown(_) => return Err(self.malformed()),
            _ => "",
        };
        let mut element = Element::new(name);
        for (number, attribute) in start.attributes().enumerate() {
            if number >= MOST_ATTRIBUTES {
                return Err(Error::TooMuch { limit: MOST_ATTRIBUTES });
            }
            let attribute = attribute.map_err(|_| self.malformed())?;
            let Some(name) = self.attribute_name(attribute.key)? else { continue };
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| self.malformed())?;
            if !value.chars().all(is_lawful) {
                return Err(self.malformed());
            }
            element.attributes.push((name, value.into_owned()));
        }
        self.open.push(element);
        Ok(())
    }

    /// None for declarations of namespaces and for attributes of foreign ones.
    fn attribute_name(&self, name: QName<'_>) -> Result<Option<String>> {
        if name.as_namespace_binding().is_some() {
            return Ok(None);
        }
        match self.reader.resolver().resolve_attribute(name) {
            (ResolveResult::Unbound, local) => Ok(Some(local.into_inner().to_owned())),
            (ResolveResult::Bound(Namespace(XSI)), local) => Ok(Some(format!("xsi:{}", local.into_inner()))),
            (ResolveResult::Bound(_), _) => Ok(None),
            (ResolveResult::Unknown(_), _) => Err(self.malformed()),
        }
    }

    fn end(&mut self) -> Result<()> {
        let closed = self.open.pop().ok_or_else(|| self.malformed())?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(closed),
            None => self.root = Some(closed),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<()> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim_ascii().is_empty() => {}
            None => return Err(self.malformed()),
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<()> {
        if self.open.is_empty() {
            return Err(self.malformed());
        }
        match reference.resolve_char_ref().map_err(|_| self.malformed())? {
            Some(c) if is_lawful(c) => self.text(c.encode_utf8(&mut [0; 4])),
            Some(_) => Err(self.malformed()),
            None => self.text(resolve_predefined_entity(reference).ok_or(Error::Entity)?),
        }
    }

    fn declaration(&self, declaration: &BytesDecl<'_>) -> Result<()> {
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
            Some(Ok(_)) => Err(Error::NotUtf8),
            Some(Err(_)) => Err(self.malformed()),
        }
    }
}
