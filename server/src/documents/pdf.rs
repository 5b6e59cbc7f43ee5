//! PDF: opened, counted, and saved again without what runs, hides or tells on its maker: scripts, actions, embedded
//! files, metadata, and the camera's notes inside its photos (AB-10, AB-12).

use super::{Clean, Refusal, jpeg};
use lopdf::{Dictionary, Document, LoadOptions, Object, Stream};

/// Pages a document may have.
pub(super) const MAX_PAGES: i64 = 100;
/// Bytes any one stream may unpack to while it is read.
const MAX_UNPACKED: usize = 64 * 1024 * 1024;
/// Objects a document may have: more than a hundred scanned pages ever need.
const MAX_OBJECTS: usize = 200_000;
/// Within so many bytes of its end a whole PDF says so.
const END_WITHIN: usize = 2_048;

/// Keys that lead to code, files or traces, wherever they stand.
const AWAY: [&[u8]; 14] = [
    b"JS",
    b"JavaScript",
    b"AA",
    b"OpenAction",
    b"Metadata",
    b"EF",
    b"AF",
    b"PieceInfo",
    b"XFA",
    b"EmbeddedFiles",
    b"Collection",
    b"RichMediaContent",
    b"LastModified",
    b"URI",
];
/// Actions and annotations that do more than show.
const ACTIONS: [&[u8]; 12] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"GoToR",
    b"URI",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"RichMediaExecute",
    b"ResetForm",
];
const ANNOTATIONS: [&[u8]; 6] = [b"FileAttachment", b"RichMedia", b"Movie", b"Screen", b"Sound", b"3D"];

/// The document as we keep it.
pub(super) fn clean(bytes: &[u8]) -> Result<Clean, Refusal> {
    if !bytes[bytes.len().saturating_sub(END_WITHIN)..].windows(5).any(|window| window == b"%%EOF") {
        return Err(Refusal::Unreadable);
    }
    let options = LoadOptions { max_decompressed_size: Some(MAX_UNPACKED), ..LoadOptions::default() };
    let mut document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Refusal::Locked,
        _ => Refusal::Unreadable,
    })?;
    if document.is_encrypted() {
        return Err(Refusal::Locked);
    }
    let pages = count(&document)?;
    strip(&mut document);
    let mut kept = Vec::with_capacity(bytes.len());
    document.save_to(&mut kept).map_err(|_| Refusal::Unreadable)?;
    // what we keep must open again with as many pages
    let again = Document::load_mem(&kept).map_err(|_| Refusal::Unreadable)?;
    if count(&again)? != pages {
        return Err(Refusal::Unreadable);
    }
    Ok(Clean { media_type: "application/pdf", bytes: kept, pages })
}

fn count(document: &Document) -> Result<i64, Refusal> {
    if document.objects.len() > MAX_OBJECTS {
        return Err(Refusal::Pages);
    }
    let most = usize::try_from(MAX_PAGES).unwrap_or(0) + 1;
    match document.page_iter().take(most).count() {
        0 => Err(Refusal::Unreadable),
        pages if pages == most => Err(Refusal::Pages),
        pages => Ok(i64::try_from(pages).unwrap_or(MAX_PAGES)),
    }
}

fn strip(document: &mut Document) {
    document.trailer.remove(b"Info");
    document.trailer.remove(b"XRefStm");
    for object in document.objects.values_mut() {
        visit(object, 0);
    }
    document.prune_objects();
}

fn visit(object: &mut Object, depth: usize) {
    if depth > 64 {
        *object = Object::Null;
        return;
    }
    match object {
        Object::Dictionary(dictionary) => strip_dictionary(dictionary, depth),
        Object::Stream(stream) => strip_stream(stream, depth),
        Object::Array(items) => items.iter_mut().for_each(|item| visit(item, depth + 1)),
        _ => {}
    }
}

