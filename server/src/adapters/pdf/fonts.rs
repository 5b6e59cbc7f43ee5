//! What texts are drawn with: Noto for every language, out of this binary.

use domain::error::{Error, Result};
use krilla::text::Font;
use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::style::FontFamilyName;
use std::sync::Arc;

/// The fonts in this binary and no others.
pub(super) struct Fonts {
    pub(super) context: FontContext,
    pub(super) faces: Vec<Face>,
}

/// A font for drawing.
pub(super) struct Face {
    /// What the context knows its file by.
    pub(super) file: u64,
    pub(super) font: Font,
    /// A glyph that is not seen and takes no room.
    pub(super) blank: Option<parley::Glyph>,
}

pub(super) const FAMILIES: [FontFamilyName<'static>; 3] = [
    FontFamilyName::named("Noto Sans"),
    FontFamilyName::named("Noto Sans Arabic"),
    FontFamilyName::named("Noto Sans Math"),
];

/// Spaces and digits out of the same font as the letters around them.
pub(super) const RTL_FAMILIES: [FontFamilyName<'static>; 3] = [
    FontFamilyName::named("Noto Sans Arabic"),
    FontFamilyName::named("Noto Sans"),
    FontFamilyName::named("Noto Sans Math"),
];

const FONT_FILES: [&[u8]; 7] = [
    include_bytes!("../../../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../../fonts/NotoSans-Italic.ttf"),
    include_bytes!("../../../fonts/NotoSans-BoldItalic.ttf"),
    include_bytes!("../../../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("../../../fonts/NotoSansMath-Regular.ttf"),
];

impl Fonts {
    pub(super) fn embedded() -> Result<Fonts> {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut context =
            FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
        let faces = FONT_FILES
            .iter()
            .map(|file| Face::register(file, &mut context.collection))
            .collect::<Result<_>>()?;
        Ok(Fonts { context, faces })
    }

    pub(super) fn face(&self, file: u64) -> Result<&Face> {
        self.faces
            .iter()
            .find(|face| face.file == file)
            .ok_or_else(|| Error::internal("a font that is not ours"))
    }
}

impl Face {
    fn register(file: &'static [u8], collection: &mut Collection) -> Result<Face> {
        let blob = Blob::new(Arc::new(file));
        let font = Font::new(file.into(), 0).ok_or_else(|| Error::internal("a font cannot be read"))?;
        let families = collection.register_fonts(blob.clone(), None);
        let mut fonts = families.iter().flat_map(|(_, fonts)| fonts);
        let zero_width_space = fonts.find_map(|font| font.charmap_index().charmap(file)?.map('\u{200b}'));
        let blank = zero_width_space.map(|id| parley::Glyph { id, x: 0.0, y: 0.0, advance: 0.0 });
        Ok(Face { file: blob.id(), font, blank })
    }
}
