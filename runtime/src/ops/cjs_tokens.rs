//! JavaScript text as tokens, as far as looking for exports needs it: names, strings and punctuation; comments, regular expressions and numbers
//! are recognised in order to be stepped over. Wrong text gives wrong tokens, never a failure: V8 is the one to complain about it.

/// One token. Names and strings are slices of the text; a string is without its quotes and not unescaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// An identifier or keyword.
    Name(&'a str),
    /// A string in quotes.
    Text(&'a str),
    /// One character of punctuation; operators come in pieces, except `=>`, which is `>` after `=` in [`Token::Arrow`], and comparisons.
    Mark(u8),
    /// `=>`
    Arrow,
    /// `==`, `===`, `!=`, `!==`, `<=`, `>=`: an equals sign that assigns nothing.
    Comparison,
    /// A number, regular expression or template.
    Other,
}

/// The tokens of `text`.
pub fn tokenize(text: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        tokens: Vec::with_capacity(text.len() / 4),
        open: Vec::new(),
        after_condition: false,
        after_block: false,
    };
    lexer.run();
    lexer.tokens
}

/// What an opening bracket began.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// `(` after `if`, `while`, `for` or `with`: a regular expression may follow its end.
    Condition,
    /// `{` that begins a statement block, likewise.
    Block,
    /// `${` in a template, which goes on after its end.
    Template,
    Plain,
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    tokens: Vec<Token<'a>>,
    open: Vec<Open>,
    after_condition: bool,
    after_block: bool,
}

impl<'a> Lexer<'a> {
    fn run(&mut self) {
        if self.bytes.starts_with(b"#!") {
            self.skip_line();
        }
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                b'/' if self.peek(1) == Some(b'/') => self.skip_line(),
                b'/' if self.peek(1) == Some(b'*') => self.skip_comment(),
                b'/' if self.regex_may_begin() => self.regex(),
                b'"' | b'\'' => self.string(byte),
                b'`' => {
                    self.at += 1;
                    self.template();
                }
                b'0'..=b'9' => self.number(),
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'\\' | 0x80.. => self.name(),
                _ => self.mark(byte),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn push(&mut self, token: Token<'a>) {
        self.after_condition = false;
        self.after_block = false;
        self.tokens.push(token);
    }

    fn skip_line(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte == b'\n' {
                break;
            }
            self.at += 1;
        }
    }

    fn skip_comment(&mut self) {
        self.at += 2;
        while self.at < self.bytes.len() && !self.bytes[self.at..].starts_with(b"*/") {
            self.at += 1;
        }
        self.at = (self.at + 2).min(self.bytes.len());
    }

