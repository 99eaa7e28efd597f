//! Tokens to a tree, refusing what Go's parser refuses, in its words and at its lines.
//!
//! Neither actions nor parentheses cost stack: what is open waits in a list.

mod taking;

use std::ops::Range;

use super::ast::{Control, NodeId, NodeKind, Tree};
use super::error::TemplateError;
use super::function::{Function, Language};
use super::lexer::Lexer;
use super::pipeline::{Closing, Context};
use super::token::{Keyword, Token, TokenKind};
use crate::golang::literal::unquote;
use crate::golang::quote::quote;
use crate::golang::value::Bytes;

/// Reads a template.
///
/// # Errors
/// Where Go refuses it.
pub(super) fn parse(name: &str, text: &str, language: &Language) -> Result<Tree, TemplateError> {
    let mut parser = Parser {
        name,
        text,
        lexer: Lexer::new(text),
        pending: Vec::new(),
        line: 1,
        last: 0..0,
        tree: Tree::default(),
        scope: Scope::new(),
        language,
    };
    parser.run()?;
    Ok(parser.tree)
}

/// What a named template may see.
pub(super) struct Scope {
    /// Variables by name, the innermost last.
    pub(super) variables: Vec<Bytes>,
    ranges: usize,
    /// The line that the action began on.
    pub(super) action_line: Option<usize>,
}

impl Scope {
    fn new() -> Self {
        Self { variables: vec![Bytes::from(&b"$"[..])], ranges: 0, action_line: None }
    }
}

pub(super) struct Parser<'t> {
    name: &'t str,
    pub(super) text: &'t str,
    lexer: Lexer<'t>,
    /// Tokens that were read and given back, the next one last.
    pending: Vec<Token>,
    /// The line of the last token that was read from the text.
    line: usize,
    /// That token.
    last: Range<usize>,
    pub(super) tree: Tree,
    pub(super) scope: Scope,
    language: &'t Language,
}

/// A list of nodes that isn't closed yet.
struct Open {
    what: Opened,
    span: Range<usize>,
    nodes: Vec<NodeId>,
}

/// What a list belongs to.
enum Opened {
    /// The whole text.
    Root,
    /// `{{define}}`, with the scope around it.
    Definition { name: Bytes, around: Scope },
    /// `{{block}}`, with the scope around it and the call that takes its place.
    Block { name: Bytes, around: Scope, call: NodeId },
    /// `{{if}}`, `{{with}}`, `{{range}}`.
    Control(OpenControl),
}

