//! From Markdown to blocks.

use super::{Block, Span, is_blank};
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AlertType, AstNode, ListType, NodeValue};
use domain::content::videos::as_read;

/// The words above a warning or a note, where its author wrote none of their own; in the language of the text.
pub struct Titles {
    pub warning: String,
    pub note: String,
}

impl Titles {
    fn fill_in(&self, tag: &mut NodeValue) {
        let NodeValue::Alert(alert) = tag else { return };
        let title = match alert.alert_type {
            AlertType::Warning | AlertType::Caution | AlertType::Important => &self.warning,
            AlertType::Note | AlertType::Tip => &self.note,
        };
        alert.title.get_or_insert_with(|| title.clone());
    }
}

/// Approved Markdown as blocks: headings, paragraphs, lists, block quotes, bold, italics, and links as their words.
/// A warning becomes a quote under its title; a picture becomes what it shows, in brackets; a video its transcript; code keeps its words and
/// loses its look; HTML is dropped.
pub fn blocks_of(markdown: &str, titles: &Titles) -> Vec<Block> {
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.alerts = true;
    let root = comrak::parse_document(&arena, &as_read(markdown), &options);
    root.descendants().for_each(|node| titles.fill_in(&mut node.data.borrow_mut().value));
    root.children().filter_map(block_of).filter(|block| !is_blank(block)).collect()
}

fn block_of<'a>(node: &'a AstNode<'a>) -> Option<Block> {
    match &node.data.borrow().value {
        NodeValue::Heading(heading) => Some(Block::Heading { level: heading.level, text: words_of(node) }),
        NodeValue::Paragraph | NodeValue::CodeBlock(_) => Some(Block::Paragraph(spans_of(node))),
        NodeValue::BlockQuote | NodeValue::Alert(_) => Some(Block::Quote(spans_of(node))),
        NodeValue::List(list) => Some(Block::List {
            ordered: list.list_type == ListType::Ordered,
            items: node.children().map(spans_of).collect(),
        }),
        _ => None,
    }
}

fn words_of<'a>(node: &'a AstNode<'a>) -> String {
    spans_of(node).into_iter().map(|span| span.text).collect()
}

fn spans_of<'a>(node: &'a AstNode<'a>) -> Vec<Span> {
    let mut run = Run::default();
    for edge in node.traverse() {
        match edge {
            NodeEdge::Start(node) => run.open(node),
            NodeEdge::End(node) => run.close(node),
        }
    }
    run.spans
}

/// Collects the words of a block, from one tag to the next. What holds several blocks, such as a list within a list,
/// becomes lines.
#[derive(Default)]
struct Run {
    spans: Vec<Span>,
    bold: usize,
    italic: usize,
    /// The number of the next item in each list around us, where it has numbers.
    lists: Vec<Option<usize>>,
    /// The line has words already.
    begun: bool,
}

impl Run {
    fn open<'a>(&mut self, node: &'a AstNode<'a>) {
        match &node.data.borrow().value {
            NodeValue::Text(text) => self.push(text),
            NodeValue::Code(code) => self.push(&code.literal),
            NodeValue::SoftBreak => self.push(" "),
            NodeValue::LineBreak => self.push("\n"),
            NodeValue::Strong => self.bold += 1,
            NodeValue::Emph => self.italic += 1,
            NodeValue::Image(_) if node.first_child().is_some() => self.push("["),
            NodeValue::Paragraph | NodeValue::Heading(_) => self.begin_line(),
            NodeValue::CodeBlock(code) => {
                self.begin_line();
                self.push(code.literal.trim_end());
            }
            NodeValue::List(list) => {
                self.lists.push((list.list_type == ListType::Ordered).then_some(list.start))
            }
            NodeValue::Item(_) => self.begin_item(),
            NodeValue::Alert(alert) => {
                self.begin_line();
                self.bold += 1;
                alert.title.iter().for_each(|title| self.push(title));
                self.bold -= 1;
            }
            _ => {}
        }
    }

    fn close<'a>(&mut self, node: &'a AstNode<'a>) {
        match &node.data.borrow().value {
            NodeValue::Strong => self.bold -= 1,
            NodeValue::Emph => self.italic -= 1,
            NodeValue::Image(_) if node.first_child().is_some() => self.push("]"),
            NodeValue::List(_) => {
                self.lists.pop();
            }
            _ => {}
        }
    }

    fn begin_line(&mut self) {
        if self.begun {
            self.push("\n");
        }
    }

    /// An item of a list that stands within another block.
    fn begin_item(&mut self) {
        let Some(number) = self.lists.last_mut() else { return };
        let mark = number.map_or("– ".to_owned(), |number| format!("{number}. "));
        *number = number.map(|number| number + 1);
        self.begin_line();
        self.push(&mark);
        self.begun = false;
    }

    fn push(&mut self, text: &str) {
        self.begun = true;
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        match self.spans.last_mut() {
            Some(last) if (last.bold, last.italic) == (bold, italic) => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), bold, italic }),
        }
    }
}