fn strip_dictionary(dictionary: &mut Dictionary, depth: usize) {
    let named = |dictionary: &Dictionary, key: &[u8], names: &[&[u8]]| {
        dictionary.get(key).and_then(Object::as_name).is_ok_and(|name| names.contains(&name))
    };
    if named(dictionary, b"S", &ACTIONS) && !dictionary.has(b"Type")
        || named(dictionary, b"Type", &[b"Action"]) && named(dictionary, b"S", &ACTIONS)
    {
        *dictionary = Dictionary::new();
        return;
    }
    if named(dictionary, b"Subtype", &ANNOTATIONS) && dictionary.has(b"Rect") {
        *dictionary = Dictionary::new();
        return;
    }
    for key in AWAY {
        dictionary.remove(key);
    }
    for (_, value) in dictionary.iter_mut() {
        visit(value, depth + 1);
    }
}

fn strip_stream(stream: &mut Stream, depth: usize) {
    let is =
        |name: &[u8]| stream.dict.get(b"Type").and_then(Object::as_name).is_ok_and(|found| found == name);
    if is(b"EmbeddedFile") || is(b"Metadata") {
        stream.dict = Dictionary::new();
        stream.set_content(Vec::new());
        return;
    }
    if is_plain_jpeg(&stream.dict)
        && let Some(kept) = jpeg::without_metadata(&stream.content)
    {
        stream.set_content(kept);
    }
    strip_dictionary(&mut stream.dict, depth);
}

/// A photo stored as it came from the camera, with nothing packed around it.
fn is_plain_jpeg(dictionary: &Dictionary) -> bool {
    match dictionary.get(b"Filter") {
        Ok(Object::Name(name)) => name == b"DCTDecode",
        Ok(Object::Array(names)) => {
            matches!(names.as_slice(), [Object::Name(name)] if name == b"DCTDecode")
        }
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    fn document(pages: usize) -> Document {
        let mut document = Document::with_version("1.5");
        let tree = document.new_object_id();
        let kids: Vec<Object> = (0..pages)
            .map(|_| {
                let content = document.add_object(Stream::new(dictionary! {}, b"BT ET".to_vec()));
                document
                    .add_object(dictionary! {
                        "Type" => "Page", "Parent" => tree, "Contents" => content,
                        "MediaBox" => vec![0.into(), 0.into(), 200.into(), 200.into()],
                    })
                    .into()
            })
            .collect();
        let count = i64::try_from(pages).unwrap();
        document
            .objects
            .insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
        let script = document
            .add_object(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") });
        let file = document
            .add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"hidden payload".to_vec()));
        let xmp = document.add_object(Stream::new(
            dictionary! { "Type" => "Metadata" },
            b"<x:xmpmeta>Ana Ruiz</x:xmpmeta>".to_vec(),
        ));
        let catalog = document.add_object(dictionary! {
            "Type" => "Catalog", "Pages" => tree, "OpenAction" => script, "Metadata" => xmp,
            "Names" => dictionary! { "EmbeddedFiles" => dictionary! { "Names" => vec![file.into()] },
                "JavaScript" => dictionary! { "Names" => vec![script.into()] } },
        });
        let info = document.add_object(dictionary! { "Author" => Object::string_literal("Ana Ruiz") });
        document.trailer.set("Root", catalog);
        document.trailer.set("Info", info);
        document
    }

    fn saved(mut document: Document) -> Vec<u8> {
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn pages_stay_and_all_that_runs_or_tells_goes() {
        let bytes = saved(document(2));
        assert!(bytes.windows(10).any(|window| window == b"JavaScript"));
        let clean = clean(&bytes).unwrap();
        assert_eq!((clean.pages, clean.media_type), (2, "application/pdf"));
        for trace in ["JavaScript", "alert", "Ana Ruiz", "hidden payload", "OpenAction", "EmbeddedFile"] {
            assert!(
                !clean.bytes.windows(trace.len()).any(|window| window == trace.as_bytes()),
                "{trace} is still there"
            );
        }
    }

    #[test]
    fn too_many_pages_none_and_half_a_file_are_refused() {
        assert_eq!(clean(&saved(document(101))), Err(Refusal::Pages));
        assert_eq!(clean(&saved(document(0))), Err(Refusal::Unreadable));
        let bytes = saved(document(2));
        assert_eq!(clean(&bytes[..bytes.len() / 2]), Err(Refusal::Unreadable));
        assert_eq!(clean(b"%PDF-1.7\nnothing else\n%%EOF"), Err(Refusal::Unreadable));
    }
}