struct OpenControl {
    control: Control,
    span: Range<usize>,
    pipe: NodeId,
    /// How many variables there were before.
    variables: usize,
    /// The first list, once the second is being read.
    list: Option<NodeId>,
    /// Whether it stands directly behind `else`, so that its end is that of the one around it too.
    chained: bool,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), TemplateError> {
        let mut open = vec![Open { what: Opened::Root, span: 0..0, nodes: Vec::new() }];
        loop {
            let at_root = open.len() == 1;
            let token = if at_root { self.next() } else { self.next_visible() };
            match token.kind {
                TokenKind::End if at_root => break,
                TokenKind::End => return Err(self.error("unexpected EOF")),
                TokenKind::Text => {
                    let text = NodeKind::Text(Bytes::from(&self.text.as_bytes()[token.span.clone()]));
                    let node = self.tree.add(token.span, text);
                    append(&mut open, node);
                }
                TokenKind::LeftDelimiter => self.action(token.line, &mut open)?,
                _ => return Err(self.unexpected(&token, "input")),
            }
        }
        let nodes = open.pop().map(|root| root.nodes).unwrap_or_default();
        let list = self.tree.add(0..self.text.len(), NodeKind::List(nodes));
        self.define(Bytes::from(self.name.as_bytes()), list)
    }

    /// Reads an action after its braces.
    fn action(&mut self, line: usize, open: &mut Vec<Open>) -> Result<(), TemplateError> {
        let token = self.next_visible();
        if open.len() == 1 && token.kind == TokenKind::Keyword(Keyword::Define) {
            return self.definition(open);
        }
        self.scope.action_line = Some(line);
        match token.kind {
            TokenKind::Keyword(Keyword::If) => self.control(Control::If, &token, false, open)?,
            TokenKind::Keyword(Keyword::With) => self.control(Control::With, &token, false, open)?,
            TokenKind::Keyword(Keyword::Range) => self.control(Control::Range, &token, false, open)?,
            TokenKind::Keyword(Keyword::Else) => self.otherwise(open)?,
            TokenKind::Keyword(Keyword::End) => self.end(open)?,
            TokenKind::Keyword(Keyword::Block) => self.block(open)?,
            TokenKind::Keyword(Keyword::Template) => {
                let node = self.template()?;
                append(open, node);
            }
            TokenKind::Keyword(Keyword::Break) => self.jump(&token, NodeKind::Break, "{{break}}", open)?,
            TokenKind::Keyword(Keyword::Continue) => self.jump(&token, NodeKind::Continue, "{{continue}}", open)?,
            _ => {
                self.back(token);
                let first = self.peek();
                let pipe = self.pipeline(Context::Command, Closing::RightDelimiter)?;
                let span = first.start..self.tree.node(pipe).span.end;
                let node = self.tree.add(span, NodeKind::Action(pipe));
                append(open, node);
            }
        }
        self.scope.action_line = None;
        Ok(())
    }

    fn definition(&mut self, open: &mut Vec<Open>) -> Result<(), TemplateError> {
        const CONTEXT: &str = "define clause";
        let around = std::mem::replace(&mut self.scope, Scope::new());
        let token = self.next_visible();
        let name = self.template_name(&token, CONTEXT)?;
        let end = self.next_visible();
        if end.kind != TokenKind::RightDelimiter {
            return Err(self.unexpected(&end, CONTEXT));
        }
        open.push(Open { what: Opened::Definition { name, around }, span: token.span, nodes: Vec::new() });
        Ok(())
    }

    fn block(&mut self, open: &mut Vec<Open>) -> Result<(), TemplateError> {
        let token = self.next_visible();
        let name = self.template_name(&token, "block clause")?;
        let pipe = self.pipeline(Context::Block, Closing::RightDelimiter)?;
        let call = self.tree.add(token.span.clone(), NodeKind::Template { name: name.clone(), pipe: Some(pipe) });
        let around = std::mem::replace(&mut self.scope, Scope::new());
        open.push(Open { what: Opened::Block { name, around, call }, span: token.span, nodes: Vec::new() });
        Ok(())
    }

    fn template(&mut self) -> Result<NodeId, TemplateError> {
        let token = self.next_visible();
        let name = self.template_name(&token, "template clause")?;
        let next = self.next_visible();
        let pipe = if next.kind == TokenKind::RightDelimiter {
            None
        } else {
            self.back(next);
            Some(self.pipeline(Context::Template, Closing::RightDelimiter)?)
        };
        Ok(self.tree.add(token.span, NodeKind::Template { name, pipe }))
    }

    fn template_name(&self, token: &Token, context: &str) -> Result<Bytes, TemplateError> {
        if !matches!(token.kind, TokenKind::Quoted | TokenKind::Raw) {
            return Err(self.unexpected(token, context));
        }
        unquote(self.written(token)).map(Bytes::from).map_err(|_| self.error("invalid syntax"))
    }

    fn jump(&mut self, token: &Token, kind: NodeKind, context: &str, open: &mut [Open]) -> Result<(), TemplateError> {
        let end = self.next_visible();
        if end.kind != TokenKind::RightDelimiter {
            return Err(self.unexpected(&end, context));
        }
        if self.scope.ranges == 0 {
            return Err(self.error(&format!("{context} outside {{{{range}}}}")));
        }
        let node = self.tree.add(token.span.clone(), kind);
        append(open, node);
        Ok(())
    }

    fn control(
        &mut self,
        control: Control,
        token: &Token,
        chained: bool,
        open: &mut Vec<Open>,
    ) -> Result<(), TemplateError> {
        let variables = self.scope.variables.len();
        let context = match control {
            Control::If => Context::If,
            Control::With => Context::With,
            Control::Range => Context::Range,
        };
        let pipe = self.pipeline(context, Closing::RightDelimiter)?;
        if control == Control::Range {
            self.scope.ranges += 1;
        }
        let opened = OpenControl { control, span: token.span.clone(), pipe, variables, list: None, chained };
        open.push(Open { what: Opened::Control(opened), span: token.span.clone(), nodes: Vec::new() });
        Ok(())
    }

    fn otherwise(&mut self, open: &mut Vec<Open>) -> Result<(), TemplateError> {
        let next = self.peek_visible();
        let chained = match next {
            TokenKind::Keyword(Keyword::If) => Some(Control::If),
            TokenKind::Keyword(Keyword::With) => Some(Control::With),
            _ => None,
        };
        if chained.is_none() {
            let end = self.next_visible();
            if end.kind != TokenKind::RightDelimiter {
                return Err(self.unexpected(&end, "else"));
            }
        }
        let Some(Open { what, nodes, span }) = open.last_mut() else { return Ok(()) };
        let opened = match what {
            Opened::Root => return Err(self.error("unexpected {{else}}")),
            Opened::Definition { .. } => return Err(self.error("unexpected {{else}} in define clause")),
            Opened::Block { .. } => return Err(self.error("unexpected {{else}} in block clause")),
            Opened::Control(opened) => opened,
        };
        if opened.list.is_some() {
            return Err(self.error("expected end; found {{else}}"));
        }
        let nodes = std::mem::take(nodes);
        opened.list = Some(self.tree.add(span.clone(), NodeKind::List(nodes)));
        if opened.control == Control::Range {
            self.scope.ranges -= 1;
        }
        let continues = chained.filter(|chained| *chained == opened.control);
        match continues {
            Some(control) => {
                let token = self.next_visible();
                self.control(control, &token, true, open)
            }
            None => Ok(()),
        }
    }

    fn end(&mut self, open: &mut Vec<Open>) -> Result<(), TemplateError> {
        let end = self.next_visible();
        if end.kind != TokenKind::RightDelimiter {
            return Err(self.unexpected(&end, "end"));
        }
        loop {
            if open.len() == 1 {
                return Err(self.error("unexpected {{end}}"));
            }
            let Some(closed) = open.pop() else { return Ok(()) };
            let list = self.tree.add(closed.span, NodeKind::List(closed.nodes));
            match closed.what {
                Opened::Root => return Ok(()),
                Opened::Definition { name, around } => {
                    self.define(name, list)?;
                    self.scope = around;
                    return Ok(());
                }
                Opened::Block { name, around, call } => {
                    self.define(name, list)?;
                    self.scope = around;
                    append(open, call);
                    return Ok(());
                }
                Opened::Control(opened) => {
                    let chained = opened.chained;
                    let node = self.close_control(opened, list);
                    append(open, node);
                    if !chained {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn close_control(&mut self, opened: OpenControl, last: NodeId) -> NodeId {
        self.scope.variables.truncate(opened.variables);
        let (list, otherwise) = if let Some(list) = opened.list {
            (list, Some(last))
        } else {
            if opened.control == Control::Range {
                self.scope.ranges -= 1;
            }
            (last, None)
        };
        let kind = NodeKind::Control { control: opened.control, pipe: opened.pipe, list, otherwise };
        self.tree.add(opened.span, kind)
    }

    /// Gives a list its name; a blank one gives way to another.
    fn define(&mut self, name: Bytes, list: NodeId) -> Result<(), TemplateError> {
        let known = self.tree.templates.get(&name).copied();
        if known.is_none_or(|known| self.tree.is_blank(known)) {
            self.tree.templates.insert(name, list);
        } else if !self.tree.is_blank(list) {
            return Err(self.error(&format!("template: multiple definition of template {}", quote(&name))));
        }
        Ok(())
    }

    /// The function of a name.
    pub(super) fn function(&self, name: &str) -> Option<&'static Function> {
        self.language.function(name)
    }
}

fn append(open: &mut [Open], node: NodeId) {
    if let Some(last) = open.last_mut() {
        last.nodes.push(node);
    }
}
