//! The tree of a query as typed: nodes with their places in the text, and how a tree is printed
//! back.

use std::fmt;

use super::{
    Dialect, Field, Letters, Nearness, Within,
    lex::{TokenKind, lex, may_stand_bare},
};

/// A query as typed, parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What was typed.
    pub text: String,
    /// What was understood.
    pub root: Node,
    /// What a reader should be told of how it was read; empty for most queries.
    pub notes: Vec<Note>,
}

/// A part of a query, and where it was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where.
    pub span: QuerySpan,
    /// What.
    pub kind: NodeKind,
}

/// What a part of a query is.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A word or a pattern of one: `talks`, `negotiat*`, `=talks`, `Sarfraz~1`; `law-and-order`
    /// too, which is a phrase.
    Word {
        /// Its text without `=` and `~`.
        text: String,
        /// Whether `=` stood before it.
        exact: bool,
        /// The number after `~`.
        distance: Option<u8>,
    },
    /// Words between quotation marks.
    Phrase {
        /// Its text without the marks.
        text: String,
        /// Whether `=` stood before it.
        exact: bool,
        /// The number after `~`, or 0.
        slop: u32,
    },
    /// A field and what is asked of it.
    Field {
        /// The field.
        field: Field,
        /// Words and their combinations, or for dates, codes, paths and addresses a
        /// [`NodeKind::Value`] or an `Or` of them.
        value: Box<Node>,
    },
    /// A date, a code, a path or an address, as typed.
    Value(String),
    /// All of them; at least two.
    And(Vec<Node>),
    /// Any of them; at least two.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// A condition on quotes in brackets of its own, which keep it apart from its neighbors. All
    /// other brackets only group, and are in the tree by its shape.
    Group(Box<Node>),
    /// Two near each other, or the left where the right is not near.
    Near {
        /// The left operand.
        left: Box<Node>,
        /// The right operand.
        right: Box<Node>,
        /// How near.
        nearness: Nearness,
        /// Whether `NOT` stood before the operator.
        negated: bool,
    },
    /// A function of what stands in its brackets.
    Function {
        /// Which.
        function: Function,
        /// Of what.
        of: Box<Node>,
    },
}

/// What is written before brackets and asks something of the words in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `atleast3( )`: the number, at least 1.
    AtLeast(u32),
    /// `caps( )`, `allcaps( )`, `nocaps( )`.
    Letters(Letters),
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Function::AtLeast(n) => write!(f, "atleast{n}"),
            Function::Letters(Letters::AnyCapital) => f.write_str("caps"),
            Function::Letters(Letters::AllCapitals) => f.write_str("allcaps"),
            Function::Letters(Letters::NoCapitals) => f.write_str("nocaps"),
        }
    }
}

/// As the operator is typed: `w/5`, `pre/5`, `w/s`.
impl fmt::Display for Nearness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.ordered { "pre/" } else { "w/" })?;
        match self.within {
            Within::Words(n) => write!(f, "{n}"),
            Within::Sentence => f.write_str("s"),
            Within::Passage => f.write_str("p"),
        }
    }
}

/// A range of bytes in the text of a query; empty where something is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuerySpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Something a reader should be told of how a query was read, beside the query [as it was
/// read](Query).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Note {
    /// `AND` and `OR` stand side by side without brackets; `AND` was taken first.
    #[error("`AND`, also between words side by side, is taken before `OR`; brackets change that")]
    MixedAndOr,
    /// A lower-case `and`, `or` or `and not` was taken as an operator.
    #[error("`and`, `or` and `and not` are operators here; in quotation marks they are words")]
    LowerCaseOperator,
    /// The only operator among words is in capitals, as a word of a headline may be.
    #[error("`AND`, `OR` and `NOT` in capitals are operators here; in quotation marks they are words")]
    CapitalOperator,
    /// The name of a field stands before a colon and a blank, and was taken as a word.
    #[error("a field's value follows its colon without a blank; the name of a field is a word here")]
    FieldWithBlank,
    /// `NEAR` stands alone, or `near5` in small letters, and was taken as a word.
    #[error(
        "`NEAR` and `ADJ` without a number, and `near5`, are words here; proximity is written NEAR/5 or w/5"
    )]
    NearWithoutDistance,
    /// A `%` stands there that is part of no figure, and was left out.
    #[error(
        "`%` is no operator here and is left out; `NOT` or `-` excludes, and `--dialect westlaw` reads `%`"
    )]
    Percent,
    /// In a search for words, a quotation mark or a bracket stands without its other half.
    #[error("a quotation mark or bracket without its other half is left out")]
    StrayMark,
    /// Read as another service would.
    #[error("{}", reading(*.0))]
    ReadAs(Dialect),
}

