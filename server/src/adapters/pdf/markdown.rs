//! From Markdown to blocks.

use super::{Block, Span, is_blank};
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, ListType, NodeValue};

/// Approved Markdown as blocks: headings, paragraphs, lists, block quotes, bold, italics, and links as their words.
/// A warning becomes a quote under the title its author gave it; code keeps its words and loses its look; HTML and
/// pictures are dropped.
pub fn blocks_of(markdown: &str) -> Vec<Block> {
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.alerts = true;
    let root = comrak::parse_document(&arena, markdown, &options);
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
            NodeEdge::Start(node) => run.open(&node.data.borrow().value),
            NodeEdge::End(node) => run.close(&node.data.borrow().value),
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
    /// Within a picture, whose words are not for paper.
    hidden: usize,
    /// The number of the next item in each list around us, where it has numbers.
    lists: Vec<Option<usize>>,
    /// The line has words already.
    begun: bool,
}

impl Run {
    fn open(&mut self, tag: &NodeValue) {
        match tag {
            NodeValue::Text(text) => self.push(text),
            NodeValue::Code(code) => self.push(&code.literal),
            NodeValue::SoftBreak => self.push(" "),
            NodeValue::LineBreak => self.push("\n"),
            NodeValue::Strong => self.bold += 1,
            NodeValue::Emph => self.italic += 1,
            NodeValue::Image(_) => self.hidden += 1,
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
                self.bold += 1;
                alert.title.iter().for_each(|title| self.push(title));
                self.bold -= 1;
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: &NodeValue) {
        match tag {
            NodeValue::Strong => self.bold -= 1,
            NodeValue::Emph => self.italic -= 1,
            NodeValue::Image(_) => self.hidden -= 1,
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
        if self.hidden > 0 {
            return;
        }
        self.begun = true;
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        match self.spans.last_mut() {
            Some(last) if (last.bold, last.italic) == (bold, italic) => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), bold, italic }),
        }
    }
}
