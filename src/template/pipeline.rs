//! Parses what stands inside an action: commands, their arguments, and pipelines in parentheses.

use std::ops::Range;

use super::ast::{NodeId, NodeKind};
use super::constant;
use super::error::TemplateError;
use super::parse::Parser;
use super::token::{Token, TokenKind};
use crate::golang::literal::unquote;
use crate::golang::quote::quote;
use crate::golang::value::Bytes;
use std::sync::Arc;

/// How deep parentheses may nest, in Go as here.
const DEEPEST: usize = 10_000;

/// What a pipeline belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    Command,
    If,
    With,
    Range,
    Block,
    Template,
    Parenthesis,
}

impl Context {
    fn name(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::If => "if",
            Self::With => "with",
            Self::Range => "range",
            Self::Block => "block clause",
            Self::Template => "template clause",
            Self::Parenthesis => "parenthesized pipeline",
        }
    }
}

/// What ends a pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    RightDelimiter,
    Parenthesis,
}

/// A pipeline that isn't complete yet.
struct OpenPipe {
    context: Context,
    closing: Closing,
    span: Range<usize>,
    variables: Vec<Bytes>,
    assigns: bool,
    commands: Vec<NodeId>,
    /// The command being read, and where it begins.
    command: Option<(Range<usize>, Vec<NodeId>)>,
}

/// What was found where an operand may stand.
enum Operand {
    Node(NodeId),
    /// A pipeline begins.
    Parenthesis,
    None,
}