    fn string(&mut self, quote: u8) {
        self.at += 1;
        let start = self.at;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 1,
                b'\n' => break,
                _ if byte == quote => break,
                _ => {}
            }
            self.at += 1;
        }
        let end = self.at.min(self.bytes.len());
        self.push(Token::Text(self.text.get(start..end).unwrap_or("")));
        self.at = end + 1;
    }

    /// From after the backquote, or after a `}`, to the end of the template or its next `${`.
    fn template(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 1,
                b'`' => break,
                b'$' if self.peek(1) == Some(b'{') => {
                    self.at += 2;
                    self.open.push(Open::Template);
                    self.push(Token::Mark(b'{'));
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at += 1;
        self.push(Token::Other);
    }

    fn number(&mut self) {
        while self
            .bytes
            .get(self.at)
            .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_'))
        {
            self.at += 1;
        }
        self.push(Token::Other);
    }

    fn name(&mut self) {
        let start = self.at;
        while self
            .bytes
            .get(self.at)
            .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b'\\') || *b >= 0x80)
        {
            self.at += 1;
        }
        self.push(Token::Name(self.text.get(start..self.at).unwrap_or("")));
    }

    fn regex(&mut self) {
        self.at += 1;
        let mut in_class = false;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => break,
                b'\n' => break,
                _ => {}
            }
            self.at += 1;
        }
        self.at += 1;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_alphabetic) {
            self.at += 1;
        }
        self.push(Token::Other);
    }

    /// Whether a slash here begins a regular expression rather than dividing.
    fn regex_may_begin(&self) -> bool {
        match self.tokens.last() {
            None | Some(Token::Arrow | Token::Comparison) => true,
            Some(Token::Name(name)) => matches!(
                *name,
                "return"
                    | "typeof"
                    | "case"
                    | "in"
                    | "of"
                    | "do"
                    | "else"
                    | "void"
                    | "delete"
                    | "throw"
                    | "new"
                    | "await"
                    | "yield"
                    | "instanceof"
            ),
            Some(Token::Text(_) | Token::Other) => false,
            Some(Token::Mark(b')')) => self.after_condition,
            Some(Token::Mark(b'}')) => self.after_block,
            Some(Token::Mark(b']')) => false,
            Some(Token::Mark(_)) => true,
        }
    }

    fn mark(&mut self, byte: u8) {
        self.at += 1;
        match byte {
            b'(' => {
                let condition = matches!(self.tokens.last(), Some(Token::Name("if" | "while" | "for" | "with")));
                self.open.push(if condition { Open::Condition } else { Open::Plain });
            }
            b'[' => self.open.push(Open::Plain),
            b'{' => self
                .open
                .push(if self.block_begins() { Open::Block } else { Open::Plain }),
            b')' | b']' | b'}' => {
                let opened = self.open.pop().unwrap_or(Open::Plain);
                self.push(Token::Mark(byte));
                match opened {
                    Open::Template if byte == b'}' => self.template(),
                    Open::Condition => self.after_condition = true,
                    Open::Block => self.after_block = true,
                    _ => {}
                }
                return;
            }
            b'=' | b'!' | b'<' | b'>' if self.peek(0) == Some(b'=') => {
                while self.peek(0) == Some(b'=') {
                    self.at += 1;
                }
                self.push(Token::Comparison);
                return;
            }
            b'=' if self.peek(0) == Some(b'>') => {
                self.at += 1;
                self.push(Token::Arrow);
                return;
            }
            _ => {}
        }
        self.push(Token::Mark(byte));
    }

    /// Whether a brace here begins a block and no object.
    fn block_begins(&self) -> bool {
        match self.tokens.last() {
            None | Some(Token::Arrow | Token::Mark(b')' | b';' | b'{' | b'}')) => true,
            Some(Token::Name(name)) => matches!(*name, "else" | "do" | "try" | "finally"),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let tokens = tokenize(text);
        tokens
            .into_iter()
            .filter_map(|t| match t {
                Token::Name(name) => Some(name),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn what_is_in_comments_strings_and_regular_expressions_is_no_name() {
        assert_eq!(names("#! x\na // b\n/* c */ d 'e' \"f\" `g`"), ["a", "d"]);
        assert_eq!(names("a = /b'/g; c"), ["a", "c"]);
        assert_eq!(names("a / b / c"), ["a", "b", "c"]);
        assert_eq!(names("if (a) /b/.c"), ["if", "a", "c"]);
        assert_eq!(names("f() / b"), ["f", "b"]);
        assert_eq!(names("while (x) { } /['/]/.y"), ["while", "x", "y"]);
        assert_eq!(names("return /[/]b/"), ["return"]);
    }

    #[test]
    fn templates_hold_code() {
        assert_eq!(names("`a${b + `c${d}`}e` + f"), ["b", "d", "f"]);
        assert_eq!(names("`\\`${{ a: 1 }.a}` / b"), ["a", "a", "b"]);
    }

    #[test]
    fn equals_signs_are_told_apart() {
        use Token::{Arrow, Comparison, Mark, Name};
        assert_eq!(
            tokenize("a = b === c => d"),
            [
                Name("a"),
                Mark(b'='),
                Name("b"),
                Comparison,
                Name("c"),
                Arrow,
                Name("d")
            ]
        );
    }

    #[test]
    fn unfinished_text_ends() {
        for text in ["'a", "\"\\", "`${", "/a", "/*", "((", "}}", "`a\\", "ä", "\\"] {
            tokenize(text);
        }
    }
}
