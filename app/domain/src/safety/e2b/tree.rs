//! An XML document as a small tree: what `parse` makes and `print` takes.

/// An element of HL7's namespace. Names of foreign elements are empty, so that nothing finds them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// In the order they stand; those of XML Schema instances are called `xsi:…`, declarations of namespaces are left out.
    pub(super) attributes: Vec<(String, String)>,
    /// Its own characters, comments and children taken out.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
    /// The data-element number, printed as a comment behind it.
    pub(super) note: &'static str,
}

/// Building.
impl Element {
    pub(super) fn new(name: &str) -> Element {
        Element { name: name.to_owned(), ..Element::default() }
    }

    pub(super) fn attr(mut self, name: &str, value: &str) -> Element {
        self.attributes.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn text(mut self, text: &str) -> Element {
        self.text = text.to_owned();
        self
    }

    pub(super) fn with(mut self, child: Element) -> Element {
        self.children.push(child);
        self
    }

    /// Takes an `Option`, a `Vec` or any other row of elements.
    pub(super) fn with_all(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children.extend(children);
        self
    }

    pub(super) fn note(mut self, element: &'static str) -> Element {
        self.note = element;
        self
    }

    /// This element inside others, the outermost first; each is `name` or `name attribute=value …`.
    pub(super) fn inside(self, around: &[&str]) -> Element {
        around.iter().rev().fold(self, |inner, words| opening(words).with(inner))
    }

    /// This element after another one, both inside a third.
    pub(super) fn behind(self, first: Element, around: &str) -> Element {
        opening(around).with(first).with(self)
    }
}

/// An empty element from `name attribute=value …`; for names and values without spaces.
pub(super) fn opening(words: &str) -> Element {
    let mut words = words.split(' ');
    let name = Element::new(words.next().unwrap_or_default());
    words
        .filter_map(|word| word.split_once('='))
        .fold(name, |element, (name, value)| element.attr(name, value))
}

/// Reading.
impl Element {
    pub(super) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }

    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Every element at the end of a path of names, such as `component/observationEvent`, in reading order.
    pub(super) fn all(&self, path: &str) -> Vec<&Element> {
        path.split('/').fold(vec![self], |found, name| {
            found
                .into_iter()
                .flat_map(|element| &element.children)
                .filter(|child| child.name == name)
                .collect()
        })
    }

    pub(super) fn first(&self, path: &str) -> Option<&Element> {
        self.all(path).into_iter().next()
    }

    /// Whether its `code` says so.
    pub(super) fn is_about(&self, (code, system): (&str, &str)) -> bool {
        self.child("code")
            .is_some_and(|child| child.get("code") == Some(code) && child.get("codeSystem") == Some(system))
    }
}