impl Parser<'_> {
    /// Reads a pipeline and what ends it.
    pub(super) fn pipeline(&mut self, context: Context, closing: Closing) -> Result<NodeId, TemplateError> {
        let mut open = vec![self.begin(context, closing)?];
        loop {
            let depth = open.len();
            let Some(top) = open.last_mut() else { return Err(self.error("empty command")) };
            let closed = match top.command {
                None => self.command_or_end(top)?,
                Some(_) => match self.operand()? {
                    Operand::Parenthesis if depth > DEEPEST => {
                        return Err(self.error("max expression depth exceeded"));
                    }
                    Operand::Parenthesis => {
                        let inner = self.begin(Context::Parenthesis, Closing::Parenthesis)?;
                        open.push(inner);
                        continue;
                    }
                    Operand::Node(node) => {
                        self.take(top, Some(node))?;
                        None
                    }
                    Operand::None => {
                        self.take(top, None)?;
                        None
                    }
                },
            };
            let Some(pipe) = closed else { continue };
            open.pop();
            match open.last_mut() {
                None => return Ok(pipe),
                Some(around) => self.take(around, Some(pipe))?,
            }
        }
    }

    /// Reads what a pipeline declares.
    fn begin(&mut self, context: Context, closing: Closing) -> Result<OpenPipe, TemplateError> {
        self.peek_visible();
        let span = self.peek();
        let mut pipe = OpenPipe {
            context,
            closing,
            span,
            variables: Vec::new(),
            assigns: false,
            commands: Vec::new(),
            command: None,
        };
        while self.declaration(&mut pipe)? {}
        Ok(pipe)
    }

    /// Reads one variable that is declared; true where another may follow.
    fn declaration(&mut self, pipe: &mut OpenPipe) -> Result<bool, TemplateError> {
        if self.peek_visible() != TokenKind::Variable {
            return Ok(false);
        }
        let variable = self.next();
        let after = self.next();
        let spaced = after.kind == TokenKind::Space;
        let next = if spaced { self.next_visible() } else { after.clone() };
        let is_comma = next.kind == TokenKind::Sign && self.written(&next) == ",";
        if !is_comma && !matches!(next.kind, TokenKind::Assign | TokenKind::Declare) {
            self.back(next);
            if spaced {
                self.back(after);
            }
            self.back(variable);
            return Ok(false);
        }
        let name = Bytes::from(self.written(&variable).as_bytes());
        pipe.variables.push(name.clone());
        self.scope.variables.push(name);
        if !is_comma {
            pipe.assigns = next.kind == TokenKind::Assign;
            return Ok(false);
        }
        if pipe.context != Context::Range || pipe.variables.len() >= 2 {
            return Err(self.error(&format!("too many declarations in {}", pipe.context.name())));
        }
        match self.peek_visible() {
            TokenKind::Variable | TokenKind::RightDelimiter | TokenKind::RightParenthesis => Ok(true),
            _ => Err(self.error("range can only initialize variables")),
        }
    }

    /// Begins the next command, or ends the pipeline.
    fn command_or_end(&mut self, pipe: &mut OpenPipe) -> Result<Option<NodeId>, TemplateError> {
        let token = self.next_visible();
        let ends = match pipe.closing {
            Closing::RightDelimiter => TokenKind::RightDelimiter,
            Closing::Parenthesis => TokenKind::RightParenthesis,
        };
        if token.kind == ends {
            return self.finish(pipe, &token).map(Some);
        }
        if !begins_operand(token.kind) {
            return Err(self.unexpected(&token, pipe.context.name()));
        }
        pipe.command = Some((token.span.clone(), Vec::new()));
        self.back(token);
        Ok(None)
    }

    fn finish(&mut self, pipe: &mut OpenPipe, end: &Token) -> Result<NodeId, TemplateError> {
        if pipe.commands.is_empty() {
            return Err(self.error(&format!("missing value for {}", pipe.context.name())));
        }
        for (index, command) in pipe.commands.iter().enumerate().skip(1) {
            let NodeKind::Command(arguments) = self.tree.kind(*command) else { continue };
            let first = arguments.first().map(|first| self.tree.kind(*first));
            if first.is_some_and(is_literal) {
                return Err(self.error(&format!("non executable command in pipeline stage {}", index + 1)));
            }
        }
        let span = pipe.span.start..end.span.start.max(pipe.span.start);
        let kind = NodeKind::Pipe {
            variables: std::mem::take(&mut pipe.variables),
            assigns: pipe.assigns,
            commands: std::mem::take(&mut pipe.commands),
        };
        Ok(self.tree.add(span, kind))
    }

    /// Takes an operand into the command, and reads what separates it from the next.
    fn take(&mut self, pipe: &mut OpenPipe, operand: Option<NodeId>) -> Result<(), TemplateError> {
        let Some((span, arguments)) = pipe.command.as_mut() else { return Ok(()) };
        if let Some(operand) = operand {
            let operand = self.with_fields(operand)?;
            span.end = span.end.max(self.tree.node(operand).span.end);
            arguments.push(operand);
        }
        let token = self.next();
        match token.kind {
            TokenKind::Space => return Ok(()),
            TokenKind::RightDelimiter | TokenKind::RightParenthesis => self.back(token),
            TokenKind::Pipe => {}
            _ => return Err(self.unexpected(&token, "operand")),
        }
        if let Some((span, arguments)) = pipe.command.take() {
            if arguments.is_empty() {
                return Err(self.error("empty command"));
            }
            pipe.commands.push(self.tree.add(span, NodeKind::Command(arguments)));
        }
        Ok(())
    }

    /// Reads an operand without the fields behind it.
    fn operand(&mut self) -> Result<Operand, TemplateError> {
        let token = self.next_visible();
        let written = self.written(&token).to_owned();
        let kind = match token.kind {
            TokenKind::Identifier => match self.function(&written) {
                Some(function) => NodeKind::Identifier(function),
                None => return Err(self.error(&format!("function {} not defined", quote(written.as_bytes())))),
            },
            TokenKind::Dot => NodeKind::Dot,
            TokenKind::Nil => NodeKind::Nil,
            TokenKind::Variable => {
                let name = Bytes::from(written.as_bytes());
                if !self.scope.variables.contains(&name) {
                    return Err(self.error(&format!("undefined variable {}", quote(written.as_bytes()))));
                }
                NodeKind::Variable(vec![name])
            }
            TokenKind::Field => NodeKind::Field(vec![Bytes::from(&written.as_bytes()[1..])]),
            TokenKind::Bool => NodeKind::Bool(written == "true"),
            TokenKind::Character | TokenKind::Complex | TokenKind::Number => {
                let number = constant::read(&written, token.kind).map_err(|message| self.error(&message))?;
                NodeKind::Number(Arc::new(number))
            }
            TokenKind::Quoted | TokenKind::Raw => {
                let value = unquote(&written).map_err(|_| self.error("invalid syntax"))?;
                NodeKind::Quoted { written: Bytes::from(written.as_bytes()), value: Bytes::from(value) }
            }
            TokenKind::LeftParenthesis => return Ok(Operand::Parenthesis),
            _ => {
                self.back(token);
                return Ok(Operand::None);
            }
        };
        Ok(Operand::Node(self.tree.add(token.span, kind)))
    }

    /// Takes the fields that follow an operand directly.
    fn with_fields(&mut self, operand: NodeId) -> Result<NodeId, TemplateError> {
        let mut fields = Vec::new();
        let mut span = None::<Range<usize>>;
        loop {
            let token = self.next();
            if token.kind != TokenKind::Field {
                self.back(token);
                break;
            }
            fields.push(Bytes::from(&self.written(&token).as_bytes()[1..]));
            span = Some(span.map_or(token.span.start, |span| span.start)..token.span.end);
        }
        let Some(span) = span else { return Ok(operand) };
        let kind = match self.tree.kind(operand).clone() {
            NodeKind::Field(mut names) => {
                names.append(&mut fields);
                NodeKind::Field(names)
            }
            NodeKind::Variable(mut names) => {
                names.append(&mut fields);
                NodeKind::Variable(names)
            }
            literal if is_literal(&literal) => {
                let printed = self.tree.print(operand);
                return Err(self.error(&format!("unexpected . after term {}", quote(&printed))));
            }
            _ => NodeKind::Chain { base: operand, fields },
        };
        Ok(self.tree.add(span, kind))
    }
}

fn is_literal(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Bool(_) | NodeKind::Dot | NodeKind::Nil | NodeKind::Number(_) | NodeKind::Quoted { .. })
}

fn begins_operand(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Bool
            | TokenKind::Character
            | TokenKind::Complex
            | TokenKind::Dot
            | TokenKind::Field
            | TokenKind::Identifier
            | TokenKind::Number
            | TokenKind::Nil
            | TokenKind::Raw
            | TokenKind::Quoted
            | TokenKind::Variable
            | TokenKind::LeftParenthesis
    )
}