/// How a dialect was read.
fn reading(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Morgue => "read as morgue's own language",
        Dialect::Lexis => {
            "read as Lexis does: `AND` and `NOT` are about whole articles, words side by side are a phrase; words are found in \
             all their forms, more than Lexis finds"
        }
        Dialect::Factiva => {
            "read as Factiva does: `AND` and `NOT` are about whole articles, words side by side are a phrase, words are found in \
             the form typed; `hlp` is the headline and two paragraphs"
        }
        Dialect::Westlaw => {
            "read as Westlaw does: words side by side are alternatives, `&` and `%` (but not) are about whole articles; words are \
             found in all their forms, more than Westlaw finds"
        }
        Dialect::Lucene => {
            "read as Lucene does: words side by side are alternatives, `AND`, `+` and `-` are about whole articles, words are \
             found in the form typed"
        }
    }
}

/// The query as it was read, with brackets where `AND` and `OR` meet. Parsing it gives the same
/// tree.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::Word { text, exact, distance } => {
                let mark = if *exact { "=" } else { "" };
                match distance {
                    Some(distance) => write!(f, "{mark}{text}~{distance}"),
                    None if may_stand_bare(text) => write!(f, "{mark}{text}"),
                    None => write!(f, "{mark}\"{text}\""),
                }
            }
            NodeKind::Phrase { text, exact, slop } => {
                write!(f, "{}\"{text}\"", if *exact { "=" } else { "" })?;
                if *slop > 0 { write!(f, "~{slop}") } else { Ok(()) }
            }
            NodeKind::Field { field, value } => write!(f, "{}:{}", field.name(), Bracketed(value)),
            NodeKind::Value(text) if text.contains([' ', '(', ')', ',']) || !reads_as_value(text) => {
                write!(f, "\"{text}\"")
            }
            NodeKind::Value(text) => f.write_str(text),
            NodeKind::And(nodes) => list(f, nodes, " "),
            NodeKind::Group(inner) => write!(f, "({inner})"),
            NodeKind::Or(nodes) => list(f, nodes, " OR "),
            NodeKind::Not(node) => write!(f, "NOT {}", Bracketed(node)),
            NodeKind::Near { left, right, nearness, negated } => {
                let not = if *negated { "NOT " } else { "" };
                // From the left they group by themselves.
                match left.kind {
                    NodeKind::Near { .. } => left.fmt(f)?,
                    _ => NearOperand(left).fmt(f)?,
                }
                write!(f, " {not}{nearness} {}", NearOperand(right))
            }
            NodeKind::Function { function, of } => write!(f, "{function}({of})"),
        }
    }
}

/// Whether the text typed without quotation marks after a field is that one value again.
fn reads_as_value(text: &str) -> bool {
    let tokens = lex(&format!("path:({text})")).map(|it| it.tokens);
    let value = TokenKind::Value(text.to_owned());
    tokens.is_ok_and(|it| it.len() == 4 && it[2].kind == value)
}

fn list(f: &mut fmt::Formatter<'_>, nodes: &[Node], between: &str) -> fmt::Result {
    for (i, node) in nodes.iter().enumerate() {
        write!(f, "{}{}", if i == 0 { "" } else { between }, Bracketed(node))?;
    }
    Ok(())
}

/// Prints a node so that it stays one operand.
struct Bracketed<'n>(&'n Node);

impl fmt::Display for Bracketed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind {
            NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Near { .. } => write!(f, "({})", self.0),
            NodeKind::Word { .. }
            | NodeKind::Phrase { .. }
            | NodeKind::Field { .. }
            | NodeKind::Value(_)
            | NodeKind::Function { .. }
            | NodeKind::Group(_)
            | NodeKind::Not(_) => self.0.fmt(f),
        }
    }
}

/// Prints a node so that it stays one operand of `w/5`.
struct NearOperand<'n>(&'n Node);

impl fmt::Display for NearOperand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind {
            NodeKind::Not(_) => write!(f, "({})", self.0),
            _ => Bracketed(self.0).fmt(f),
        }
    }
}
